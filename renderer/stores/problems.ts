// What went wrong with commands sent from this window, newest last.
import type { ShownFailure } from '../../electron/core/snapshot.ts';
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
}

export function clearProblems(command: string): void {
  const kept = problemStore.get().filter((problem) => problem.command !== command);
  if (kept.length !== problemStore.get().length) problemStore.set(kept);
}

export function dismissProblem(id: number): void {
  problemStore.set(problemStore.get().filter((problem) => problem.id !== id));
}
