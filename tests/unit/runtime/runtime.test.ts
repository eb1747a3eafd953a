import { afterEach, describe, expect, it } from 'vitest';
import { pinnedImage, substituteImage } from '../../engine/fake-world.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, historyOf, statesOf, until, type Harness, type HarnessOptions } from './harness.ts';

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

async function started(options: HarnessOptions = {}, watch = true): Promise<Harness> {
  const harness = await connected(options, watch);
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  harness.engine.changes.length = 0;
  harness.snapshots.length = 0;
  return harness;
}

const changesOf = (harness: Harness) => harness.engine.changes.map((change) => `${change.call} ${change.subject}`);

describe('up', () => {
  it.each([true, false])(
    'makes all, in the order of need, and ends when all is ready (watching: %s)',
    async (watch) => {
      const harness = await connected({}, watch);
      expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
      expect(statesOf(harness.runtime.snapshot())).toBe('store ready, shop ready');
      expect(changesOf(harness).filter((change) => change.startsWith('start'))).toEqual([
        'startContainer macula-store',
        'startContainer macula-shop',
      ]);
      expect(historyOf(harness, 'store')).toEqual(['off', 'starting', 'ready']);
      expect(historyOf(harness, 'shop')).toEqual(['off', 'starting', 'ready']);
      expect(harness.runtime.snapshot().activity).toBeUndefined();
    },
  );

  it('changes nothing when nothing differs', async () => {
    const harness = await started();
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(changesOf(harness)).toEqual([]);
  });

  it('starts a dependent once what it needs was started, and ends when both are ready', async () => {
    const harness = await connected();
    harness.probes['store'] = { kind: 'not-ready', reason: 'loading' };
    const release = harness.engine.hold('startContainer');
    let isDone = false;
    const run = harness.runtime.run({ kind: 'up' }).finally(() => (isDone = true));
    await until(() => changesOf(harness).includes('uploadFiles macula-shop'), 'the shop is prepared');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(changesOf(harness)).not.toContain('startContainer macula-shop');
    const shop = harness.runtime.snapshot().services.find((service) => service.id === 'shop');
    expect(shop).toMatchObject({ state: 'starting', reason: 'Waiting for store' });
    release();
    await until(
      () => statesOf(harness.runtime.snapshot()) === 'store starting, shop ready',
      'the shop is ready before the store',
    );
    expect(isDone).toBe(false);
    delete harness.probes['store'];
    expect(await run).toEqual({ kind: 'done' });
  });

  it('recreates only the container whose configuration changed, after asking it to stop', async () => {
    const harness = await started();
    await harness.runtime.changeSettings({ disabledServices: ['store'] });
    await harness.runtime.changeSettings({ disabledServices: [] });
    const image = substituteImage(smallCatalog[0]!.image, 'built');
    harness.engine.world.images.splice(0, 1, image);
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(changesOf(harness)).toEqual([
      'stopContainer macula-store',
      'removeContainer macula-store',
      'createContainer macula-store',
      'startContainer macula-store',
    ]);
  });

  it('pulls what is not here and shows the figures', async () => {
    const harness = await connected({ withoutImages: true });
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(historyOf(harness, 'store')).toEqual(['off', 'pulling', 'starting', 'ready']);
    const pulls = harness.snapshots.flatMap((snapshot) => snapshot.services.flatMap((service) => service.pull ?? []));
    expect(pulls.at(-1)).toMatchObject({ bytesDone: expect.any(Number), layersTotal: 2 });
  });

  it('never runs an image that only shares the pinned name', async () => {
    const harness = await connected(
      { images: smallCatalog.map((service) => substituteImage(service.image, 'unknown')) },
      false,
    );
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    const pinned = smallCatalog.map((service) => pinnedImage(service.image).id);
    expect([...harness.engine.world.containers.values()].map((container) => container.imageId).toSorted()).toEqual(
      pinned.toSorted(),
    );
    const plan = await harness.runtime.plan({ kind: 'up' });
    expect(plan).toEqual({ ok: true, plan: { operations: [] } });
  });

  it('counts what runs on another machine’s engine as ready, asks nobody here, and says so', async () => {
    const harness = await connected({ settings: { engineEndpoint: 'tcp://build.example:2375' } });
    harness.probes['store'] = { kind: 'unreachable', reason: 'Nothing answers' };
    harness.host.listeners = [{ address: '0.0.0.0', port: 1020, owner: 'python3 (process 7)' }];
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(harness.asked).toEqual({});
    expect(harness.runtime.snapshot().notes.join()).toContain('The engine is on build.example');
  });

  it('finishes what does not wait for a failure, and names what does', async () => {
    const harness = await connected({ withoutImages: true });
    harness.engine.failNext('pullImage', {
      code: 'registry-unreachable',
      image: 'example/store:1',
      detail: 'no route',
    });
    const outcome = await harness.runtime.run({ kind: 'up' });
    expect(outcome).toMatchObject({ kind: 'failed' });
    const codes = outcome.kind === 'failed' ? outcome.failures.map((failure) => failure.code) : [];
    expect(codes).toEqual(['registry-unreachable', 'needed-service-failed']);
    expect(changesOf(harness)).toContain('createContainer macula-shop');
    const [store, shop] = harness.runtime.snapshot().services;
    expect(store).toMatchObject({ state: 'failed', reason: expect.stringContaining('could not be downloaded') });
    expect(shop).toMatchObject({ state: 'failed', reason: expect.stringContaining('It needs Store') });
  });

  it('quotes the last lines of a container that exits, and does not wait out its time', async () => {
    const harness = await connected({
      program: (container) =>
        container.desired.service === 'store'
          ? { lines: [{ stream: 'stderr', text: 'field boltdb not found' }], exitCode: 1 }
          : {},
    });
    harness.probes['store'] = { kind: 'unreachable', reason: 'Nothing answers' };
    const outcome = await harness.runtime.run({ kind: 'up' });
    expect(outcome).toMatchObject({
      failures: [{ code: 'container-exited', service: 'store', exitCode: 1, lastLines: ['field boltdb not found'] }],
    });
  });

  it('creates nothing when a port is taken', async () => {
    const harness = await connected();
    harness.host.listeners = [{ address: '0.0.0.0', port: 1020, owner: 'python3 (process 7)' }];
    expect(await harness.runtime.run({ kind: 'up' })).toMatchObject({
      failures: [{ code: 'port-taken', service: 'store' }],
    });
    expect(changesOf(harness)).toEqual([]);
  });

  it('takes another subnet when the usual one is taken, and says so', async () => {
    const harness = await connected();
    harness.host.hostSubnets = ['172.23.0.0/16'];
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect([...harness.engine.world.networks.values()][0]?.subnets).toEqual(['172.24.0.0/16']);
    expect(harness.runtime.snapshot().notes.join()).toContain('172.24.0.0/16');
  });

  it('refuses a second command, and ends on cancel with what was done kept', async () => {
    const harness = await connected();
    const release = harness.engine.hold('startContainer');
    const run = harness.runtime.run({ kind: 'up' });
    await until(() => changesOf(harness).some((change) => change.startsWith('startContainer')), 'a start is under way');
    expect(await harness.runtime.run({ kind: 'stop' })).toMatchObject({ failures: [{ code: 'busy', running: 'up' }] });
    harness.runtime.cancel();
    release();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(harness.engine.world.containers.size).toBeGreaterThan(0);
    expect(harness.runtime.snapshot().failures).toEqual([]);
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  });

  it('says which service there is not', async () => {
    const harness = await connected();
    expect(await harness.runtime.run({ kind: 'up', services: ['shoop'] })).toMatchObject({
      failures: [{ code: 'unknown-service', id: 'shoop', known: ['store', 'shop'] }],
    });
  });

  // Whatever single call goes wrong, the next "up" ends with all ready.
  it.each(['createNetwork', 'createVolume', 'createContainer', 'uploadFiles', 'startContainer'] as const)(
    'recovers from a failed %s',
    async (call) => {
      const harness = await connected();
      harness.engine.failNext(call, { code: 'disk-full', detail: 'no space left on device' });
      expect(await harness.runtime.run({ kind: 'up' })).toMatchObject({ kind: 'failed' });
      expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
      expect(statesOf(harness.runtime.snapshot())).toBe('store ready, shop ready');
    },
  );
});

