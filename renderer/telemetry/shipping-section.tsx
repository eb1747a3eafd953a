import { useId } from 'react';
import type { Settings } from '../../electron/core/settings.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import type { ShippingView } from '../../electron/core/telemetry/telemetry-view.ts';
import { Notice } from '../components/notice.tsx';
import { exactLines } from '../host/exact-text.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { ApplyNow } from './apply-now.tsx';
import { changeTelemetry, telemetryStore } from './telemetry-store.ts';
import { TelemetrySection } from './telemetry-section.tsx';

const words = texts.telemetry.shipping;
const choices = Object.keys(words.shippers) as Settings['containerLogs'][];

interface ShippingSectionProps {
  readonly logs: ShippingView;
  readonly settings: Settings;
  readonly snapshot: Snapshot;
}

export function ShippingSection({ logs, settings, snapshot }: ShippingSectionProps) {
  const id = useId();
  const { saved } = useStore(telemetryStore);
  const isSaved = saved === 'containerLogs';
  function choose(containerLogs: Settings['containerLogs']) {
    void changeTelemetry(() => ({ containerLogs }), words.title, 'containerLogs');
  }
  return (
    <TelemetrySection name="shipping" title={words.title}>
      <div className="host-lead">
        <p className="host-summary">{words.by[logs.by]}</p>
        <p className="host-how">{words.intro}</p>
      </div>
      {logs.problem !== undefined && (
        <Notice kind="degraded">
          <p>{exactLines(logs.problem)}</p>
        </Notice>
      )}
      <fieldset>
        <legend>{words.who}</legend>
        <div className="radios shippers">
          {choices.map((choice) => (
            <label key={choice} className="choice">
              <input
                type="radio"
                name={id}
                checked={settings.containerLogs === choice}
                onChange={() => choose(choice)}
              />
              <span>{words.shippers[choice].title}</span>
              <span className="hint">{words.shippers[choice].hint}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p className={isSaved ? 'saved' : 'hint'}>
        {isSaved && `${texts.settings.saved} `}
        {words.effect}
      </p>
      {isSaved && <ApplyNow snapshot={snapshot} />}
      {logs.observed.length === 0 ? (
        <p className="hint">{words.observedNone}</p>
      ) : (
        <div>
          <h3>{words.observed}</h3>
          <ul className="observed">
            {logs.observed.map((name) => (
              <li key={name} className="code">
                {exactLines(name)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </TelemetrySection>
  );
}
