import type { Snapshot } from '../../electron/core/snapshot.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { goToStep } from './first-run-store.ts';
import { isDone, type StepName, stepNames } from './steps.ts';

const words = texts.firstRun;

interface StepListProps {
  readonly step: StepName;
  readonly snapshot: Snapshot;
}

export function StepList({ step, snapshot }: StepListProps) {
  return (
    <nav className="step-list" aria-label={words.stepsLabel}>
      <ol>
        {stepNames.map((name) => {
          const isBehind = isDone(name, snapshot);
          return (
            <li key={name}>
              <button
                type="button"
                className="step-button"
                aria-current={name === step ? 'step' : undefined}
                onClick={() => goToStep(name)}
              >
                <StateIcon state={isBehind ? 'ready' : 'off'} />
                {words.steps[name]}
                <span className="step-state">{isBehind ? words.done : words.open}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
