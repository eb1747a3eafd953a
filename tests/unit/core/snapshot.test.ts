import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { deriveSnapshot, type SnapshotInput } from '../../../electron/core/derive-snapshot.ts';
import { failureText } from '../../../electron/core/failure-text.ts';
import type { Failure } from '../../../electron/core/failure.ts';
import type { PlannedOperation } from '../../../electron/core/plan.ts';
import type { CommandProgress, OperationState } from '../../../electron/core/progress.ts';
import type { ProbeResult } from '../../../electron/core/status.ts';
import { trayModel, type TrayItem } from '../../../electron/core/tray-menu.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { allRunning, desiredStack, nothingThere, withContainer, withoutContainer } from './fixtures.ts';

const desired = desiredStack();
const running = allRunning(desired);
const description = {
  product: 'Docker Engine',
  version: '28.0.0',
  apiVersion: '1.48',
  operatingSystem: 'Debian',
  rootless: false,
  endpoint: 'unix:///var/run/docker.sock',
  foundBy: 'the usual socket',
};
const allReady = Object.fromEntries(catalog.map((service) => [service.id, { kind: 'ready' } as ProbeResult]));

function snapshot(change: Partial<SnapshotInput> = {}) {
  return deriveSnapshot({
    number: 1,
    now: 60_000,
    engine: { kind: 'connected', description },
    catalog,
    desired,
    observed: running,
    probes: allReady,
    readyContainers: new Set(running.containers.map((container) => container.id)),
    progress: undefined,
    failures: [],
    notes: [],
    baseDomain: 'macula.local',
    trayVisible: undefined,
    previous: undefined,
    ...change,
  });
}

function loki(change: Partial<SnapshotInput>) {
  const service = snapshot(change).services.find((candidate) => candidate.id === 'loki');
  return { state: service?.state, reason: service?.reason };
}

function operation(
  id: string,
  kind: 'pull-image' | 'start-container',
  after: readonly string[] = [],
): PlannedOperation {
  const container = desired.services.find((service) => service.definition.id === id)?.container;
  if (container === undefined) throw new Error(`no ${id}`);
  return { id: `${kind} ${id}`, operation: { kind, service: id, container }, cause: '', after };
}

function awaiting(id: string): PlannedOperation {
  const service = desired.services.find((candidate) => candidate.definition.id === id);
  if (service === undefined) throw new Error(`no ${id}`);
  return {
    id: `await-ready ${id}`,
    operation: { kind: 'await-ready', service: id, probe: service.probe },
    cause: '',
    after: [],
  };
}

function removing(state: OperationState): CommandProgress {
  const planned: PlannedOperation = {
    id: 'remove-container loki',
    operation: { kind: 'remove-container', service: 'loki', containerId: 'id-loki', name: 'macula-loki' },
    cause: '',
    after: [],
  };
  return { command: 'down', startedAt: 0, operations: [{ planned, state }], pulls: {} };
}

const notReady: ProbeResult = { kind: 'not-ready', reason: 'Ingester not ready: waiting for 1s' };
const exited: Failure = {
  code: 'container-exited',
  service: 'loki',
  exitCode: 1,
  outOfMemory: false,
  lastLines: ['bad key'],
};

