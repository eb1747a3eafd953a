import type { TelemetryView } from '../../electron/core/telemetry/telemetry-view.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { exactLines } from '../host/exact-text.ts';
import { texts } from '../texts.ts';
import { TelemetrySection } from './telemetry-section.tsx';

const words = texts.telemetry.own;

export function OwnSection({ view }: { readonly view: TelemetryView }) {
  const { overrides, overridesFolder } = view;
  return (
    <TelemetrySection name="own" title={words.title}>
      <div className="host-lead">
        <p className="host-how">{words.intro}</p>
        <p className="hint">
          {words.more} <span className="code">docs/configuration.md</span>
        </p>
      </div>
      <p className="command-line">
        <code>{overridesFolder}</code>
        <CopyButton text={overridesFolder} what={words.folder} />
      </p>
      {overrides.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul className="checks">
          {overrides.map(({ template, service, problem }) => (
            <li key={`${service} ${template}`} className="check">
              <StateIcon state={problem === undefined ? 'ready' : 'degraded'} />
              <div className="check-words">
                <p>
                  <span className="check-result">{problem === undefined ? words.inUse : words.ignored}</span>
                  <span className="code check-subject">{exactLines(template)}</span>
                </p>
                {/* What the service's own program said of it. */}
                {problem !== undefined && <p className="check-detail">{exactLines(problem)}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </TelemetrySection>
  );
}
