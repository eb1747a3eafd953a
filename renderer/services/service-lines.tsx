import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { displayText } from '../logs/display-text.ts';
import { clockWords } from '../logs/line-time.ts';
import { texts } from '../texts.ts';
import type { TailStore } from './tail-store.ts';
import { useTail } from './use-tails.ts';

export function ServiceLines({ service, tails }: { readonly service: ServiceSnapshot; readonly tails: TailStore }) {
  const lines = useTail(tails, service.id);
  // Without a container there is nothing to wait for.
  if (lines.length === 0 && !service.actions.logs) return null;
  const label = `${texts.service.lines}: ${service.title}`;
  return (
    <div className="tail" role="group" aria-label={label}>
      <p className="tail-label" aria-hidden="true">
        {texts.service.lines}
      </p>
      {lines.length === 0 ? (
        <p className="tail-empty">{texts.service.noLines}</p>
      ) : (
        <ol className="tail-lines">
          {lines.map((line) => (
            <li key={line.key} data-stream={line.stream}>
              <span className="tail-time">{clockWords(line.at).slice(0, 8)}</span>
              {line.stream === 'stderr' && (
                <span className="stream-mark" title={texts.logs.stderrTitle}>
                  {texts.logs.stderr}
                </span>
              )}
              <span className="tail-text">{displayText(line.text).text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
