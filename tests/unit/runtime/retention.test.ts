import { afterEach, describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { labels } from '../../../electron/core/identity.ts';
import type { Clock } from '../../../electron/runtime/runtime-parts.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import { createHarness, type Harness, until } from './harness.ts';

const minute = 60_000;
const gigabyte = 1e9;
const lokiPath = '/etc/loki/overrides.yml';
const tempoPath = '/etc/tempo-overrides.yml';

// No metrics: the feed has nowhere to send anything to.
const stores = catalog.filter(({ id }) => id === 'loki' || id === 'tempo');
const templates = Object.fromEntries([
  ...stores.flatMap(({ files }) => files.map(({ template }) => [template, template] as const)),
  ['loki/overrides.yml', 'logs {{logsHours}}h'],
  ['tempo/overrides.yml', 'traces {{tracesHours}}h'],
]);

// Minutes pass when the test says so; what waits for less goes by the real clock.
function quickClock(start = 1_700_000_000_000): {
  readonly clock: Clock;
  readonly pass: (milliseconds: number) => void;
} {
  let now = start;
  const timers: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    clock: {
      now: () => now,
      after(milliseconds, callback) {
        if (milliseconds < minute) return systemClock.after(milliseconds, callback);
        const timer = { at: now + milliseconds, callback };
        timers.push(timer);
        return () => {
          if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
        };
      },
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.callback();
      }
    },
  };
}

let open: Harness[] = [];
afterEach(() => {
  for (const harness of open) harness.runtime.close();
  open = [];
});

interface Watched {
  readonly harness: Harness;
  // Lets ten minutes pass, or more at a time, and waits until the volumes were measured again.
  readonly tenMinutes: (times?: number) => Promise<void>;
  // Milliseconds during which nobody's timer runs.
  readonly sleep: (milliseconds: number) => void;
  readonly clock: Clock;
}

// With the feed: after the forty minutes in which nothing that is measured counts.
async function watched(feed = true): Promise<Watched> {
  const { clock, pass } = quickClock();
  const settings = { containerLogs: 'off' } as const;
  const harness = createHarness({ catalog: stores, templates, clock, now: clock.now, settings });
  open.push(harness);
  await harness.runtime.connect({ watch: true, feed });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  harness.engine.changes.length = 0;
  async function tenMinutes(times = 1): Promise<void> {
    for (let round = 0; round < times; round += 1) {
      pass(10 * minute);
      // One turn for the look, one for what follows from it.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  if (feed) await tenMinutes(4);
  return { harness, tenMinutes, sleep: pass, clock };
}

const contentOf = (harness: Harness, name: string, path: string) =>
  harness.engine.container(name).files.get(path)?.content;
const changesOf = (harness: Harness) => harness.engine.changes.map(({ call, subject }) => `${call} ${subject}`);
const storeOf = async (harness: Harness, signal: string) =>
  (await harness.runtime.telemetry.stores()).find((store) => store.signal === signal);

describe('the time that logs and traces are kept', () => {
  it('is that of the settings, and a change of it reaches what runs without a restart', async () => {
    const { harness } = await watched(false);
    expect(contentOf(harness, 'macula-loki', lokiPath)).toBe('logs 168h');
    expect(contentOf(harness, 'macula-tempo', tempoPath)).toBe('traces 72h');
    const { retention } = harness.runtime.settings();
    await harness.runtime.changeSettings({ retention: { ...retention, logs: { days: 2, gigabytes: 4 } } });
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 48h', 'the file is exchanged');
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(changesOf(harness).filter((change) => !change.startsWith('uploadFiles'))).toEqual([]);
  });

  it('is shortened where the cap is reached, in the running container, and told', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 5 * gigabyte);
    harness.engine.setVolumeSize('tempo-data', 1 * gigabyte);
    await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 114h', 'the time is shortened');
    expect(contentOf(harness, 'macula-tempo', tempoPath)).toBe('traces 72h');
    expect(await storeOf(harness, 'logs')).toMatchObject({ usedBytes: 5 * gigabyte, shortenedToHours: 114 });
    expect(await storeOf(harness, 'traces')).toEqual({
      signal: 'traces',
      service: 'tempo',
      retention: { days: 3, gigabytes: 4 },
      usedBytes: gigabyte,
      isOverCap: false,
    });
    expect(changesOf(harness)).toEqual(['uploadFiles macula-loki']);
  });

  it('is put in again where a command in a terminal put in the whole time', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 5 * gigabyte);
    await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 114h', 'the time is shortened');
    const { files } = harness.engine.container('macula-loki');
    files.set(lokiPath, { path: lokiPath, content: 'logs 168h', mode: 0o644 });
    await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 114h', 'it is shortened still');
  });

  it('becomes longer again when there is room', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 5 * gigabyte);
    await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 114h', 'the time is shortened');
    harness.engine.setVolumeSize('loki-data', 2 * gigabyte);
    await tenMinutes(7);
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 115h', 'an hour later an hour longer');
  });

  it('at its shortest cannot be made shorter, which is said with the way out', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 50 * gigabyte);
    await tenMinutes(8);
    expect(contentOf(harness, 'macula-loki', lokiPath)).toBe('logs 24h');
    expect(await storeOf(harness, 'logs')).toMatchObject({ shortenedToHours: 24, isOverCap: true });
    const check = (await harness.runtime.doctor()).find(({ subject }) => subject === 'disk of logs');
    expect(check).toMatchObject({ result: 'note' });
    expect(check?.nextStep).toContain('macula wipe logs');
  });

  it('stays as it is while the engine cannot tell what is used', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', undefined);
    harness.engine.setVolumeSize('tempo-data', undefined);
    await tenMinutes();
    expect(contentOf(harness, 'macula-loki', lokiPath)).toBe('logs 168h');
    expect((await storeOf(harness, 'logs'))?.usedBytes).toBeUndefined();
  });

  it('is that of the settings again after a start of the app, until it has measured', async () => {
    const { harness, tenMinutes, clock: before } = await watched();
    harness.engine.setVolumeSize('loki-data', 5 * gigabyte);
    await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 114h', 'the time is shortened');
    harness.runtime.close();
    const { clock, pass } = quickClock(before.now());
    const again = createHarness({
      catalog: stores,
      templates,
      clock,
      settings: { containerLogs: 'off' },
      engine: harness.engine,
    });
    open.push(again);
    await again.runtime.connect({ watch: true, feed: true });
    await until(() => contentOf(again, 'macula-loki', lokiPath) === 'logs 168h', 'all of it is allowed again');
    pass(2 * minute);
    await until(() => contentOf(again, 'macula-loki', lokiPath) === 'logs 114h', 'it is measured and shortened again');
  });
});

