// Holds the newest snapshot and tells its readers. A snapshot that says nothing new is not sent.
import type { Snapshot } from '../core/snapshot.ts';

export interface SnapshotStore {
  get(): Snapshot;
  // Called with each snapshot that differs from the one before; returns the function that ends it.
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  // Builds the next one from the one before.
  publish(derive: (number: number, previous: Snapshot | undefined) => Snapshot): void;
}

export function createSnapshotStore(initial: Snapshot): SnapshotStore {
  let current = initial;
  const listeners = new Set<(snapshot: Snapshot) => void>();
  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish(derive) {
      const next = derive(current.number + 1, current);
      if (isSame(next, current)) return;
      current = next;
      for (const listener of [...listeners]) listener(next);
    },
  };
}

function isSame(one: Snapshot, other: Snapshot): boolean {
  return JSON.stringify({ ...one, number: 0 }) === JSON.stringify({ ...other, number: 0 });
}
