import type { HostOutcome } from '../../electron/core/host/host-view.ts';
import { Notice } from '../components/notice.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { exactLines } from './exact-text.ts';

const words = texts.host.sheet;

export function OutcomeBody({ outcome }: { readonly outcome: HostOutcome }) {
  const { summary, changed, kept } = outcome;
  return (
    <>
      <p className="host-summary with-icon">
        <StateIcon state="ready" />
        <span>{summary}</span>
      </p>
      {changed.length > 0 && (
        <div className="sheet-part">
          <h3>{words.changed}</h3>
          <ul className="plain-list code">
            {changed.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </div>
      )}
      {kept.length > 0 && (
        <Notice kind="degraded" title={words.kept}>
          <ul className="plain-list">
            {kept.map(({ path, why }) => (
              <li key={path}>
                <span className="code">{path}</span> <span>{exactLines(why)}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