function countMeasures(harness: Harness): () => number {
  let measured = 0;
  const { volumeSizes } = harness.engine;
  harness.engine.volumeSizes = (names) => {
    measured += 1;
    return volumeSizes.call(harness.engine, names);
  };
  return () => measured;
}

describe('what is used while nothing can be deleted', () => {
  const full = async (): Promise<Watched> => {
    const found = await watched();
    found.harness.engine.setVolumeSize('loki-data', 5 * gigabyte);
    await found.tenMinutes();
    await until(() => contentOf(found.harness, 'macula-loki', lokiPath) === 'logs 114h', 'the time is shortened');
    return found;
  };

  it('shortens nothing: neither while the stack is stopped nor before it has run for long enough again', async () => {
    const { harness, tenMinutes } = await full();
    expect(await harness.runtime.run({ kind: 'stop' })).toEqual({ kind: 'done' });
    const measures = countMeasures(harness);
    await tenMinutes(30);
    expect(measures()).toBe(0);
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    await tenMinutes(4);
    expect(measures()).toBe(0);
    expect(contentOf(harness, 'macula-loki', lokiPath)).toBe('logs 114h');
    expect(await storeOf(harness, 'logs')).toMatchObject({ shortenedToHours: 114 });
    // It had its time then, and is as full as before.
    await tenMinutes(2);
    await until(() => contentOf(harness, 'macula-loki', lokiPath) !== 'logs 114h', 'it is shortened further');
  });

  it('counts of the signal alone whose container runs', async () => {
    const { harness, tenMinutes } = await full();
    harness.engine.setVolumeSize('tempo-data', 5 * gigabyte);
    expect(await harness.runtime.run({ kind: 'stop', services: ['loki'] })).toEqual({ kind: 'done' });
    await tenMinutes(12);
    await until(() => contentOf(harness, 'macula-tempo', tempoPath) !== 'traces 72h', 'that of traces is shortened');
    expect(await storeOf(harness, 'logs')).toMatchObject({ shortenedToHours: 114 });
  });

  it('is not held against a store that started anew', async () => {
    const { harness, tenMinutes } = await full();
    await tenMinutes(3);
    expect(await harness.runtime.run({ kind: 'restart', services: ['loki'] })).toEqual({ kind: 'done' });
    await tenMinutes(4);
    expect(contentOf(harness, 'macula-loki', lokiPath)).toBe('logs 114h');
  });

  it('is not held against a machine that slept', async () => {
    const { harness, tenMinutes, sleep } = await full();
    sleep(8 * 60 * minute);
    await tenMinutes(4);
    expect(contentOf(harness, 'macula-loki', lokiPath)).toBe('logs 114h');
    await tenMinutes(2);
    await until(() => contentOf(harness, 'macula-loki', lokiPath) !== 'logs 114h', 'it is shortened further');
  });

  it('is not called hopeless before it can have become less', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 50 * gigabyte);
    await tenMinutes(8);
    expect(await storeOf(harness, 'logs')).toMatchObject({ shortenedToHours: 24, isOverCap: true });
    expect(await harness.runtime.run({ kind: 'restart', services: ['loki'] })).toEqual({ kind: 'done' });
    await tenMinutes(1);
    expect(await storeOf(harness, 'logs')).toMatchObject({ shortenedToHours: 24, isOverCap: false });
  });
});

