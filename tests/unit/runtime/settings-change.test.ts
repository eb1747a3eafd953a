// What a change is said to do, compared with what it does: it is made, the stack started, and the engine looked at.
import { afterEach, describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { FailureError } from '../../../electron/core/failure.ts';
import type { SettingsEffects } from '../../../electron/core/settings-effects.ts';
import { defaultSettings, resetSettings, type Settings } from '../../../electron/core/settings.ts';
import { templates } from '../../../electron/runtime/templates.ts';
import { createHarness, type Harness, type HarnessOptions } from './harness.ts';

let open: Harness[] = [];
afterEach(() => {
  for (const { runtime } of open) runtime.close();
  open = [];
});

async function connected(options: HarnessOptions = {}): Promise<Harness> {
  const harness = createHarness({ catalog, templates, ...options });
  open.push(harness);
  await harness.runtime.connect({ watch: true });
  return harness;
}

async function started(options: HarnessOptions = {}): Promise<Harness> {
  const harness = await connected(options);
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  return harness;
}

async function effectsOf({ runtime }: Harness, patch: Partial<Settings>): Promise<SettingsEffects> {
  return (await runtime.settingsChange()).effects({ ...runtime.settings(), ...patch });
}

const nothing: SettingsEffects = {
  replaced: [],
  started: [],
  stopped: [],
  reconnects: false,
  names: false,
  notes: [],
};

// Title -> the container that runs.
function running({ runtime }: Harness): ReadonlyMap<string, string> {
  const containers = runtime.observed()?.containers.filter(({ phase }) => phase === 'running') ?? [];
  return new Map(
    catalog.flatMap(({ title, containerName }) => {
      const container = containers.find(({ name }) => name === containerName);
      return container === undefined ? [] : [[title, container.id] as const];
    }),
  );
}

const changes: readonly (readonly [string, Partial<Settings>])[] = [
  ['another port of the pages', { httpPort: 9080 }],
  ['another base domain', { baseDomain: 'infra.test' }],
  ['no port 80', { publishPort80: false }],
  ['a service less', { disabledServices: ['excalidraw'] }],
  ['without Alloy, whose door Tempo gets', { disabledServices: ['alloy'] }],
  ['without the ingress', { disabledServices: ['ingress'] }],
  ['without Loki', { disabledServices: ['loki'] }],
  ['metrics kept longer', { retention: { ...defaultSettings.retention, metrics: { days: 20, gigabytes: 4 } } }],
  ['logs kept longer', { retention: { ...defaultSettings.retention, logs: { days: 20, gigabytes: 4 } } }],
  ['logs read by the app', { containerLogs: 'app' }],
  ["the engine's metrics", { engineMetrics: true }],
  ['a port of the LAN while LAN mode is off', { lanPorts: { 3000: 13_000 } }],
  ['no notifications', { notifications: false, dateLocale: 'de-DE', logLines: 1000, startStackWithApp: true }],
  ['several at once', { httpPort: 9080, disabledServices: ['tempo'], engineMetrics: true }],
];

describe('what a change is said to do', () => {
  it.each(changes)('is what it does: %s', async (_words, patch) => {
    const harness = await started();
    const before = running(harness);
    expect(before.size).toBe(catalog.length);
    const effects = await effectsOf(harness, patch);
    await harness.runtime.changeSettings(patch);
    expect(running(harness), 'it has not touched anything yet').toEqual(before);
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    const after = running(harness);
    const titles = [...before.keys()];
    expect(effects.replaced).toEqual(titles.filter((each) => after.has(each) && after.get(each) !== before.get(each)));
    expect(effects.stopped).toEqual(titles.filter((title) => !after.has(title)));
    expect(effects.started).toEqual([]);

    const back = await effectsOf(harness, defaultSettings);
    await harness.runtime.changeSettings(defaultSettings);
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    const again = running(harness);
    expect(back.replaced).toEqual(titles.filter((each) => after.has(each) && after.get(each) !== again.get(each)));
    expect(back.started, 'and back').toEqual(titles.filter((title) => !after.has(title)));
  });

  it('changes nothing by itself', async () => {
    const harness = await started();
    harness.engine.changes.length = 0;
    const before = JSON.stringify(harness.runtime.desired());
    await effectsOf(harness, { httpPort: 9080, disabledServices: ['loki'], lanPorts: { 3000: 13_000 } });
    expect(harness.engine.changes).toEqual([]);
    expect(JSON.stringify(harness.runtime.desired())).toBe(before);
    expect(harness.runtime.settings()).toEqual(defaultSettings);
  });

  it('is nothing where nothing runs, and where nothing changes', async () => {
    expect(await effectsOf(await connected(), { publishPort80: false, disabledServices: ['loki'] })).toEqual(nothing);
    expect(await effectsOf(await started(), {})).toEqual(nothing);
  });

  it('counts only what this change does, not what waits for a Start already', async () => {
    const harness = await started();
    await harness.runtime.changeSettings({ engineMetrics: true });
    expect((await effectsOf(harness, { publishPort80: false })).replaced).toEqual(['Ingress']);
    expect((await effectsOf(harness, { engineMetrics: true })).replaced).toEqual([]);
  });

  it('is told without an engine too, as far as it can be', async () => {
    const harness = createHarness({ catalog, templates });
    open.push(harness);
    harness.unreachable = { code: 'engine-not-found', tried: [] };
    await harness.runtime.connect({ watch: true });
    const effects = await effectsOf(harness, { engineEndpoint: 'tcp://127.0.0.1:2375', httpPort: 9080 });
    expect(effects).toMatchObject({ replaced: [], reconnects: true });
  });

  it('is what a reset does, which leaves LAN mode, targets and the first start alone', async () => {
    const targets = [{ name: 'mine', address: '192.168.1.5:9100', path: '/metrics', scheme: 'http' }] as const;
    const harness = await started({ settings: { httpPort: 9080, engineMetrics: true, targets, firstRunDone: true } });
    const settings = resetSettings(harness.runtime.settings());
    expect(settings).toEqual({ ...defaultSettings, targets, firstRunDone: true });
    expect((await effectsOf(harness, settings)).replaced).toEqual(['Ingress', 'Prometheus', 'Grafana']);
  });
});

describe('notes', () => {
  const notesOf = async (harness: Harness, patch: Partial<Settings>) => (await effectsOf(harness, patch)).notes;

  it('say nothing of a service that is switched off: that it stops says it', async () => {
    const effects = await effectsOf(await started(), { disabledServices: ['prometheus'] });
    expect(effects.stopped).toEqual(['Prometheus']);
    expect(effects.notes).toEqual([]);
  });

  it('warn of drawings that stay behind under the address of before', async () => {
    const [note] = await notesOf(await started(), { httpPort: 9080 });
    expect(note).toContain('http://draw.macula.localhost:8080/ is not seen at http://draw.macula.localhost:9080/');
  });

  it('name who holds the port, and only where it is new', async () => {
    const harness = await started();
    harness.host.listeners = [
      { address: '127.0.0.1', port: 9080, owner: 'apache2 (process 9)' },
      { address: '127.0.0.4', port: 3000, owner: 'apache2 (process 9)' },
    ];
    expect(await notesOf(harness, { httpPort: 9080 })).toContain(
      'Port 9080 on 127.0.0.1 is taken: apache2 (process 9) holds it. As long as that is so, Start refuses.',
    );
    const effects = await effectsOf(harness, { httpPort: 9080 });
    expect(effects.replaced).toEqual(['Ingress', 'Grafana']);
    expect(await notesOf(harness, { engineMetrics: true })).not.toContain('taken');
  });

  it('say what a narrower limit deletes, and nothing of a wider one', async () => {
    const harness = await started();
    const { retention } = defaultSettings;
    const logs = { days: 1, gigabytes: 2 };
    expect(await notesOf(harness, { retention: { ...retention, logs } })).toEqual([
      'Logs older than a day or beyond 2 GB are deleted within half an hour, and do not come back.',
    ]);
    expect(await notesOf(harness, { retention: { ...retention, logs: { days: 9, gigabytes: 9 } } })).toEqual([]);
  });

  it('tell of names that are set up', async () => {
    const harness = await connected();
    const names = [{ host: 'grafana.macula.local', address: '127.0.0.4' }];
    const all = ['prometheus', 'loki', 'tempo', 'draw'].map((label, index) => ({
      host: `${label}.macula.local`,
      address: `127.0.0.${[3, 5, 6, 7][index]}`,
    }));
    harness.machine.intent = { names: { method: 'hosts', names: [...names, ...all] } };
    await harness.runtime.refresh();
    const effects = await effectsOf(harness, { baseDomain: 'infra.test' });
    expect(effects.names).toBe(true);
    expect(effects.notes).toContain(
      'Names below macula.local lead to this machine until names are set up again, or taken back.',
    );
    expect((await effectsOf(harness, { httpPort: 9080 })).names).toBe(false);
    expect((await notesOf(harness, { publishPort80: false }))[0]).toContain('http://grafana.macula.local/ does not');
    expect((await notesOf(harness, { baseDomain: 'example.com' }))[0]).toContain('may belong to somebody');
  });
});

describe('ports of the LAN', () => {
  const lan = {
    services: ['grafana'],
    limit: 'off' as const,
    network: { interface: 'eth0', ranges: ['192.168.77.0/24', 'fd00:77::/64'], gateway: 'aa:bb' },
  };
  const wide = ({ runtime }: Harness) =>
    runtime
      .desired()
      .services.flatMap(({ container }) => container.publishes)
      .filter(({ hostAddress }) => hostAddress === '0.0.0.0')
      .map(({ hostPort }) => hostPort);

  it('move with their guard, and never stand open without it', async () => {
    const harness = await connected({ settings: { lan } });
    const guard = { subnet: '172.23.0.0/16', ports: [3000], interface: 'eth0', ranges: lan.network.ranges };
    harness.machine.intent = { guard };
    await harness.runtime.run({ kind: 'up' });
    expect(wide(harness)).toEqual([3000]);

    const effects = await effectsOf(harness, { lanPorts: { 3000: 13_000 } });
    expect(effects.replaced).toEqual(['Grafana']);
    expect(effects.notes).toEqual([
      'LAN mode is on: the next Start closes Grafana to the network. Turn it on again on the page Host to open port 13000 in its place.',
    ]);
    await harness.runtime.changeSettings({ lanPorts: { 3000: 13_000 } });
    expect(wide(harness), 'the guard does not hold it').toEqual([]);

    harness.machine.intent = { guard: { ...guard, ports: [3000, 13_000] } };
    await harness.runtime.refresh();
    expect(wide(harness)).toEqual([13_000]);
  });

  it('are refused where something else of the stack is, and nothing is saved', async () => {
    const harness = await connected();
    const refused = { failure: { code: 'settings-collide', detail: expect.stringContaining('Port 3000') } };
    await expect(harness.runtime.changeSettings({ httpPort: 3000 })).rejects.toMatchObject(refused);
    await expect(effectsOf(harness, { httpPort: 3000 })).rejects.toBeInstanceOf(FailureError);
    expect(harness.runtime.settings().httpPort).toBe(8080);
  });

  it('that collide in a file written by hand keep nothing else from being saved', async () => {
    const harness = await connected({ settings: { httpPort: 3000 } });
    // The window asks first, and does not save what is refused then.
    expect(await effectsOf(harness, { notifications: false })).toMatchObject({ replaced: [] });
    await expect(effectsOf(harness, { httpPort: 3100 })).rejects.toBeInstanceOf(FailureError);
    expect(await harness.runtime.changeSettings({ notifications: false })).toMatchObject({ notifications: false });
  });
});
