// Whether the first steps are shown instead of the pages, and which of them.
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { navigate } from '../stores/navigation.ts';
import { snapshotStore } from '../stores/snapshot-store.ts';
import { createStore } from '../stores/store.ts';
import { firstOpenStep, type StepName } from './steps.ts';

export interface FirstRun {
  // Somebody is in the middle of them: they stay although the app is no longer new here.
  readonly isHeld: boolean;
  // Left for another page or for good: not shown again by itself.
  readonly isAside: boolean;
  // Undefined until somebody chose: the first one that is not done.
  readonly step?: StepName;
}

export const firstRunStore = createStore<FirstRun>({ isHeld: false, isAside: false });

export function isFirstRunShown({ isHeld, isAside }: FirstRun, snapshot: Snapshot | undefined): boolean {
  return snapshot !== undefined && (isHeld || (snapshot.firstRun === true && !isAside));
}

export function shownStep({ step }: FirstRun, snapshot: Snapshot): StepName {
  return step ?? firstOpenStep(snapshot);
}

// From the first press on nothing moves by itself.
export function holdStep(step: StepName): void {
  const { isHeld, isAside } = firstRunStore.get();
  if (!isHeld && !isAside) goToStep(step);
}

export function goToStep(step: StepName): void {
  firstRunStore.set({ isHeld: true, isAside: false, step });
}

// From Settings, or after they were put aside.
export function openFirstRun(): void {
  const snapshot = snapshotStore.get();
  firstRunStore.set({
    isHeld: true,
    isAside: false,
    step: snapshot === undefined ? 'engine' : firstOpenStep(snapshot),
  });
}

// Another page was asked for. They come back with the next window, or when somebody wants them.
export function putFirstRunAside(): void {
  firstRunStore.set({ isHeld: false, isAside: true });
}

export async function finishFirstRun(): Promise<void> {
  putFirstRunAside();
  navigate('services');
  await rememberFirstRun();
}

// Not shown again, in this window or another.
export async function rememberFirstRun(): Promise<void> {
  if (snapshotStore.get()?.firstRun === true) await run('settings:change', { firstRunDone: true });
}
