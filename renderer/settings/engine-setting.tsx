import { useEffect, useId, useState } from 'react';
import type { SettingsView } from '../../electron/contract/contract.ts';
import { isEngineEndpoint } from '../../electron/core/settings.ts';
import type { EngineState } from '../../electron/core/snapshot.ts';
import { AttemptTable } from '../services/attempt-table.tsx';
import { texts } from '../texts.ts';
import { TextSetting } from './text-setting.tsx';
import type { SettingsAccess } from './use-settings.ts';

interface EngineSettingProps {
  readonly view: SettingsView;
  readonly engine: EngineState;
  readonly isSaved: boolean;
  readonly change: SettingsAccess['change'];
}

const words = texts.settings.engine;
const isAddress = (value: string) => value !== 'auto' && isEngineEndpoint(value);

export function EngineSetting({ view, engine, isSaved, change }: EngineSettingProps) {
  const id = useId();
  const endpoint = view.settings.engineEndpoint;
  const [usesAddress, setUsesAddress] = useState(endpoint !== 'auto');
  useEffect(() => setUsesAddress(endpoint !== 'auto'), [endpoint]);
  const status = isSaved ? `${texts.settings.saved} ${words.effect}` : '';

  function chooseAuto() {
    setUsesAddress(false);
    if (endpoint !== 'auto') void change({ engineEndpoint: 'auto' }, words.title);
  }

  return (
    <section className="setting-group" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.title}</h2>
      <EngineInUse engine={engine} />
      <div role="radiogroup" aria-labelledby={`${id}-title`} className="radios">
        <label className="choice">
          <input type="radio" name={id} checked={!usesAddress} onChange={chooseAuto} />
          <span>{words.auto}</span>
          <span className="hint">{words.autoHint}</span>
        </label>
        <label className="choice">
          <input type="radio" name={id} checked={usesAddress} onChange={() => setUsesAddress(true)} />
          <span>{words.address}</span>
        </label>
      </div>
      {usesAddress ? (
        <TextSetting
          label={words.label}
          hint={words.hint}
          value={endpoint === 'auto' ? '' : endpoint}
          isValid={isAddress}
          invalidWords={words.invalid}
          status={status}
          onSave={(engineEndpoint) => void change({ engineEndpoint }, words.title)}
        />
      ) : (
        status !== '' && <p className="saved">{status}</p>
      )}
      {view.rejectedEngines.length > 0 && (
        <details className="rejected">
          <summary>{words.rejected(view.rejectedEngines.length)}</summary>
          <AttemptTable caption={texts.engine.tried} attempts={view.rejectedEngines} />
        </details>
      )}
    </section>
  );
}

function EngineInUse({ engine }: { readonly engine: EngineState }) {
  if (engine.kind !== 'connected') return <p className="engine-in-use">{words.none}</p>;
  const { product, version, endpoint, foundBy } = engine.description;
  return (
    <dl className="engine-in-use">
      <dt>{words.inUse}</dt>
      <dd>
        {texts.stack.engine(product, version)} <span className="code">{endpoint}</span>
        <span className="aside">{texts.stack.foundBy(foundBy)}</span>
      </dd>
    </dl>
  );
}