describe('the state of a service', () => {
  it.each([
    ['answers', {}, { state: 'ready', reason: '' }],
    ['no container', { observed: withoutContainer(running, 'loki') }, { state: 'off', reason: '' }],
    [
      'runs, not ready yet: the body is the reason, never a failure',
      { probes: { loki: notReady }, readyContainers: new Set<string>(), now: 2000 },
      { state: 'starting', reason: 'Ingester not ready: waiting for 1s' },
    ],
    [
      'was ready and no longer answers',
      { probes: { ...allReady, loki: notReady } },
      { state: 'degraded', reason: 'Ingester not ready: waiting for 1s' },
    ],
    [
      'not ready long after its start',
      { probes: { loki: notReady }, readyContainers: new Set<string>(), now: 500_000 },
      { state: 'failed', reason: 'Not ready 120 s after its start: Ingester not ready: waiting for 1s' },
    ],
    [
      'runs for long and was not asked yet: nothing is claimed',
      { probes: {}, readyContainers: new Set<string>(), now: 500_000 },
      { state: 'starting', reason: '' },
    ],
    [
      'could not be removed',
      { observed: withContainer(running, 'loki', { phase: 'dead' }) },
      { state: 'failed', reason: 'The engine could not remove it cleanly' },
    ],
    [
      'dead for a moment, while it is removed',
      { observed: withContainer(running, 'loki', { phase: 'dead' }), progress: removing('done') },
      { state: 'off', reason: '' },
    ],
    [
      'dead, and the removal failed',
      { observed: withContainer(running, 'loki', { phase: 'dead' }), progress: removing('failed') },
      { state: 'failed', reason: 'The engine could not remove it cleanly' },
    ],
    [
      'stopped, and about to be removed',
      { observed: withContainer(running, 'loki', { phase: 'exited', exitCode: 0 }), progress: removing('waiting') },
      { state: 'stopping', reason: '' },
    ],
    [
      'exited with a code',
      { observed: withContainer(running, 'loki', { phase: 'exited', exitCode: 1 }) },
      { state: 'failed', reason: 'Exit code 1' },
    ],
    [
      'stopped by the user',
      { observed: withContainer(running, 'loki', { phase: 'exited', exitCode: 143 }) },
      { state: 'off', reason: '' },
    ],
    [
      'killed for its memory',
      { observed: withContainer(running, 'loki', { phase: 'exited', exitCode: 137, outOfMemory: true }) },
      { state: 'failed', reason: 'Out of memory' },
    ],
    [
      'in a restart loop',
      { observed: withContainer(running, 'loki', { phase: 'restarting', exitCode: 1 }) },
      { state: 'failed', reason: 'It keeps stopping by itself (exit code 1) and is being restarted' },
    ],
    [
      'paused',
      { observed: withContainer(running, 'loki', { phase: 'paused' }) },
      { state: 'degraded', reason: 'It is paused' },
    ],
    [
      'its last start failed',
      { observed: withContainer(running, 'loki', { phase: 'exited', exitCode: 1 }), failures: [exited] },
      { state: 'failed', reason: 'Loki stopped by itself. It exited with code 1. Its last words: bad key' },
    ],
  ] as const)('%s', (_name, change, expected) => {
    expect(loki(change as Partial<SnapshotInput>)).toEqual(expected);
  });

  it('is pulling while its image comes, with the figures', () => {
    const pull = { layersDone: 1, layersTotal: 3, bytesDone: 10, bytesTotal: 100 };
    const result = snapshot({
      observed: nothingThere,
      probes: {},
      progress: {
        command: 'up',
        startedAt: 0,
        operations: [{ planned: operation('loki', 'pull-image'), state: 'running' }],
        pulls: { loki: pull },
      },
    });
    expect(result.services.find((service) => service.id === 'loki')).toMatchObject({ state: 'pulling', pull });
    expect(result.stack.actions).toEqual({ start: false, stop: false, cancel: true });
    expect(result.activity).toMatchObject({ command: 'up', operationsDone: 0, operationsTotal: 1 });
  });

  it('says for whom it waits', () => {
    const result = snapshot({
      observed: withoutContainer(running, 'grafana'),
      progress: {
        command: 'up',
        startedAt: 0,
        operations: [
          { planned: awaiting('loki'), state: 'running' },
          { planned: operation('grafana', 'start-container', ['await-ready loki']), state: 'waiting' },
        ],
        pulls: {},
      },
    });
    expect(result.services.find((service) => service.id === 'grafana')).toMatchObject({
      state: 'starting',
      reason: 'Waiting for loki',
    });
  });

  it('keeps since while the state stays and takes the container’s own start for what ran before we looked', () => {
    const first = snapshot();
    expect(first.services.map((service) => service.since)).toEqual(first.services.map(() => 1000));
    const second = snapshot({ now: 70_000, previous: first, observed: withoutContainer(running, 'loki') });
    expect(second.services.find((service) => service.id === 'loki')?.since).toBe(70_000);
    expect(second.services.find((service) => service.id === 'tempo')?.since).toBe(1000);
  });

  it('tells a stub from the real thing', () => {
    const images = { ...running.images, grafana: { id: 'image-grafana', origin: 'stub' as const, sizeBytes: 1 } };
    const result = snapshot({ observed: { ...running, images } });
    expect(result.services.find((service) => service.id === 'grafana')?.image.substitute).toBe('stub');
    expect(result.notes.join()).toContain('Grafana: only a stub is here');
  });
});

