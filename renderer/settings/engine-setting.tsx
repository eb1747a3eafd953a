import { type FormEvent, useEffect, useId, useState } from 'react';
import type { SettingsView } from '../../electron/contract/contract.ts';
import { isEngineEndpoint } from '../../electron/core/settings.ts';
import type { FoundEngine } from '../../electron/core/settings-effects.ts';
import type { EngineState } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { AttemptTable } from '../services/attempt-table.tsx';
import { texts } from '../texts.ts';
import { EngineAddress } from './engine-address.tsx';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { useEngines } from './use-engines.ts';
import { useStatus } from './use-status.ts';

interface EngineSettingProps {
  readonly view: SettingsView;
  readonly engine: EngineState;
}

const words = texts.settings.engine;
// Stands for the address that is typed.
const other = '';

// Nothing changes before the button: the arrow keys go through the choices.
export function EngineSetting({ view, engine }: EngineSettingProps) {
  const id = useId();
  const status = useStatus();
  const { engines, isLooking, problem, look } = useEngines(engine);
  const inForce = view.settings.engineEndpoint;
  const answering = engines.filter(({ rejected }) => rejected === undefined);
  const rejected = engines.flatMap((found) =>
    found.rejected === undefined ? [] : [{ ...found, rejected: found.rejected }],
  );
  const isListed = (endpoint: string) => answering.some((found) => found.endpoint === endpoint);
  const [chosen, setChosen] = useState<string>();
  const [address, setAddress] = useState('');
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    setChosen(undefined);
    setAddress(inForce === 'auto' ? '' : inForce);
  }, [inForce]);
  const choice = chosen ?? (inForce === 'auto' || isListed(inForce) ? inForce : other);
  const wanted = choice === other ? address.trim() : choice;
  const isGood = wanted !== '' && isEngineEndpoint(wanted) && (wanted !== 'auto' || choice === 'auto');

  async function use(event: FormEvent) {
    event.preventDefault();
    setRefused(!isGood);
    if (!isGood || wanted === inForce) return;
    const change = { patch: { engineEndpoint: wanted }, what: texts.settings.groups.engine, key: 'engineEndpoint' };
    if ((await changeSettings(() => change)) !== 'saved') setChosen(undefined);
  }

  const radio = (value: string) => ({
    type: 'radio' as const,
    name: id,
    checked: choice === value,
    onChange: () => {
      setChosen(value);
      setRefused(false);
    },
  });

  return (
    <SettingGroup name="engine" hint={words.hint}>
      <EngineInUse engine={engine} />
      <form className="engine-form" onSubmit={(event) => void use(event)} noValidate>
        <div role="radiogroup" aria-label={texts.settings.groups.engine} className="radios">
          <label className="choice">
            <input {...radio('auto')} />
            <span>{words.auto}</span>
            <span className="hint">{words.autoHint}</span>
          </label>
          {answering.map((found) => (
            <EngineChoice key={found.endpoint} found={found} radio={radio(found.endpoint)} />
          ))}
          <label className="choice">
            <input {...radio(other)} />
            <span>{words.address}</span>
          </label>
        </div>
        {choice === other && (
          <EngineAddress
            value={address}
            isRefused={isRefused}
            onChange={(value) => {
              setAddress(value);
              setRefused(false);
            }}
          />
        )}
        <div className="with-status">
          <button type="submit" className="button" aria-disabled={wanted === inForce ? true : undefined}>
            {words.use}
          </button>
          <Button kind="quiet" icon="restart" isEnabled={!isLooking} onPress={look}>
            {isLooking ? `${words.looking}…` : words.lookAgain}
          </Button>
          <p className="saved">{status('engineEndpoint')}</p>
        </div>
      </form>
      {problem !== '' && <p className="problem">{problem}</p>}
      {rejected.length > 0 && (
        <details className="rejected">
          <summary>{words.rejected(rejected.length)}</summary>
          <AttemptTable caption={texts.engine.tried} attempts={rejected} />
        </details>
      )}
    </SettingGroup>
  );
}

interface EngineChoiceProps {
  readonly found: FoundEngine;
  readonly radio: React.ComponentProps<'input'>;
}

function EngineChoice({ found: { endpoint, product, foundBy, isInUse }, radio }: EngineChoiceProps) {
  return (
    <label className="choice">
      <input {...radio} />
      <span>
        {product ?? endpoint} {isInUse && <span className="badge">{words.inUse}</span>}
      </span>
      <span className="hint">
        <span className="code">{endpoint}</span> {texts.stack.foundBy(foundBy)}
      </span>
    </label>
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
