// What the runtime remembers of its own commands, and of what it sees.
import { afterEach, describe, expect, it } from 'vitest';
import type { StateChange, UpTimeline } from '../../../electron/core/timeline.ts';
import type { TimelineStore } from '../../../electron/runtime/runtime-parts.ts';
import { createHarness, memoryTimeline, until, type Harness, type HarnessOptions } from './harness.ts';

let open: Harness[] = [];
afterEach(() => {
  for (const harness of open) harness.runtime.close();
  open = [];
});

async function connected(options: HarnessOptions = {}, watch = true): Promise<Harness> {
  const harness = createHarness(options);
  open.push(harness);
  await harness.runtime.connect({ watch });
  return harness;
}

const lastUp = (harness: Harness): UpTimeline =>
  harness.runtime.timeline().lastUp ?? { startedAt: 0, outcome: 'running', services: [] };
const stepsOf = (up: UpTimeline): Readonly<Record<string, string>> =>
  Object.fromEntries(
    up.services.map(({ service, steps }) => [service, steps.map(({ kind, result }) => `${kind} ${result}`).join(', ')]),
  );
const changesOf = (harness: Harness, service = 'store'): readonly string[] =>
  harness.runtime
    .timeline()
    .changes.filter((change) => change.service === service)
    .map(({ from, to }) => `${from} ${to}`)
    .toReversed();

describe('the last start', () => {
  it.each([true, false])('has each step of each service (watching: %s)', async (watch) => {
    const timeline = memoryTimeline();
    const harness = await connected({ withoutImages: true, timeline }, watch);
    expect(harness.runtime.timeline()).toEqual({ changes: [], isCut: false });
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    const up = lastUp(harness);
    expect(up.outcome).toBe('done');
    expect(stepsOf(up)).toEqual({
      store: 'pull done, create done, start done, ready done',
      shop: 'pull done, create done, start done, ready done',
    });
    for (const { steps } of up.services) {
      for (const { from, to = 0 } of steps) {
        expect(from).toBeGreaterThanOrEqual(up.startedAt);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(up.endedAt).toBeGreaterThanOrEqual(to);
      }
    }
    expect(timeline.lastUp()).toEqual(up);
  });

  it('is under way for everybody while it is', async () => {
    const timeline = memoryTimeline();
    const harness = await connected({ timeline });
    harness.probes['store'] = { kind: 'not-ready', reason: 'loading' };
    const run = harness.runtime.run({ kind: 'up' });
    await until(() => stepsOf(lastUp(harness))['store']?.endsWith('ready running') === true, 'the store is waited for');
    const other = await connected({ timeline });
    expect(lastUp(other).outcome).toBe('running');
    await until(() => stepsOf(lastUp(harness))['shop'] === 'create done, start done, ready done', 'the shop is ready');
    delete harness.probes['store'];
    await run;
    expect(lastUp(other)).toEqual(lastUp(harness));
    expect(lastUp(other).outcome).toBe('done');
  });

  it('stays what it was where there was nothing to do, and whatever else is done', async () => {
    const harness = await connected();
    await harness.runtime.run({ kind: 'up' });
    const before = lastUp(harness);
    await harness.runtime.run({ kind: 'up' });
    await harness.runtime.run({ kind: 'restart' });
    await harness.runtime.run({ kind: 'stop' });
    expect(lastUp(harness)).toEqual(before);
  });

  it('tells what was interrupted', async () => {
    const harness = await connected();
    harness.probes['shop'] = { kind: 'not-ready', reason: 'loading' };
    const run = harness.runtime.run({ kind: 'up' });
    await until(() => stepsOf(lastUp(harness))['shop']?.endsWith('ready running') === true, 'the shop is waited for');
    harness.runtime.cancel();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(lastUp(harness).outcome).toBe('cancelled');
    expect(stepsOf(lastUp(harness))['shop']).toBe('create done, start done, ready cancelled');
  });

  it('is known even where it cannot be written, and that is said once', async () => {
    const refuse = () => {
      throw new Error('EROFS');
    };
    const timeline: TimelineStore = {
      ...{ lastUp: () => undefined, changes: () => [], rememberUp: refuse, addChanges: refuse },
    };
    const harness = await connected({ timeline });
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(lastUp(harness).outcome).toBe('done');
    expect(harness.log.filter((line) => line.includes('EROFS'))).toHaveLength(1);
  });
});

describe('the changes of state', () => {
  it.each([true, false])('are those that a command makes (watching: %s)', async (watch) => {
    const harness = await connected({}, watch);
    await harness.runtime.run({ kind: 'up' });
    expect(changesOf(harness)).toEqual(['off starting', 'starting ready']);
    await harness.runtime.run({ kind: 'stop' });
    expect(changesOf(harness).at(-1)).toMatch(/ off$/);
  });

  it('are none for who only looks once', async () => {
    const timeline = memoryTimeline();
    const first = await connected({ timeline }, false);
    await first.runtime.run({ kind: 'up' });
    const before = timeline.changes().length;
    first.engine.exit('macula-store', 1);
    const looking = await connected({ timeline, engine: first.engine }, false);
    expect(looking.runtime.snapshot().services[0]?.state).toBe('failed');
    expect(timeline.changes().length).toBe(before);
  });

  it('that came while nobody looked are found by the next who watches', async () => {
    const timeline = memoryTimeline();
    const first = await connected({ timeline }, false);
    await first.runtime.run({ kind: 'up' });
    first.runtime.close();
    first.engine.exit('macula-store', 1);
    const watching = await connected({ timeline, engine: first.engine });
    const [newest] = watching.runtime.timeline().changes;
    expect(newest).toMatchObject({ service: 'store', from: 'ready', to: 'failed' } satisfies Partial<StateChange>);
    expect(newest?.reason).toContain('1');
  });

  it('are none when the engine goes and comes', async () => {
    const harness = await connected();
    await harness.runtime.run({ kind: 'up' });
    const before = changesOf(harness);
    harness.unreachable = { code: 'engine-lost', detail: 'gone' };
    await harness.runtime.reconnect();
    expect(harness.runtime.snapshot().services[0]?.state).toBe('off');
    harness.unreachable = undefined;
    await harness.runtime.reconnect();
    expect(harness.runtime.snapshot().services[0]?.state).toBe('ready');
    expect(changesOf(harness)).toEqual(before);
  });
});
