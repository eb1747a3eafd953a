import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { EngineChoices } from './engine-choices.tsx';
import { EngineRepair } from './engine-repair.tsx';

const words = texts.firstRun.engine;

export function EngineStep({ snapshot: { engine } }: { readonly snapshot: Snapshot }) {
  return (
    <>
      <p className="first-run-what">{words.what}</p>
      <div role="status">
        {engine.kind === 'connecting' && (
          <>
            <p>{words.connecting}</p>
            <progress aria-label={words.connecting} />
          </>
        )}
        {engine.kind === 'connected' && (
          <p className="first-run-found">
            <StateIcon state="ready" />
            <span>
              <strong>{words.answers(engine.description.product, engine.description.version)}</strong>{' '}
              {engine.description.rootless && words.rootless}
              <span className="image-meaning">
                <span className="code">{engine.description.endpoint}</span>,{' '}
                {texts.stack.foundBy(engine.description.foundBy)}
              </span>
            </span>
          </p>
        )}
        {engine.kind === 'unavailable' && (
          <p className="first-run-found">
            <StateIcon state="failed" />
            <strong>{engine.failure.text.title}</strong>
          </p>
        )}
      </div>
      {engine.kind === 'unavailable' && <EngineRepair shown={engine.failure} />}
      {engine.kind === 'unavailable' && (
        <div className="images-actions">
          <Button kind="primary" icon="restart" onPress={() => void run('engine:retry', undefined)}>
            {words.lookAgain}
          </Button>
          {engine.retrying && <p className="hint">{words.looksByItself}</p>}
        </div>
      )}
      <EngineChoices engine={engine} />
    </>
  );
}
