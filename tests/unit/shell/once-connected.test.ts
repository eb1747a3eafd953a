import { expect, it } from 'vitest';
import type { Snapshot } from '../../../electron/core/snapshot.ts';
import { onceConnected } from '../../../electron/shell/once-connected.ts';
import { readySnapshot } from './snapshot-fixture.ts';

const connected = readySnapshot();
const connecting: Snapshot = { ...connected, engine: { kind: 'connecting' } };
const unavailable: Snapshot = {
  ...connected,
  engine: {
    kind: 'unavailable',
    retrying: true,
    failure: { failure: { code: 'engine-not-found', tried: [] }, text: { title: '', detail: '', nextStep: '' } },
  },
};

function runtimeAt(first: Snapshot) {
  let current = first;
  const listeners = new Set<(snapshot: Snapshot) => void>();
  return {
    snapshot: () => current,
    subscribe(listener: (snapshot: Snapshot) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    publish(snapshot: Snapshot) {
      current = snapshot;
      for (const listener of listeners) listener(snapshot);
    },
    listeners,
  };
}

it('an engine that is there already is enough', async () => {
  const runtime = runtimeAt(connected);
  let calls = 0;
  onceConnected(runtime, () => (calls += 1));
  expect(calls).toBe(0);
  await Promise.resolve();
  expect(calls).toBe(1);
  expect(runtime.listeners.size).toBe(0);
});

it('an engine that comes later is waited for, and its return later is none of its concern', async () => {
  const runtime = runtimeAt(connecting);
  let calls = 0;
  onceConnected(runtime, () => (calls += 1));
  runtime.publish(unavailable);
  runtime.publish(connecting);
  await Promise.resolve();
  expect(calls).toBe(0);
  runtime.publish(connected);
  runtime.publish(connected);
  await Promise.resolve();
  expect(calls).toBe(1);
  expect(runtime.listeners.size).toBe(0);
  runtime.publish(unavailable);
  runtime.publish(connected);
  await Promise.resolve();
  expect(calls).toBe(1);
});
