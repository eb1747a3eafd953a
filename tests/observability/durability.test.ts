// What was acknowledged is there after the program was killed in the very next moment, and after a restart.
import { describe, expect, test } from 'vitest';
import { isElsewhere, killByEngine, processOf, untilReady, untilRunsAnew } from './support/crash.ts';
import { Times } from './support/measured.ts';
import { type Store, stores } from './support/stores.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { done, useRealStack } from './support/real-stack.ts';

const rounds = 10;
const batch = 5;

const needsStack = useRealStack({
  real: ['prometheus', 'loki', 'tempo'],
  settings: { disabledServices: ['alloy', 'grafana', 'excalidraw'] },
});
const times = new Times('durability');

async function sendSome(store: Store): Promise<string[]> {
  const marks: string[] = [];
  // One after the other: the last is acknowledged in the moment before the kill.
  for (let sent = 0; sent < batch; sent += 1) marks.push(await store.send());
  return marks;
}

// A program that has just come back may need a moment until it answers from all that it kept.
async function stillMissing(store: Store, marks: readonly string[]): Promise<readonly string[]> {
  let missing: readonly string[] | undefined;
  const nothing = async () => ((missing = await store.missing(marks)).length === 0 ? true : undefined);
  try {
    await waitUntil('everything is found', nothing, 10);
  } catch (error) {
    if (missing === undefined) throw error;
  }
  return missing ?? [];
}

// Returns those that were lost.
async function killOverAndOver(store: Store): Promise<readonly string[]> {
  const marks: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const pid = await processOf(store.container);
    if (pid === undefined) throw new Error(`${store.container} does not run`);
    marks.push(...(await sendSome(store)));
    process.kill(pid, 'SIGKILL');
    const killed = performance.now();
    await untilRunsAnew(store.container, pid);
    await untilReady(store.ready);
    times.note(`${store.id} is ready after kill ${round}`, (performance.now() - killed) / 1000);
  }
  expect(marks).toHaveLength(rounds * batch);
  return stillMissing(store, marks);
}

test(`each keeps all it acknowledged through ${rounds} kills, and comes back by itself`, async (context) => {
  needsStack(context);
  context.skip(await isElsewhere(), 'the engine runs on another machine: its processes cannot be killed from here');
  // All at once: the engine waits longer before each next start, whichever it is.
  const lost = await Promise.all(stores.map(killOverAndOver));
  expect(Object.fromEntries(stores.map(({ id }, index) => [id, lost[index]]))).toEqual({
    prometheus: [],
    loki: [],
    tempo: [],
  });
});

describe.each(stores)('$id', (store) => {
  test('keeps all it acknowledged when the engine kills it, and "up" brings it back', async (context) => {
    needsStack(context);
    const marks: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      marks.push(...(await sendSome(store)));
      await killByEngine(store.container);
      await done(['up', store.id]);
      await untilReady(store.ready);
    }
    expect(await stillMissing(store, marks)).toEqual([]);
  });

  test('keeps all it acknowledged through a restart', async (context) => {
    needsStack(context);
    const marks = await sendSome(store);
    await done(['restart', store.id]);
    await untilReady(store.ready);
    expect(await stillMissing(store, marks)).toEqual([]);
  });
});
