import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { finishFirstRun, goToStep } from './first-run-store.ts';
import { isDone, stepAfter, stepBefore, type StepName } from './steps.ts';

const words = texts.firstRun;

interface FirstRunActionsProps {
  readonly step: StepName;
  readonly snapshot: Snapshot;
}

export function FirstRunActions({ step, snapshot }: FirstRunActionsProps) {
  const before = stepBefore(step);
  const isBehind = isDone(step, snapshot);
  // What goes on by itself needs nobody to wait for it.
  const isComing = step === 'images' && snapshot.activity !== undefined;
  return (
    <div className="first-run-actions">
      {before !== undefined && <Button onPress={() => goToStep(before)}>{words.back}</Button>}
      {step !== 'start' && (
        <>
          <Button kind={isBehind || isComing ? 'primary' : 'plain'} onPress={() => goToStep(stepAfter(step, snapshot))}>
            {isBehind || isComing ? words.next : step === 'engine' ? words.skip : words.later}
          </Button>
          {isComing && !isBehind && <p className="hint">{words.images.goesOn}</p>}
          <span className="first-run-gap" />
          <Button kind="quiet" onPress={() => void finishFirstRun()}>
            {words.skipAll}
          </Button>
        </>
      )}
    </div>
  );
}
