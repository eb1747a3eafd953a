import { memo } from 'react';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { styleOf } from './colours/look-style.ts';
import { groupOf } from './line-filter.ts';
import { type Drawing, type Part, partsOf } from './line-parts.ts';
import { clockWords } from './line-time.ts';
import type { KeptLine } from './log-ring.ts';
import type { Search } from './search/search.ts';

export interface LogRowProps {
  readonly line: KeptLine;
  // '' where all lines are of one service.
  readonly title: string;
  readonly drawing: Drawing;
  // The search that found the line, if one did.
  readonly foundBy: Search | undefined;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  // Above this line: what it says.
  readonly divider: string;
}

export const rowId = (line: KeptLine) => `log-line-${line.key}`;

export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { line, title, drawing, foundBy, isCurrent, isChosen, divider } = props;
  const { parts, isCut, isUnseen } = partsOf(line, drawing, foundBy);
  const group = groupOf(line.level);
  return (
    // Keys and clicks are the list's.
    <div
      id={rowId(line)}
      className="log-row"
      role="option"
      aria-selected={isChosen}
      data-stream={line.stream}
      data-level={group}
      data-found={foundBy !== undefined || undefined}
      data-current={isCurrent || undefined}
      data-divided={divider === '' ? undefined : true}
    >
      {divider !== '' && <span className="log-divider">{divider}</span>}
      <time className="log-time" dateTime={line.timestamp} title={line.timestamp}>
        {clockWords(line.at)}
      </time>
      {title !== '' && <span className="log-service">{title}</span>}
      <span className="stream-mark" title={line.stream === 'stderr' ? texts.logs.stderrTitle : undefined}>
        {line.stream === 'stderr' ? texts.logs.stderr : ''}
      </span>
      <span className="level-mark" title={texts.logs.filter.level(group)}>
        {texts.logs.levelMarks[group]}
      </span>
      <span className="log-text">
        {parts.map((part, index) => (
          <LinePart key={index} part={part} />
        ))}
        {isUnseen && <em>{texts.logs.foundUnseen}</em>}
        {isCut && <em>{texts.logs.cut(bytesWords(line.text.length))}</em>}
      </span>
    </div>
  );
});

function LinePart({ part: { text, kind, look, isMarked } }: { readonly part: Part }) {
  const style = look === undefined ? undefined : styleOf(look);
  if (isMarked) return <mark>{text}</mark>;
  if (kind === 'text' && style === undefined) return text;
  return (
    <span className={kind === 'text' ? undefined : `field-${kind}`} style={style}>
      {text}
    </span>
  );
}
