import { afterEach, describe, expect, it } from 'vitest';
import type { ScrapeTarget } from '../../../electron/core/settings.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import type { Clock } from '../../../electron/runtime/runtime-parts.ts';
import { type Harness, until } from './harness.ts';
import {
  changesOf,
  contentOf,
  hurriedClock,
  observedPath,
  prometheusHarness,
  prometheusOf,
  startOther,
  userPath,
} from './watched-prometheus.ts';

let open: Harness[] = [];
afterEach(() => {
  for (const harness of open) harness.runtime.close();
  open = [];
});

const target: ScrapeTarget = { name: 'mine', address: 'mine:1', path: '/metrics', scheme: 'http' };
const observe = { 'io.macula.observe': 'true', 'io.macula.metrics-port': '8000' };
const uploads = (harness: Harness) => changesOf(harness, ['uploadFiles']);

async function started(watch = true, clock: Clock = systemClock): Promise<Harness> {
  const harness = prometheusHarness({ clock });
  open.push(harness);
  await harness.runtime.connect({ watch });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  return harness;
}

describe('files that change while a container runs', () => {
  it.each([true, false])('come with its making, and are not put in twice (watching: %s)', async (watch) => {
    const harness = await started(watch);
    await harness.runtime.refresh();
    expect(contentOf(harness, userPath)).toBe('[]');
    expect(uploads(harness)).toEqual(['uploadFiles macula-prometheus']);
  });

  it.each([true, false])('are exchanged when a setting changes them (watching: %s)', async (watch) => {
    const harness = await started(watch);
    const { id } = prometheusOf(harness);
    harness.engine.changes.length = 0;
    await harness.runtime.changeSettings({ targets: [target] });
    await until(() => contentOf(harness, userPath)?.includes('mine:1') === true, 'the file is exchanged');
    expect(prometheusOf(harness).id).toBe(id);
    await harness.runtime.refresh();
    expect(uploads(harness)).toEqual(['uploadFiles macula-prometheus']);
  });

  it.each([true, false])(
    'are not written again by a program that finds them as they should be (watching: %s)',
    async (watch) => {
      const harness = await started();
      harness.runtime.close();
      harness.engine.changes.length = 0;
      const again = await startedBeside(harness, watch);
      expect(await again.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
      await again.runtime.refresh();
      expect(again.engine.changes).toEqual([]);
    },
  );

  it('are written once by a program that finds others', async () => {
    const harness = await started();
    prometheusOf(harness).files.set(userPath, { path: userPath, content: 'of an older day', mode: 0o644 });
    // As an app that starts beside a stack that runs.
    harness.runtime.close();
    harness.engine.changes.length = 0;
    const again = await startedBeside(harness);
    await until(() => contentOf(again, userPath) === '[]', 'the file is as it should be');
    await again.runtime.refresh();
    await again.runtime.refresh();
    expect(uploads(again)).toEqual(['uploadFiles macula-prometheus']);
  });

  it('are put in again when it failed; no command fails for it, and it is logged once', async () => {
    const harness = await started(true, hurriedClock);
    harness.engine.failNext('uploadFiles', { code: 'operation-failed', operation: 'put files', detail: 'disk' }, 2);
    await harness.runtime.changeSettings({ targets: [target] });
    await until(() => contentOf(harness, userPath)?.includes('mine:1') === true, 'it was tried again');
    expect(harness.log.filter((line) => line.includes('Files of prometheus'))).toEqual([
      'Files of prometheus: could not put files: disk; tried again later',
    ]);
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  });

  it('never hold up a command', async () => {
    const harness = await started(true);
    const release = harness.engine.hold('uploadFiles');
    await harness.runtime.changeSettings({ targets: [target] });
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(contentOf(harness, userPath)).toBe('[]');
    release();
    await until(() => contentOf(harness, userPath)?.includes('mine:1') === true, 'the file is exchanged');
  });

  it('are left alone where nothing runs', async () => {
    const harness = await started(true);
    await harness.runtime.run({ kind: 'stop' });
    harness.engine.changes.length = 0;
    await harness.runtime.changeSettings({ targets: [target] });
    await harness.runtime.refresh();
    expect(uploads(harness)).toEqual([]);
    await harness.runtime.run({ kind: 'up' });
    await until(() => contentOf(harness, userPath)?.includes('mine:1') === true, 'it has them when it runs again');
  });
});

describe('containers of others', () => {
  const nets = (harness: Harness) => [...prometheusOf(harness).networks.keys()];
  const moves = (harness: Harness) => changesOf(harness, ['connectNetwork', 'disconnectNetwork']);

  it('are scraped from when they come until they go; only Prometheus is moved', async () => {
    const harness = await started();
    const id = await startOther(harness, 'shop-1', 'shop_default', observe);
    await until(() => contentOf(harness, observedPath)?.includes('10.9.0.7:8000') === true, 'it is a target');
    await until(() => nets(harness).includes('shop_default'), 'Prometheus is on its network');
    await harness.engine.stopContainer(id, 1);
    await until(() => contentOf(harness, observedPath) === '[]', 'it is no target any more');
    await until(() => !nets(harness).includes('shop_default'), 'Prometheus left its network');
    expect(nets(harness)).toEqual(['macula-infra']);
    expect(moves(harness)).toEqual(['connectNetwork macula-prometheus', 'disconnectNetwork macula-prometheus']);
  });

  it('are found by a single up as well, and again for a new container of Prometheus', async () => {
    const harness = await started(false);
    await startOther(harness, 'shop-1', 'shop_default', observe);
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(nets(harness)).toContain('shop_default');
    await harness.runtime.run({ kind: 'down', removeVolumes: false });
    await harness.runtime.run({ kind: 'up' });
    expect(nets(harness)).toContain('shop_default');
    expect(contentOf(harness, observedPath)).toContain('10.9.0.7:8000');
  });

  it('have no say over networks that the user put Prometheus on', async () => {
    const harness = await started();
    const id = await startOther(harness, 'shop-1', 'shop_default', {});
    await harness.engine.connectNetwork('shop_default', prometheusOf(harness).id);
    harness.engine.changes.length = 0;
    await harness.engine.stopContainer(id, 1);
    await harness.runtime.refresh();
    expect(nets(harness)).toContain('shop_default');
    expect(moves(harness)).toEqual([]);
  });
});

async function startedBeside(other: Harness, watch = true): Promise<Harness> {
  const harness = prometheusHarness({ engine: other.engine });
  open.push(harness);
  await harness.runtime.connect({ watch });
  return harness;
}
