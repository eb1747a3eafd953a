// Figures on the fake engine, which counts how often it is asked. The clock runs twenty times as fast.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FiguresSample } from '../../../electron/core/figures.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import type { Clock } from '../../../electron/runtime/runtime-parts.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, type Harness, until } from './harness.ts';

const factor = 20;
const begin = Date.now();
// Milliseconds that the machine was asleep, as its clock tells afterwards.
let slept = 0;
const fastClock: Clock = {
  now: () => begin + (Date.now() - begin) * factor + slept,
  after: (milliseconds, callback) => systemClock.after(milliseconds / factor, callback),
};

let open: { harness: Harness; ending: AbortController }[] = [];
afterEach(() => {
  for (const { harness, ending } of open) {
    ending.abort();
    harness.runtime.close();
  }
  open = [];
});

interface Watched {
  readonly harness: Harness;
  readonly samples: FiguresSample[];
  readonly ending: AbortController;
  // Calls of the engine for a container's figures.
  readonly asked: () => number;
  readonly begin: () => Promise<void>;
}

async function world(command?: 'up'): Promise<Watched> {
  const harness = createHarness({ clock: fastClock, now: () => fastClock.now() });
  const ending = new AbortController();
  open.push({ harness, ending });
  await harness.runtime.connect({ watch: true });
  if (command !== undefined) expect(await harness.runtime.run({ kind: command })).toEqual({ kind: 'done' });
  const stats = vi.spyOn(harness.engine, 'containerStats');
  const samples: FiguresSample[] = [];
  return {
    harness,
    samples,
    ending,
    asked: () => stats.mock.calls.length,
    begin: async () => (await harness.runtime.figures()).watch((sample) => samples.push(sample), ending.signal),
  };
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('watching figures', () => {
  it('tells services in the order of the catalog, whoever answers first', async () => {
    const { harness, samples, begin: watch } = await world('up');
    vi.mocked(harness.engine.containerStats).mockRestore();
    const answer = harness.engine.containerStats.bind(harness.engine);
    const order = smallCatalog.map(({ id }) => id);
    const asked: string[] = [];
    vi.spyOn(harness.engine, 'containerStats').mockImplementation(async (id) => {
      asked.push(id);
      await later(100 - asked.length * 20);
      return answer(id);
    });
    await watch();
    await until(() => samples.length >= 1, 'a look');
    expect(Object.keys(samples[0]?.services ?? {})).toEqual(order);
    const ids = order.map((service) => harness.engine.container(`macula-${service}`).id);
    expect(asked.slice(0, ids.length)).toEqual(ids);
  });

  it('tells at once what is used, and rates with the second look', async () => {
    const { harness, samples, begin: watch } = await world('up');
    harness.engine.setStats('macula-store', { memoryBytes: 123, processes: 9 });
    await watch();
    await until(() => samples.length >= 2, 'two looks');
    expect(samples[0]?.machine).toEqual({ processors: 4, memoryBytes: 16_000_000_000 });
    expect(samples[0]?.services['store']).toEqual({ memoryBytes: 123, memoryLimitBytes: 0, processes: 9 });
    expect(Object.keys(samples[1]?.services ?? {}).toSorted()).toEqual(['shop', 'store']);
    // The fake's programs use a hundredth of a processor.
    expect(samples[1]?.services['store']?.processors).toBeCloseTo(0.01, 3);
    expect(samples[1]?.services['store']?.receivedPerSecond).toBe(0);
  });

  it('goes on soon after the machine slept in the middle of a look', async () => {
    const { harness, samples, asked, begin: watch } = await world('up');
    const release = harness.engine.hold('containerStats');
    await watch();
    await until(() => asked() > 0, 'a look');
    slept += 3_600_000;
    release();
    await until(() => samples.length >= 2, 'the next look');
  });

  it('asks nothing before somebody watches, nor afterwards', async () => {
    const { asked, samples, ending, begin: watch } = await world('up');
    await later(300);
    expect(asked()).toBe(0);
    await watch();
    await until(() => samples.length >= 3, 'three looks');
    ending.abort();
    await later(50);
    const before = { asked: asked(), samples: samples.length };
    await later(300);
    expect({ asked: asked(), samples: samples.length }).toEqual(before);
  });

  it('never begins a round before the one before has ended', async () => {
    const { harness, asked, samples, begin: watch } = await world('up');
    const release = harness.engine.hold('containerStats');
    await watch();
    await until(() => asked() === 2, 'both are asked');
    // More than the time of a round, and far less than a look may take.
    await later(150);
    expect(asked()).toBe(2);
    expect(samples).toEqual([]);
    release();
    await until(() => samples.length >= 1, 'the answer');
  });

  it('asks nothing while nothing runs, and begins by itself when something does', async () => {
    const { harness, asked, samples, begin: watch } = await world();
    await watch();
    await until(() => samples.length >= 1, 'word that nothing runs');
    await later(300);
    expect(samples.map(({ services, problem }) => ({ services, problem }))).toEqual([
      { services: {}, problem: undefined },
    ]);
    expect(asked()).toBe(0);
    await harness.runtime.run({ kind: 'up' });
    await until(() => samples.some(({ services }) => Object.keys(services).length === 2), 'figures of both');
    await harness.runtime.run({ kind: 'stop' });
    await until(() => Object.keys(samples.at(-1)?.services ?? {}).length === 0, 'word that nothing runs any more');
  });

  it('has no rate of a container that began anew, and never a negative one', async () => {
    const { harness, samples, begin: watch } = await world('up');
    harness.engine.setStats('macula-store', { cpuSeconds: 500, networkSentBytes: 500 });
    await watch();
    await until(() => samples.at(-1)?.services['store']?.processors !== undefined, 'rates');
    const before = samples.length;
    harness.engine.setStats('macula-store', { cpuSeconds: 501, networkSentBytes: 900 });
    await harness.runtime.run({ kind: 'restart', services: ['store'] });
    await until(
      () =>
        samples.slice(before).some(({ services: { store } }) => store !== undefined && store.processors === undefined),
      'a first look of the new run',
    );
    await until(() => samples.at(-1)?.services['store']?.processors !== undefined, 'rates of the new run');
    for (const { services } of samples) expect(services['store']?.processors ?? 0).toBeGreaterThanOrEqual(0);
  });

  it('says why there is nothing while the engine is away, once, and goes on when it is back', async () => {
    const { harness, asked, samples, begin: watch } = await world('up');
    await watch();
    await until(() => samples.length >= 2, 'figures');
    harness.unreachable = { code: 'engine-lost', detail: 'the test took it away' };
    harness.engine.lose();
    await until(() => samples.at(-1)?.problem !== undefined, 'words');
    const gone = { asked: asked(), samples: samples.length };
    expect(samples.at(-1)?.services).toEqual({});
    await later(300);
    expect({ asked: asked(), samples: samples.length }).toEqual(gone);
    harness.unreachable = undefined;
    harness.engine.restore();
    await harness.runtime.reconnect();
    await until(() => Object.keys(samples.at(-1)?.services ?? {}).length === 2, 'figures again');
    expect(samples[gone.samples]?.services['store']?.processors).toBeUndefined();
  });

  it('names the containers whose figures the engine did not tell, and tells those of the others', async () => {
    const { harness, samples, begin: watch } = await world('up');
    harness.engine.failNext('containerStats', { code: 'operation-failed', operation: 'read', detail: 'no' });
    await watch();
    await until(() => samples.length >= 1, 'a look');
    expect(samples[0]?.problem).toMatch(/^The engine did not tell the figures of macula-(store|shop)\.$/);
    expect(Object.keys(samples[0]?.services ?? {})).toHaveLength(1);
    await until(() => samples.length >= 2, 'the next look');
    expect(samples[1]?.problem).toBeUndefined();
  });
});

describe('measuring the disk', () => {
  async function measured() {
    const found = await world('up');
    const sizes = vi.spyOn(found.harness.engine, 'volumeSizes');
    found.harness.engine.setVolumeSize('store-data', 4096);
    return { ...found, figures: await found.harness.runtime.figures(), count: () => sizes.mock.calls.length };
  }

  it('asks the engine once a minute at most, and again when it is wanted anew', async () => {
    const { harness, figures, count } = await measured();
    const first = await figures.disk({ anew: false });
    expect(first.volumes).toEqual([{ name: 'store-data', service: 'store', bytes: 4096 }]);
    expect(first.images.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['example/store:1', 10_000_000],
      ['example/shop:1', 10_000_000],
    ]);
    harness.engine.setVolumeSize('store-data', 5000);
    expect(await (await harness.runtime.figures()).disk({ anew: false })).toEqual(first);
    expect(count()).toBe(1);
    const again = await figures.disk({ anew: true });
    expect(again.volumes[0]?.bytes).toBe(5000);
    expect(again.measuredAt).toBeGreaterThan(first.measuredAt);
    expect(count()).toBe(2);
    // A minute of this clock.
    await later(60_000 / factor + 100);
    await figures.disk({ anew: false });
    expect(count()).toBe(3);
  });

  it('measures once for all who ask meanwhile', async () => {
    const { harness, figures, count } = await measured();
    const release = harness.engine.hold('volumeSizes');
    const both = Promise.all([figures.disk({ anew: false }), figures.disk({ anew: true })]);
    release();
    const [one, other] = await both;
    expect(one).toEqual(other);
    expect(count()).toBe(1);
  });

  it('fails in words, and is asked again after that', async () => {
    const { harness, figures } = await measured();
    harness.engine.failNext('volumeSizes', { code: 'operation-failed', operation: 'measure', detail: 'no' });
    await expect(figures.disk({ anew: false })).rejects.toMatchObject({ failure: { code: 'operation-failed' } });
    expect((await figures.disk({ anew: false })).volumes).toHaveLength(1);
  });

  it('leaves out the size of what cannot be measured', async () => {
    const { harness, figures } = await measured();
    harness.engine.setVolumeSize('store-data', undefined);
    expect((await figures.disk({ anew: false })).volumes).toEqual([{ name: 'store-data', service: 'store' }]);
  });
});
