import { useEffect, useState } from 'react';
import type { FoundEngine } from '../../electron/core/settings-effects.ts';
import type { EngineState } from '../../electron/core/snapshot.ts';
import { invoke, run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { AttemptTable } from '../services/attempt-table.tsx';
import { texts } from '../texts.ts';

const words = texts.firstRun.engine;

// The engines that answer here, to choose another one, and what was tried besides.
export function EngineChoices({ engine }: { readonly engine: EngineState }) {
  const [found, setFound] = useState<readonly FoundEngine[]>([]);
  // Looked for when the step is opened, and when the engine in use is another one or gone.
  useEffect(() => {
    if (engine.kind === 'connecting') return;
    let isGone = false;
    void invoke('engine:list', undefined).then((result) => {
      if (result.ok && !isGone) setFound(result.value);
    });
    return () => {
      isGone = true;
    };
  }, [engine]);
  const answering = found.filter(({ rejected }) => rejected === undefined);
  const rejected = found.flatMap(({ endpoint, foundBy, rejected: why }) =>
    why === undefined ? [] : [{ endpoint, foundBy, rejected: why }],
  );
  const hasChoice = answering.some(({ isInUse }) => !isInUse);
  return (
    <>
      {hasChoice && (
        <div className="engine-choices">
          <h2>{words.others}</h2>
          <ul>
            {answering.map(({ endpoint, foundBy, product, isInUse }) => (
              <li key={`${endpoint} ${foundBy}`}>
                <span>
                  <strong>{product}</strong>
                  <span className="image-meaning">
                    <span className="code">{endpoint}</span>, {texts.stack.foundBy(foundBy)}
                  </span>
                </span>
                {isInUse ? (
                  <span className="badge badge-strong">{words.inUse}</span>
                ) : (
                  <Button about={words.useAbout(endpoint)} onPress={() => use(endpoint)}>
                    {words.use}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {rejected.length > 0 && (
        <details className="rejected">
          <summary>{words.rejected(rejected.length)}</summary>
          <AttemptTable caption={texts.engine.tried} attempts={rejected} />
        </details>
      )}
    </>
  );
}

// Settings that say that the steps are not done yet: else whoever wrote them would count as one who knows the app.
function use(endpoint: string): void {
  void run('settings:change', { engineEndpoint: endpoint, firstRunDone: false });
}
