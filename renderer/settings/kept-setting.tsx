import type { SettingsView } from '../../electron/contract/contract.ts';
import { isLogLines, isRetention, type Retention, type Signal, signals } from '../../electron/core/settings.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { jumpTo } from '../shell/jump.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { TextSetting } from './text-setting.tsx';
import { useStatus } from './use-status.ts';

const words = texts.settings.kept;

// NaN where it is no number. A comma is what many keyboards have for the point.
function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,6}(\.\d{1,6})?$/.test(plain) ? Number(plain) : Number.NaN;
}

export function KeptSetting({ view: { settings } }: { readonly view: SettingsView }) {
  const status = useStatus();
  return (
    <SettingGroup name="kept" hint={words.hint}>
      <div className="retention-rows">
        {signals.map((signal) => (
          <RetentionRow key={signal} signal={signal} retention={settings.retention[signal]} />
        ))}
      </div>
      <div>
        <Button onPress={() => jumpTo('telemetry', 'telemetry-kept')}>{words.telemetry}</Button>
      </div>
      <TextSetting
        isNumber
        label={words.logLines}
        hint={words.logLinesHint}
        value={String(settings.logLines)}
        isValid={(text) => isLogLines(numberOf(text))}
        invalidWords={words.logLinesInvalid}
        status={status('logLines')}
        onSave={(text) =>
          changeSettings(() => ({ patch: { logLines: numberOf(text) }, what: words.logLines, key: 'logLines' }))
        }
      />
    </SettingGroup>
  );
}

function RetentionRow({ signal, retention }: { readonly signal: Signal; readonly retention: Retention }) {
  const status = useStatus();
  const name = texts.telemetry.signal[signal];
  const change = (part: keyof Retention, value: number) =>
    changeSettings(({ retention: now }) => ({
      patch: { retention: { ...now, [signal]: { ...now[signal], [part]: value } } },
      what: `${name}, ${words[part].toLowerCase()}`,
      key: `retention ${signal} ${part}`,
      // What is deleted is gone, so it is never done without a word.
      ...(value < now[signal][part] ? { warning: words.narrower(name) } : {}),
    }));
  return (
    <fieldset className="retention-row">
      <legend>{name}</legend>
      <TextSetting
        isNumber
        label={words.days}
        about={name}
        value={String(retention.days)}
        isValid={(text) => isRetention({ days: numberOf(text), gigabytes: 1 })}
        invalidWords={words.daysInvalid}
        status={status(`retention ${signal} days`)}
        onSave={(text) => change('days', numberOf(text))}
      />
      <TextSetting
        isNumber
        label={words.gigabytes}
        about={name}
        value={String(retention.gigabytes)}
        isValid={(text) => isRetention({ days: 1, gigabytes: numberOf(text) })}
        invalidWords={words.gigabytesInvalid}
        status={status(`retention ${signal} gigabytes`)}
        onSave={(text) => change('gigabytes', numberOf(text))}
      />
    </fieldset>
  );
}
