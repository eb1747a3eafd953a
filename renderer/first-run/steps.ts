// The first steps and which of them are done. Pure.
import type { Snapshot } from '../../electron/core/snapshot.ts';

export const stepNames = ['engine', 'images', 'names'] as const;
// After the last of them there is only the start left.
export type StepName = (typeof stepNames)[number] | 'start';

export function isDone(step: StepName, { engine, services, host, stack }: Snapshot): boolean {
  switch (step) {
    case 'engine':
      return engine.kind === 'connected';
    case 'images':
      // A stub is nothing to work with.
      return (
        engine.kind === 'connected' &&
        services.every(({ enabled, image }) => !enabled || (image.present && image.substitute !== 'stub'))
      );
    case 'names':
      return host?.names === 'on';
    case 'start':
      return stack.state === 'ready';
  }
}

// The first one from there on that is not done yet.
export function firstOpenStep(snapshot: Snapshot, from: StepName = 'engine'): StepName {
  if (from === 'start') return 'start';
  return stepNames.slice(stepNames.indexOf(from)).find((step) => !isDone(step, snapshot)) ?? 'start';
}

export function stepAfter(step: StepName, snapshot: Snapshot): StepName {
  if (step === 'start') return 'start';
  const next = stepNames[stepNames.indexOf(step) + 1];
  return next === undefined ? 'start' : firstOpenStep(snapshot, next);
}

// Going back looks at each, done or not.
export function stepBefore(step: StepName): StepName | undefined {
  return step === 'start' ? stepNames.at(-1) : stepNames[stepNames.indexOf(step) - 1];
}
