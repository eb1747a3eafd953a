// One line in full. What it says is a stranger's: text and nothing else.
import { type ReactNode, useEffect, useRef } from 'react';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { chooseLogMoment } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { dateTimeWords } from '../words/clock.ts';
import { mostCopied } from './copy-text.ts';
import { cleanText, markInvisible, plainText } from './display-text.ts';
import { fieldsOf } from './line-fields.ts';
import { groupOf } from './line-filter.ts';
import type { KeptLine } from './log-ring.ts';
import { aroundMoment } from './use-log-view.ts';

const words = texts.logs.detail;
// Characters.
const longest = 64_000;

interface LogDetailProps {
  readonly line: KeptLine;
  readonly title: string;
  readonly onClose: () => void;
}

export function LogDetail({ line, title, onClose }: LogDetailProps) {
  const read = fieldsOf(plainText(line.text));
  const group = groupOf(line.level);
  const section = useRef<HTMLElement>(null);
  // In a small window it is below what is seen.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key === 'Escape') onClose();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <section ref={section} className="log-detail" aria-label={words.title}>
      <div className="log-actions">
        <CopyButton
          text={() => line.text.slice(0, mostCopied)}
          what={texts.logs.copyLineWhat}
          label={texts.logs.copyLine}
        />
        <Button kind="quiet" icon="logs" onPress={() => chooseLogMoment(line.at)}>
          {words.around}
        </Button>
        <Button kind="quiet" icon="open" title={texts.logs.exploreTitle} onPress={() => explore(line)}>
          {texts.logs.explore}
        </Button>
        <Button kind="quiet" icon="close" isIconOnly onPress={onClose}>
          {words.close}
        </Button>
      </div>
      <div className="log-detail-body" tabIndex={0} role="region" aria-label={words.text}>
        <dl className="log-facts">
          <Fact name={words.time}>
            <time dateTime={line.timestamp}>{line.timestamp}</time>
            <span className="aside">{dateTimeWords(line.at)}</span>
          </Fact>
          <Fact name={words.service}>{title}</Fact>
          <Fact name={words.stream}>{line.stream}</Fact>
          <Fact name={words.level}>{line.level === undefined ? words.noLevel : texts.logs.filter.level(group)}</Fact>
          <Fact name={words.size}>{bytesWords(line.text.length)}</Fact>
        </dl>
        {read !== undefined && (
          <table className="log-fields">
            <caption>{words.fields}</caption>
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.value}</th>
              </tr>
            </thead>
            <tbody>
              {read.message !== '' && (
                <tr>
                  <th scope="row">{words.message}</th>
                  <td>{markInvisible(read.message)}</td>
                </tr>
              )}
              {read.fields.map(({ name, value }, index) => (
                <tr key={index}>
                  <th scope="row">{markInvisible(name)}</th>
                  <td>{markInvisible(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <h3>{words.text}</h3>
        <pre>{cleanText(line.text.slice(0, longest))}</pre>
        {line.text.length > longest && (
          <p className="hint">{words.cut(bytesWords(longest), bytesWords(line.text.length))}</p>
        )}
      </div>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function explore({ service, at }: KeptLine): void {
  void run('logs:explore', {
    services: [service],
    span: { from: Math.max(0, at - aroundMoment), to: at + aroundMoment },
  });
}