describe('the stack', () => {
  it.each([
    ['all ready', {}, 'ready', 'All 7 services are ready'],
    ['nothing there', { observed: nothingThere }, 'off', 'The stack is off'],
    ['one off', { observed: withoutContainer(running, 'loki') }, 'degraded', '6 of 7 services are ready: Loki is off'],
    [
      'one failed',
      { observed: withContainer(running, 'loki', { phase: 'exited', exitCode: 2 }) },
      'failed',
      'Loki failed; 6 of 7 services are ready',
    ],
  ] as const)('%s', (_name, change, state, summary) => {
    expect(snapshot(change as Partial<SnapshotInput>).stack).toMatchObject({ state, summary });
  });

  it('does not count a service that is switched off', () => {
    const settings = { ...defaultSettings, disabledServices: ['loki'] };
    const result = snapshot({ desired: desiredStack({ settings }), observed: withoutContainer(running, 'loki') });
    expect(result.stack.summary).toBe('All 6 services are ready');
  });

  it('offers Start for what changed since it was started, and says what it would apply', () => {
    const settings = { ...defaultSettings, disabledServices: ['loki'] };
    const changed = snapshot({ desired: desiredStack({ settings }) });
    expect(changed.stack).toMatchObject({ state: 'ready', actions: { start: true } });
    expect(changed.notes.join()).toContain('Loki');
    expect(changed.services.find((service) => service.id === 'loki')?.actions.stop).toBe(true);
    expect(snapshot().stack.actions.start).toBe(false);
    expect(snapshot().notes).toEqual([]);
  });

  it('claims nothing about services when no engine answers', () => {
    const failure: Failure = { code: 'engine-lost', detail: 'gone' };
    const result = snapshot({
      engine: { kind: 'unavailable', failure: { failure, text: failureText(failure) }, retrying: true },
      observed: undefined,
      probes: {},
    });
    expect(result.stack).toMatchObject({ state: 'unknown', summary: 'The container engine went away' });
    expect(new Set(result.services.map((service) => service.reason))).toEqual(
      new Set(['Not known while no container engine answers']),
    );
  });
});

describe('the first run', () => {
  const lost: Failure = { code: 'engine-not-found', tried: [] };
  const away = {
    engine: { kind: 'unavailable', failure: { failure: lost, text: failureText(lost) }, retrying: true },
    observed: undefined,
  } as const;
  const foreign = { ...nothingThere, volumes: [{ name: 'macula-infra-loki', labels: {} }] };

  it.each([
    ['where nothing of the stack is', { observed: nothingThere }, true],
    ['where only a volume of others has one of our names', { observed: foreign }, true],
    ['where no engine answers', away, true],
    ['not while one is being looked for', { engine: { kind: 'connecting' }, observed: undefined }, undefined],
    ['not where data of the stack is', { observed: { ...running, containers: [] } }, undefined],
    ['not where the stack runs', {}, undefined],
    ['not where the engine with the stack went away', { ...away, observed: running }, undefined],
  ] as const)('is begun %s', (_case, change, expected) => {
    const input = change as Partial<SnapshotInput>;
    expect(snapshot({ ...input, isFirstUse: true }).firstRun).toBe(expected);
    expect(snapshot({ ...input, isFirstUse: false }).firstRun).toBe(undefined);
  });
});

