import type { EngineAttempt, Failure } from '../../electron/core/failure.ts';
import type { EngineState } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { AttemptTable } from './attempt-table.tsx';

export function EngineCard({ engine }: { readonly engine: Extract<EngineState, { kind: 'unavailable' }> }) {
  const { failure, text } = engine.failure;
  const tried = attemptsOf(failure);
  return (
    <section className="engine-card" aria-labelledby="engine-title">
      <StateIcon state="failed" />
      <div className="engine-words">
        <h2 id="engine-title">{text.title}</h2>
        {/* The detail is the same list as prose. */}
        {tried.length === 0 && <p>{text.detail}</p>}
        <p>{text.nextStep}</p>
        {tried.length > 0 && <AttemptTable caption={texts.engine.tried} attempts={tried} />}
        <div className="engine-actions">
          {/* Pressable also while the app tries by itself: its next try may be seconds away. */}
          <Button kind="primary" icon="restart" onPress={() => void run('engine:retry', undefined)}>
            {texts.engine.retry}
          </Button>
          <Button onPress={() => navigate('settings')}>{texts.engine.settings}</Button>
          {engine.retrying && <span className="aside">{texts.engine.retrying}</span>}
        </div>
      </div>
    </section>
  );
}

function attemptsOf(failure: Failure): readonly EngineAttempt[] {
  return 'tried' in failure && failure.code !== 'no-free-subnet' ? failure.tried : [];
}
