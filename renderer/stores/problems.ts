// What went wrong with commands sent from this window, newest last.
import type { ShownFailure } from '../../electron/core/snapshot.ts';
import { snapshotStore } from './snapshot-store.ts';
import { createStore } from './store.ts';

export interface Problem {
  readonly id: number;
  readonly command: string;
  readonly repeat?: () => void;
  // Expected: it has words. Otherwise a reference to the app's log.
  readonly shown?: ShownFailure;
  readonly unexpected?: string;
}

export const problemStore = createStore<readonly Problem[]>([]);

let lastId = 0;

export function reportProblem(problem: Omit<Problem, 'id'>): void {
  lastId += 1;
  problemStore.set([...problemStore.get(), { id: lastId, ...problem }]);
  forgetKnownProblems();
}

// What the snapshot tells too is the snapshot's to show, and to take back.
export function forgetKnownProblems(): void {
  const known = new Set(snapshotStore.get()?.failures.map(({ failure }) => JSON.stringify(failure)));
  const kept = problemStore
    .get()
    .filter(({ shown }) => shown === undefined || !known.has(JSON.stringify(shown.failure)));
  if (kept.length !== problemStore.get().length) problemStore.set(kept);
}

export function clearProblems(command: string): void {
  const kept = problemStore.get().filter((problem) => problem.command !== command);
  if (kept.length !== problemStore.get().length) problemStore.set(kept);
}

export function dismissProblem(id: number): void {
  problemStore.set(problemStore.get().filter((problem) => problem.id !== id));
}