describe('the tray', () => {
  function text(items: readonly TrayItem[], indent = ''): string {
    return items
      .map((item) => {
        switch (item.kind) {
          case 'separator':
            return `${indent}---`;
          case 'text':
            return `${indent}"${item.label}"`;
          case 'action':
            return `${indent}${item.enabled ? '' : '(off) '}${item.label}`;
          case 'submenu':
            return `${indent}${item.label} >\n${text(item.items, `${indent}  `)}`;
        }
      })
      .join('\n');
  }

  it('shows the whole menu', () => {
    const settings = {
      ...defaultSettings,
      disabledServices: ['prometheus', 'loki', 'tempo', 'alloy', 'excalidraw', 'ingress'],
    };
    const small = desiredStack({ settings });
    const model = trayModel(snapshot({ desired: small, observed: allRunning(small) }));
    expect(model.icon).toBe('ready');
    expect(text(model.items)).toBe(`"Grafana is ready"
---
(off) Start
Stop
---
Grafana (ready) >
  "Ready"
  ---
  Open
  Dashboard: Macula overview
  (off) Start
  Stop
  Restart
  Logs
---
Telemetry…
This machine >
  Set up names…
  LAN mode…
  Check everything…
Open dashboard
Settings
Quit`);
  });

  it.each([
    ['off', { observed: nothingThere }, 'off'],
    ['ready', {}, 'ready'],
    ['degraded', { observed: withoutContainer(running, 'loki') }, 'degraded'],
    ['failed', { observed: withContainer(running, 'loki', { phase: 'exited', exitCode: 2 }) }, 'failed'],
    ['working', { progress: { command: 'up', startedAt: 0, operations: [], pulls: {} } }, 'working'],
  ] as const)('has an icon for %s', (_name, change, icon) => {
    expect(trayModel(snapshot(change as Partial<SnapshotInput>)).icon).toBe(icon);
  });
});

describe('failureText', () => {
  const failures: readonly Failure[] = [
    {
      code: 'engine-not-found',
      tried: [{ endpoint: 'unix:///a', foundBy: 'the usual socket', rejected: 'no such file' }],
    },
    { code: 'engine-not-running', endpoint: 'unix:///a', tried: [] },
    { code: 'engine-permission-denied', endpoint: 'unix:///a', tried: [] },
    { code: 'engine-too-old', endpoint: 'unix:///a', found: '1.30', needed: '1.41', tried: [] },
    { code: 'engine-lost', detail: 'connection reset' },
    { code: 'port-taken', service: 'ingress', address: '127.0.0.3', port: 80, owner: 'apache2 (process 9)' },
    { code: 'port-not-permitted', service: 'ingress', detail: 'cannot expose privileged port 80' },
    { code: 'no-free-subnet', tried: ['172.23.0.0/16'] },
    { code: 'foreign-container', name: 'macula-loki' },
    { code: 'foreign-network', name: 'macula-infra' },
    { code: 'foreign-volume', name: 'loki-data' },
    { code: 'volume-in-use', name: 'loki-data', containers: ['backup'] },
    { code: 'image-denied', image: 'a:1', detail: 'denied' },
    { code: 'image-not-found', image: 'a:1', detail: 'not found' },
    { code: 'registry-unreachable', image: 'a:1', detail: 'no route' },
    { code: 'disk-full', detail: 'no space left on device' },
    exited,
    { code: 'not-ready', service: 'loki', seconds: 120, reason: 'waiting', lastLines: [] },
    { code: 'needed-service-failed', service: 'grafana', needed: 'loki' },
    { code: 'unknown-service', id: 'x', known: ['loki'] },
    { code: 'service-disabled', id: 'loki' },
    { code: 'settings-corrupt', path: '/s', keptAs: '/s.1', detail: 'not JSON' },
    { code: 'settings-rejected', path: '/s', keys: ['baseDomain'] },
    { code: 'settings-unwritable', path: '/s', detail: 'no space' },
    { code: 'busy', running: 'up' },
    { code: 'operation-failed', operation: 'start loki', detail: 'odd' },
  ];

  it.each(failures.map((failure) => [failure.code, failure] as const))(
    '%s says what happened, why and what next',
    (_code, failure) => {
      const text = failureText(failure);
      expect(text.title.length).toBeGreaterThan(10);
      expect(text.detail.length).toBeGreaterThan(2);
      expect(text.nextStep).toMatch(/[.]$/);
      expect(JSON.stringify(text)).not.toMatch(/undefined|null|\[object/);
    },
  );

  it('names who holds the port and how to do without', () => {
    const text = failureText({
      code: 'port-taken',
      service: 'ingress',
      address: '127.0.0.3',
      port: 80,
      owner: 'apache2 (process 9)',
    });
    expect(text.detail).toContain('apache2 (process 9)');
    expect(text.nextStep).toContain('below .localhost, at the port that Settings names');
  });
});