describe('stop and down', () => {
  it('stops dependents first and shows each as off at once', async () => {
    const harness = await started();
    expect(await harness.runtime.run({ kind: 'stop' })).toEqual({ kind: 'done' });
    expect(changesOf(harness)).toEqual(['stopContainer macula-shop', 'stopContainer macula-store']);
    expect(historyOf(harness, 'shop')).toEqual(['ready', 'stopping', 'off']);
    expect(historyOf(harness, 'store')).toEqual(['ready', 'stopping', 'off']);
  });

  it('leaves volumes unless asked', async () => {
    const harness = await started();
    await harness.runtime.run({ kind: 'down', removeVolumes: false });
    expect([...harness.engine.world.volumes.keys()]).toEqual(['store-data']);
    expect(harness.engine.world.containers.size + harness.engine.world.networks.size).toBe(0);
    await harness.runtime.run({ kind: 'down', removeVolumes: true });
    expect(harness.engine.world.volumes.size).toBe(0);
  });
});

describe('settings', () => {
  it('that could not be read stay shown, whatever is done since', async () => {
    const harness = await connected();
    harness.settingsFailures = [{ code: 'settings-rejected', path: '/s', keys: ['baseDomain'] }];
    await harness.runtime.run({ kind: 'up' });
    expect(harness.runtime.snapshot().failures.map((shown) => shown.failure.code)).toEqual(['settings-rejected']);
  });

  it('of a service switched off: it can be stopped, and the next up takes it away', async () => {
    const harness = await started();
    await harness.runtime.changeSettings({ disabledServices: ['shop'] });
    expect(await harness.runtime.run({ kind: 'stop', services: ['shop'] })).toEqual({ kind: 'done' });
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(changesOf(harness)).toEqual(['stopContainer macula-shop', 'removeContainer macula-shop']);
  });
});

