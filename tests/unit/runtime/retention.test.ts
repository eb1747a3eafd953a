import { afterEach, describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { labels } from '../../../electron/core/identity.ts';
import type { Clock } from '../../../electron/runtime/runtime-api.ts';
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
function quickClock(): { readonly clock: Clock; readonly pass: (milliseconds: number) => void } {
  let now = 1_700_000_000_000;
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
  // Lets ten minutes pass, and waits until the volumes were measured again.
  readonly tenMinutes: () => Promise<void>;
}

async function watched(feed = true): Promise<Watched> {
  const { clock, pass } = quickClock();
  const harness = createHarness({ catalog: stores, templates, clock, settings: { containerLogs: 'off' } });
  open.push(harness);
  await harness.runtime.connect({ watch: true, feed });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  harness.engine.changes.length = 0;
  return {
    harness,
    async tenMinutes() {
      pass(10 * minute);
      // One turn for the look, one for what follows from it.
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
  };
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
    for (let round = 0; round < 7; round += 1) await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 115h', 'an hour later an hour longer');
  });

  it('at its shortest cannot be made shorter, which is said with the way out', async () => {
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 50 * gigabyte);
    for (let round = 0; round < 8; round += 1) await tenMinutes();
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
    const { harness, tenMinutes } = await watched();
    harness.engine.setVolumeSize('loki-data', 5 * gigabyte);
    await tenMinutes();
    await until(() => contentOf(harness, 'macula-loki', lokiPath) === 'logs 114h', 'the time is shortened');
    harness.runtime.close();
    const { clock, pass } = quickClock();
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

describe('the measure of the volumes', () => {
  it('is taken once for all who ask within some minutes', async () => {
    const { harness } = await watched(false);
    let measured = 0;
    const { volumeSizes } = harness.engine;
    harness.engine.volumeSizes = (names) => {
      measured += 1;
      return volumeSizes.call(harness.engine, names);
    };
    await Promise.all([harness.runtime.telemetry.stores(), harness.runtime.telemetry.stores()]);
    await harness.runtime.telemetry.stores();
    expect(measured).toBe(1);
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'logs' })).toEqual({ kind: 'done' });
    await harness.runtime.telemetry.stores();
    expect(measured).toBe(2);
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

  it('needs a service that keeps it', async () => {
    const { harness } = await watched(false);
    expect(await harness.runtime.run({ kind: 'wipe', signal: 'metrics' })).toMatchObject({
      kind: 'failed',
      failures: [{ code: 'unknown-service', id: 'prometheus' }],
    });
  });
});
