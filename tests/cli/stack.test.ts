// The whole life of the stack by the command line: nothing, up, looked at, stopped, gone.
import { describe, expect, test } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { askEngine, runningServices, stackContainers } from '../e2e/engine-api.ts';
import { startCountingProxy } from './support/counting-proxy.ts';
import { json, macula } from './support/macula.ts';
import { changedServices, containerRuns, getByName, isListening, useStack } from './support/stack.ts';

const ids = catalog.map((service) => service.id);
const needsStack = useStack();

interface StatusService {
  readonly id: string;
  readonly state: string;
  readonly urls: readonly string[];
  readonly image: string;
  readonly container: string;
  readonly reason: string;
}

async function services(): Promise<readonly StatusService[]> {
  return (await json(['status']))['services'] as readonly StatusService[];
}

async function states(): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await services()).map(({ id, state }) => [id, state]));
}

describe('from nothing', () => {
  test('plan says what up would do, and changes nothing', async (context) => {
    needsStack(context);
    const { code, stdout } = await macula(['plan']);
    expect(code).toBe(0);
    for (const line of [
      'create-network macula-infra: there is none',
      'start-container grafana',
      'await-ready excalidraw',
    ]) {
      expect(stdout).toContain(line);
    }
    const plan = await json(['plan']);
    expect(plan).toMatchObject({ ok: true, failures: [] });
    expect(await stackContainers()).toEqual([]);
  });

  test('up brings every service up, one line a change', async (context) => {
    needsStack(context);
    const { code, stdout, stderr } = await macula(['up']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    const at = (line: string) => lines.findIndex((candidate) => candidate.startsWith(line));
    const untold = ids.filter((id) => at(`${id}: starting`) < 0 || at(`${id}: ready`) < at(`${id}: starting`));
    expect(untold).toEqual([]);
    // A pipe gets neither colours nor movements of the cursor.
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain(`All ${ids.length} services are ready`);
    expect(await runningServices()).toEqual([...ids].sort());
  });

  test('every page answers by its name, and a stranger gets none', async (context) => {
    needsStack(context);
    const asked = catalog.flatMap(({ web, ready }) =>
      web === undefined
        ? []
        : ['macula.localhost', 'macula.local'].map((domain) => ({ host: `${web.label}.${domain}`, path: ready.path })),
    );
    const answers = await Promise.all(
      asked.map(async ({ host, path }) => [host, (await getByName(host, path)).status]),
    );
    expect(answers).toEqual(asked.map(({ host }) => [host, 200]));
    const stranger = await getByName('evil.example');
    expect(stranger.status).toBe(421);
    expect(stranger.body).toContain('http://grafana.macula.localhost:8080/');
    expect((await getByName('evil.example', '/healthz')).body).toBe('ok\n');
  });
});

describe('while it is up', () => {
  test('status says so in a table and in JSON', async (context) => {
    needsStack(context);
    const { code, stdout } = await macula(['status']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^grafana +ready +\S+ s +http:\/\/grafana\.macula\.localhost:8080\/$/m);
    const status = await json(['status']);
    expect(status['engine']).toMatchObject({
      state: 'connected',
      version: expect.any(String),
      endpoint: expect.any(String),
    });
    expect(status['stack']).toMatchObject({ state: 'ready' });
    const listed = status['services'] as readonly StatusService[];
    expect(listed.map((service) => [service.id, service.state, service.container, service.image])).toEqual(
      catalog.map(({ id, containerName, image }) => [id, 'ready', containerName, `${image.repository}:${image.tag}`]),
    );
    expect(listed.find((service) => service.id === 'prometheus')?.urls).toEqual([
      'http://prometheus.macula.localhost:8080/',
      'http://127.0.0.3:9090/',
    ]);
  });

  test('up changes nothing, restarts nothing, and asks nothing of the engine but to look', async (context) => {
    needsStack(context);
    const before = await containerRuns();
    const proxy = await startCountingProxy();
    try {
      const { code, stdout } = await macula(['up'], { environment: { DOCKER_HOST: proxy.endpoint } });
      expect(code).toBe(0);
      expect(stdout.split('\n')[0]).toBe(`All ${ids.length} services are ready`);
      expect(proxy.calls.length).toBeGreaterThan(0);
      expect(proxy.changes()).toEqual([]);
    } finally {
      await proxy.close();
    }
    expect(changedServices(before, await containerRuns())).toEqual([]);
    expect((await macula(['plan'])).stdout).toBe('nothing to do\n');
    expect(await json(['plan'])).toEqual({ ok: true, operations: [], failures: [] });
  });

  test('the doctor finds nothing broken', async (context) => {
    needsStack(context);
    const { code, stdout } = await macula(['doctor']);
    expect(stdout).toContain('Nothing is broken.');
    expect(code).toBe(0);
    expect(await json(['doctor'])).toMatchObject({ ok: true });
  });

  test('logs are those of the services asked for, and as many as asked for', async (context) => {
    needsStack(context);
    await getByName('evil.example', '/a-page-to-be-found');
    const { code, stdout } = await macula(['logs', 'ingress', 'prometheus', '--tail', '3']);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('ingress    | '))).toHaveLength(3);
    expect(lines.filter((line) => line.startsWith('prometheus | '))).toHaveLength(3);
    expect(lines).toHaveLength(6);
    expect(stdout).toContain('/a-page-to-be-found');
    const { stdout: objects } = await macula(['logs', 'ingress', '--tail', '1', '--json']);
    expect(JSON.parse(objects)).toMatchObject({
      service: 'ingress',
      stream: expect.any(String),
      text: expect.any(String),
    });
  });

  test('open --print says where', async (context) => {
    needsStack(context);
    expect(await macula(['open', 'grafana', '--print'])).toEqual({
      code: 0,
      stdout: 'http://grafana.macula.localhost:8080/\n',
      stderr: '',
    });
  });

  test('stop of one leaves the rest; its page says what to do; the doctor names it', async (context) => {
    needsStack(context);
    const before = await containerRuns();
    expect((await macula(['stop', 'excalidraw'])).code).toBe(0);
    expect(await states()).toMatchObject({ excalidraw: 'off', ingress: 'ready', grafana: 'ready' });
    expect(changedServices(before, await containerRuns())).toEqual(['excalidraw'].filter((id) => !(id in before)));
    const page = await getByName('draw.macula.localhost');
    expect(page.status).toBe(502);
    expect(page.body).toMatch(/Excalidraw does not answer.*macula up excalidraw/s);
    const doctor = await macula(['doctor']);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(
      /failed +container macula-excalidraw: It is stopped\.\n +Next: macula up excalidraw starts it\./,
    );
  });

  test('up of one starts it and all it needs, and nothing else', async (context) => {
    needsStack(context);
    await macula(['stop']);
    const result = await json(['up', 'excalidraw']);
    expect(result).toMatchObject({ command: 'up', outcome: 'done', failures: [] });
    expect(await runningServices()).toEqual(['excalidraw', 'ingress']);
    expect(await json(['up'])).toMatchObject({ outcome: 'done', stack: { state: 'ready' } });
  });

  test('restart of one is a new run of the same container', async (context) => {
    needsStack(context);
    const before = await containerRuns();
    expect(await json(['restart', 'prometheus'])).toMatchObject({ command: 'restart', outcome: 'done' });
    const after = await containerRuns();
    expect(changedServices(before, after)).toEqual(['prometheus']);
    expect(after['prometheus']?.split(' ')[0]).toBe(before['prometheus']?.split(' ')[0]);
    expect(await states()).toMatchObject({ prometheus: 'ready' });
  });
});