describe('watching', () => {
  it('goes on asking ready services where something always happens', async () => {
    // Fifteen seconds pass in three tenths of one.
    const clock = {
      now: () => Date.now() * 50,
      after: (milliseconds: number, callback: () => void) => systemClock.after(milliseconds / 50, callback),
    };
    const harness = await started({ clock });
    const before = harness.asked['store'] ?? 0;
    for (let round = 0; round < 60; round += 1) {
      harness.engine.write('macula-shop', 'noise');
      await harness.engine.createVolume(`foreign-${round}`, {});
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((harness.asked['store'] ?? 0) - before).toBeGreaterThan(1);
  });

  it('has time for the answers while nobody looks, and not when something is not ready', async () => {
    // A minute passes in three tenths of a second.
    const clock = {
      now: () => Date.now() * 200,
      after: (milliseconds: number, callback: () => void) => systemClock.after(milliseconds / 200, callback),
    };
    const harness = await started({ clock });
    await harness.runtime.refresh();
    expect(harness.askedPatiently).toBe(0);
    harness.runtime.setSeen(false);
    await until(() => harness.askedPatiently > 0, 'asked with patience');
    harness.probes['store'] = { kind: 'unreachable', reason: 'Nothing answers' };
    await harness.runtime.refresh();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = harness.askedPatiently;
    const asked = harness.asked['store'] ?? 0;
    await until(() => (harness.asked['store'] ?? 0) > asked + 5, 'asked again and again');
    expect(harness.askedPatiently).toBe(before);
  });

  it('asks anew when somebody looks while it has time for the answers', async () => {
    // A minute passes in three tenths of a second.
    const clock = {
      now: () => Date.now() * 200,
      after: (milliseconds: number, callback: () => void) => systemClock.after(milliseconds / 200, callback),
    };
    const harness = await started({ clock });
    harness.isSlow = true;
    harness.runtime.setSeen(false);
    await until(() => harness.askedPatiently > 0, 'asked with patience');
    const before = harness.asked['store'] ?? 0;
    const shown = harness.snapshots.length;
    harness.runtime.setSeen(true);
    await until(() => (harness.asked['store'] ?? 0) > before, 'asked because somebody looks');
    await until(() => (harness.asked['store'] ?? 0) > before + 1, 'and again later');
    // What was given up says nothing of the service.
    const states = harness.snapshots.slice(shown).flatMap(({ services }) => services.map(({ state }) => state));
    expect(states.filter((state) => state !== 'ready')).toEqual([]);
    expect(harness.runtime.snapshot().stack.state).toBe('ready');
  });

  it('asks ready services once a minute while nobody looks, and at once when somebody does', async () => {
    // What is waited for is only written down.
    const pauses: number[] = [];
    const clock = {
      now: () => Date.now(),
      after: (milliseconds: number, callback: () => void) => {
        pauses.push(milliseconds);
        return systemClock.after(milliseconds, callback);
      },
    };
    const harness = await started({ clock });
    harness.runtime.setSeen(false);
    pauses.length = 0;
    const before = harness.asked['store'] ?? 0;
    harness.runtime.setSeen(true);
    await until(() => (harness.asked['store'] ?? 0) === before + 1, 'asked because somebody looks');
    harness.runtime.setSeen(true);
    expect(pauses).not.toContain(60_000);
    harness.runtime.setSeen(false);
    harness.probes['store'] = { kind: 'unreachable', reason: 'Nothing answers' };
    await harness.runtime.refresh();
    delete harness.probes['store'];
    await harness.runtime.reconnect();
    await until(() => pauses.includes(60_000), 'a minute to wait');
    expect(harness.asked['store']).toBeGreaterThan(before + 1);
  });

  it('takes the newest endpoint, however slow an older attempt is', async () => {
    let release = () => {};
    const harness = createHarness();
    open.push(harness);
    harness.connectAfter = new Promise((resolve) => (release = resolve));
    const older = harness.runtime.connect({ watch: true });
    await harness.runtime.changeSettings({ engineEndpoint: 'tcp://127.0.0.1:2375' });
    release();
    await older;
    expect(harness.runtime.snapshot().engine).toMatchObject({ description: { endpoint: 'tcp://127.0.0.1:2375' } });
  });

  it('gives up on an engine that takes the connection and says nothing', async () => {
    const clock = {
      now: () => Date.now() * 50,
      after: (milliseconds: number, callback: () => void) => systemClock.after(milliseconds / 50, callback),
    };
    const harness = createHarness({ clock });
    open.push(harness);
    const release = harness.engine.hold('observe');
    await harness.runtime.connect({ watch: true });
    expect(harness.runtime.snapshot().engine).toMatchObject({
      kind: 'unavailable',
      failure: { failure: { code: 'engine-lost', detail: 'It did not answer within 10 s.' } },
    });
    release();
    await until(() => harness.runtime.snapshot().engine.kind === 'connected', 'the engine is found again');
  });

  it('shows a death from the event alone, before the engine can be asked', async () => {
    const harness = await started();
    const release = harness.engine.hold('observe');
    harness.engine.exit('macula-shop', 3);
    await until(
      () => statesOf(harness.runtime.snapshot()) === 'store ready, shop failed',
      'the shop is shown as failed',
    );
    release();
  });

  it('shows a container that ends by itself, from the engine’s event', async () => {
    const harness = await started();
    harness.engine.exit('macula-shop', 3);
    await until(
      () => statesOf(harness.runtime.snapshot()) === 'store ready, shop failed',
      'the shop is shown as failed',
    );
    expect(harness.runtime.snapshot().stack.state).toBe('failed');
  });

  it('asks nothing of the engine and wakes nobody while nothing happens', async () => {
    const harness = await started();
    const before = harness.runtime.snapshot().number;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(harness.runtime.snapshot().number).toBe(before);
  });

  it('says that the engine went away and finds it again by itself', async () => {
    const harness = await started();
    harness.engine.lose();
    await until(() => harness.runtime.snapshot().engine.kind === 'unavailable', 'the loss is shown');
    expect(harness.runtime.snapshot().stack.summary).toBe('The container engine went away');
    expect(await harness.runtime.run({ kind: 'up' })).toMatchObject({ kind: 'failed' });
    harness.engine.restore();
    await until(() => harness.runtime.snapshot().stack.state === 'ready', 'the stack is ready again');
    expect(harness.runtime.snapshot().failures).toEqual([]);
  });

  it('finds an engine that is started after the app', async () => {
    const harness = createHarness();
    open.push(harness);
    harness.unreachable = {
      code: 'engine-not-found',
      tried: [{ endpoint: 'unix:///x', foundBy: 'the usual socket', rejected: 'no such file' }],
    };
    await harness.runtime.connect({ watch: true });
    expect(harness.runtime.snapshot().engine).toMatchObject({ kind: 'unavailable', retrying: true });
    expect(harness.runtime.rejectedEngines()).toHaveLength(1);
    harness.unreachable = undefined;
    await until(() => harness.runtime.snapshot().engine.kind === 'connected', 'the engine is found');
  });

  it('becomes degraded when a ready service stops answering, and ready again when it answers', async () => {
    const harness = await started();
    harness.probes['store'] = { kind: 'unreachable', reason: 'Nothing answers' };
    await harness.runtime.refresh();
    expect(harness.runtime.snapshot().services[0]).toMatchObject({ state: 'degraded', reason: 'Nothing answers' });
    delete harness.probes['store'];
    await harness.runtime.refresh();
    expect(harness.runtime.snapshot().stack.state).toBe('ready');
  });
});

describe('logs', () => {
  it('merges services, and goes on after a restart without a repeat', async () => {
    const harness = await started();
    const end = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      const services = ['store', 'shop'];
      for await (const batch of harness.runtime.logs({ services, follow: true, tail: 0, signal: end.signal })) {
        seen.push(...batch.map((line) => `${line.service} ${line.text}`));
      }
    })();
    // Read from the end: a line counts only once the reader is there.
    await until(() => {
      harness.engine.write('macula-store', 'are you there');
      return seen.length > 0;
    }, 'the reader listens');
    seen.length = 0;
    harness.engine.write('macula-shop', 'one');
    await until(() => seen.includes('shop one'), 'the first line');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await harness.runtime.run({ kind: 'restart', services: ['shop'] })).toEqual({ kind: 'done' });
    harness.engine.write('macula-shop', 'two');
    await until(() => seen.includes('shop two'), 'the line after the restart');
    expect(seen.filter((line) => line.startsWith('shop'))).toEqual(['shop one', 'shop two']);
    end.abort();
    await reading;
  });
});
