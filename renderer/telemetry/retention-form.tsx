import { type FormEvent, useEffect, useId, useState } from 'react';
import { isRetention, type Retention, type Signal } from '../../electron/core/settings.ts';
import { run } from '../bridge.ts';
import { texts } from '../texts.ts';
import { NumberField } from './number-field.tsx';
import { changeTelemetry } from './telemetry-store.ts';

const words = texts.telemetry.kept;

interface RetentionFormProps {
  readonly signal: Signal;
  readonly retention: Retention;
  readonly isRunning: boolean;
  readonly isSaved: boolean;
  readonly isSaving: boolean;
}

export function RetentionForm({ signal, retention, isRunning, isSaved, isSaving }: RetentionFormProps) {
  const id = useId();
  const { days, gigabytes } = retention;
  const [draft, setDraft] = useState(() => draftOf(retention));
  // What was chosen elsewhere, or is saved now, is what is shown.
  useEffect(() => setDraft({ days: String(days), gigabytes: String(gigabytes) }), [days, gigabytes]);
  const chosen = { days: numberOf(draft.days), gigabytes: numberOf(draft.gigabytes) };
  const areDaysGood = isRetention({ days: chosen.days, gigabytes: 1 });
  const areGigabytesGood = isRetention({ days: 1, gigabytes: chosen.gigabytes });
  const isChanged = chosen.days !== days || chosen.gigabytes !== gigabytes;
  const maySave = isChanged && areDaysGood && areGigabytesGood && !isSaving;
  const name = texts.telemetry.signal[signal];

  async function save(event: FormEvent) {
    event.preventDefault();
    if (!maySave) return;
    const isDone = await changeTelemetry(
      (settings) => ({ retention: { ...settings.retention, [signal]: chosen } }),
      words.what(name),
      `retention ${signal}`,
    );
    // Prometheus reads its limits when it starts; the others follow by themselves.
    if (isDone && signal === 'metrics' && isRunning) await run('stack:up', { services: ['prometheus'] });
  }

  return (
    <form className="retention" onSubmit={(event) => void save(event)} noValidate>
      <div className="retention-fields">
        <NumberField
          label={words.days}
          about={name}
          value={draft.days}
          problem={areDaysGood ? '' : words.daysInvalid}
          describedBy={`${id}-effect`}
          onChange={(text) => setDraft({ ...draft, days: text })}
        />
        <NumberField
          label={words.gigabytes}
          about={name}
          value={draft.gigabytes}
          problem={areGigabytesGood ? '' : words.gigabytesInvalid}
          describedBy={`${id}-effect`}
          onChange={(text) => setDraft({ ...draft, gigabytes: text })}
        />
        <button type="submit" className="button" aria-disabled={maySave ? undefined : true}>
          {words.save}
          <span className="visually-hidden"> {name.toLowerCase()}</span>
        </button>
      </div>
      <p id={`${id}-effect`} className={isSaved && !isChanged ? 'saved' : 'hint'}>
        {isSaved && !isChanged && `${texts.settings.saved} `}
        {isRunning ? words.effect[signal] : words.whenOff}
        {maySave && (chosen.days < days || chosen.gigabytes < gigabytes) && ` ${words.less}`}
      </p>
    </form>
  );
}

function draftOf({ days, gigabytes }: Retention) {
  return { days: String(days), gigabytes: String(gigabytes) };
}

// NaN where it is no number. A comma is what many keyboards have for the point.
function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,6}(\.\d{1,6})?$/.test(plain) ? Number(plain) : NaN;
}