describe('the measure of the volumes', () => {
  it('is taken once for all who ask within some minutes', async () => {
    const { harness } = await watched(false);
    const measures = countMeasures(harness);
    await Promise.all([harness.runtime.telemetry.stores(), harness.runtime.telemetry.stores()]);
    await harness.runtime.telemetry.stores();
    expect(measures()).toBe(1);
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'logs' })).toEqual({ kind: 'done' });
    await harness.runtime.telemetry.stores();
    expect(measures()).toBe(2);
  });
});

describe('a measure from before there were volumes', () => {
  it('is not taken for what they hold', async () => {
    const { harness } = await watched(false);
    harness.engine.setVolumeSize('loki-data', 7);
    const usedByLogs = async () =>
      (await harness.runtime.telemetry.stores()).find(({ signal }) => signal === 'logs')?.usedBytes;
    await harness.runtime.run({ kind: 'down', removeVolumes: true });
    expect(await usedByLogs()).toBeUndefined();
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    harness.engine.setVolumeSize('loki-data', 7);
    expect(await usedByLogs()).toBe(7);
  });
});

describe('wiping a signal', () => {
  it('gives its service an empty volume and nobody else', async () => {
    const { harness } = await watched(false);
    const tempo = harness.engine.container('macula-tempo').id;
    const commands: string[] = [];
    harness.runtime.subscribe(({ activity }) => activity !== undefined && commands.push(activity.command));
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'logs' })).toEqual({ kind: 'done' });
    expect(changesOf(harness)).toEqual([
      'stopContainer macula-loki',
      'removeContainer macula-loki',
      'removeVolume loki-data',
      'createVolume loki-data',
      'createContainer macula-loki',
      'uploadFiles macula-loki',
      'startContainer macula-loki',
    ]);
    expect(new Set(commands)).toEqual(new Set(['wipe']));
    expect(harness.engine.container('macula-tempo').id).toBe(tempo);
    expect(contentOf(harness, 'macula-loki', lokiPath)).toBe('logs 168h');
    expect(harness.runtime.snapshot().services.map(({ state }) => state)).toEqual(['ready', 'ready']);
    harness.engine.changes.length = 0;
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(changesOf(harness)).toEqual([]);
  });

  it('forgets what its time was shortened to', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 5 * gigabyte);
    await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 114h', 'the time is shortened');
    harness.engine.setVolumeSize('loki-data', 0);
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'logs' })).toEqual({ kind: 'done' });
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 168h', 'the whole time is back');
    expect((await storeOf(harness, 'logs'))?.shortenedToHours).toBeUndefined();
  });

  // Fails at each step in turn: the next "up" makes it whole.
  it.each([
    'removeContainer',
    'removeVolume',
    'createVolume',
    'createContainer',
    'uploadFiles',
    'startContainer',
  ] as const)('that ends at %s is finished by "up"', async (call) => {
    const { harness } = await watched(false);
    harness.engine.failNext(call, { code: 'operation-failed', operation: 'break', detail: 'as the test wants' });
    expect((await harness.runtime.run({ kind: 'wipe', signal: 'traces' })).kind).toBe('failed');
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(harness.engine.container('macula-tempo').phase).toBe('running');
    expect(contentOf(harness, 'macula-tempo', tempoPath)).toBe('traces 72h');
    expect(harness.engine.world.volumes.get('tempo-data')?.labels[labels.stack]).toBe('infra');
  });

  it("never takes somebody else's volume", async () => {
    const { harness } = await watched(false);
    harness.engine.world.volumes.set('loki-data', { name: 'loki-data', labels: {} });
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'logs' })).toEqual({
      kind: 'failed',
      failures: [{ code: 'foreign-volume', name: 'loki-data' }],
    });
    expect(changesOf(harness)).toEqual([]);
  });

  it('touches nothing while another container has the volume, and says which', async () => {
    const { harness } = await watched(false);
    const { engine } = harness;
    const loki = engine.container('macula-loki');
    const theirs = { ...loki.desired, service: 'backup', name: 'nightly-backup', publishes: [], address: '' };
    const id = await engine.createContainer(theirs, loki.imageId, 'macula-infra', {});
    engine.changes.length = 0;
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'logs' })).toEqual({
      kind: 'failed',
      failures: [{ code: 'volume-in-use', name: 'loki-data', containers: ['nightly-backup'] }],
    });
    expect(changesOf(harness)).toEqual([]);
    const [shown] = harness.runtime.snapshot().failures;
    expect(`${shown?.text.title} ${shown?.text.nextStep}`).toMatch(/nightly-backup.*docker rm -f nightly-backup/);
    await engine.removeContainer(id);
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'logs' })).toEqual({ kind: 'done' });
  });

  it('needs a service that keeps it', async () => {
    const { harness } = await watched(false);
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'metrics' })).toMatchObject({
      kind: 'failed',
      failures: [{ code: 'unknown-service', id: 'prometheus' }],
    });
  });
});