describe('down', () => {
  async function volumeNames(): Promise<readonly string[]> {
    const { Volumes } = (await askEngine('GET', '/volumes')) as {
      readonly Volumes: readonly { readonly Name: string }[];
    };
    return Volumes.map((volume) => volume.Name)
      .filter((name) => /^(alloy|prometheus|grafana|loki|tempo)-data$/.test(name))
      .toSorted();
  }
  const all = ['alloy-data', 'grafana-data', 'loki-data', 'prometheus-data', 'tempo-data'];

  test('--volumes in a pipe refuses, names what would go, and does nothing', async (context) => {
    needsStack(context);
    const { code, stdout, stderr } = await macula(['down', '--volumes']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const name of [...all, '--yes']) expect(stderr).toContain(name);
    expect(await json(['down', '--volumes'])).toMatchObject({
      command: 'down',
      outcome: 'failed',
      failures: [{ code: 'not-confirmed', volumes: expect.arrayContaining(all), nextStep: expect.any(String) }],
    });
    expect(await runningServices()).toHaveLength(ids.length);
  });

  test('leaves the data', async (context) => {
    needsStack(context);
    const { code, stdout } = await macula(['down']);
    expect(code).toBe(0);
    expect(stdout).toContain('its data stays');
    expect(await stackContainers()).toEqual([]);
    expect(await volumeNames()).toEqual(all);
    expect(await isListening(8080, '127.0.0.1')).toBe(false);
    expect((await macula(['doctor'])).stdout).toContain('macula up starts it.');
  });

  test('--volumes --yes leaves nothing, and is done where there is nothing', async (context) => {
    needsStack(context);
    expect((await macula(['down', '--volumes', '--yes'])).code).toBe(0);
    expect(await volumeNames()).toEqual([]);
    expect((await macula(['down', '--volumes'])).code).toBe(0);
  });

  test('then there are no logs and no page', async (context) => {
    needsStack(context);
    const logs = await macula(['logs']);
    expect({ code: logs.code, stdout: logs.stdout }).toEqual({ code: 1, stdout: '' });
    expect(logs.stderr).toContain('macula up starts it');
    const open = await macula(['open', 'grafana']);
    expect(open.code).toBe(1);
    expect(open.stderr).toContain('macula up grafana starts it');
  });
});
