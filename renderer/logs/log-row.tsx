import { memo } from 'react';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { displayText } from './display-text.ts';
import { clockWords } from './line-time.ts';
import type { KeptLine } from './log-ring.ts';

interface LogRowProps {
  readonly line: KeptLine;
  // '' where all lines are of one service.
  readonly title: string;
}

export const LogRow = memo(function LogRow({ line, title }: LogRowProps) {
  const { text, isCut } = displayText(line.text);
  return (
    <div className="log-row" data-stream={line.stream}>
      <time className="log-time" dateTime={line.timestamp} title={line.timestamp}>
        {clockWords(line.at)}
      </time>
      {title !== '' && <span className="log-service">{title}</span>}
      <span className="stream-mark" title={line.stream === 'stderr' ? texts.logs.stderrTitle : undefined}>
        {line.stream === 'stderr' ? texts.logs.stderr : ''}
      </span>
      <span className="log-text">
        {text}
        {isCut && <em>{texts.logs.cut(bytesWords(line.text.length))}</em>}
      </span>
    </div>
  );
});
