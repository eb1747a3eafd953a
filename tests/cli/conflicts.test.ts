// What stands in the way and is not ours: told before anything is created, and never touched.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { askEngine, stackContainers } from '../e2e/engine-api.ts';
import { json, macula, settingsFolder } from './support/macula.ts';
import { changedServices, containerRuns, postToEngine, useStack } from './support/stack.ts';

const needsStack = useStack();
const image = 'nginx:1.30.5-alpine';
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function createContainer(name: string, body: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await postToEngine(`/containers/create?name=${name}`, { Image: image, ...body });
  cleanUps.push(() => askEngine('DELETE', `/containers/${name}?force=1&v=1`));
}

async function expectRefusal(failure: Readonly<Record<string, unknown>>, words: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await macula(['up']);
  expect(code).toBe(1);
  for (const word of [...words, 'Next: ']) expect(stderr).toContain(word);
  expect(stdout).not.toContain(': starting');
  expect(await json(['up'])).toMatchObject({ outcome: 'failed', failures: [failure] });
  expect(await json(['plan'])).toMatchObject({ ok: false, operations: [], failures: [failure] });
  expect(await stackContainers()).toEqual([]);
  const networks = (await askEngine('GET', '/networks')) as readonly {
    readonly Name: string;
    readonly Labels: Readonly<Record<string, string>>;
  }[];
  expect(
    networks.filter((network) => network.Name === 'macula-infra' && network.Labels['io.macula.stack'] !== undefined),
  ).toEqual([]);
}

describe('up says who is in the way', () => {
  test('a process on a port', async (context) => {
    needsStack(context);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(3000, '127.0.0.4', resolve));
    cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
    await expectRefusal({ code: 'port-taken', service: 'grafana', address: '127.0.0.4', port: 3000 }, [
      'Port 3000 on 127.0.0.4 is taken',
      `(process ${process.pid})`,
    ]);
  });

  test('a container on a port', async (context) => {
    needsStack(context);
    await postToEngine('/networks/create', { Name: 'somebody-elses', Driver: 'bridge' });
    await createContainer('somebody-elses-web', {
      HostConfig: {
        NetworkMode: 'somebody-elses',
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] },
      },
    });
    cleanUps.push(() => askEngine('DELETE', '/networks/somebody-elses'));
    await postToEngine('/containers/somebody-elses-web/start', {});
    await expectRefusal({ code: 'port-taken', service: 'ingress', port: 8080 }, ['container "somebody-elses-web"']);
  });

  test('a container of the same name', async (context) => {
    needsStack(context);
    await createContainer('macula-grafana');
    await expectRefusal({ code: 'foreign-container', name: 'macula-grafana' }, ["is not Macula's"]);
    expect(await askEngine('GET', '/containers/macula-grafana/json')).toMatchObject({ Name: '/macula-grafana' });
  });

  test('a volume of the same name', async (context) => {
    needsStack(context);
    await postToEngine('/volumes/create', { Name: 'loki-data' });
    cleanUps.push(() => askEngine('DELETE', '/volumes/loki-data'));
    await expectRefusal({ code: 'foreign-volume', name: 'loki-data' }, ['loki-data']);
  });

  test('a network of the same name', async (context) => {
    needsStack(context);
    await postToEngine('/networks/create', { Name: 'macula-infra', Driver: 'bridge' });
    cleanUps.push(() => askEngine('DELETE', '/networks/macula-infra'));
    await expectRefusal({ code: 'foreign-network', name: 'macula-infra' }, ['macula-infra']);
  });
});

describe('up finds another way', () => {
  test('when the subnet is taken, and says so', async (context) => {
    needsStack(context);
    await postToEngine('/networks/create', { Name: 'somebody-elses', IPAM: { Config: [{ Subnet: '172.23.0.0/16' }] } });
    cleanUps.push(() => askEngine('DELETE', '/networks/somebody-elses'));
    const { code, stdout } = await macula(['up']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Note: .*172\.\d+/m);
    const status = (await json(['status'])) as { services: { id: string; state: string; address: string }[] };
    for (const service of status.services) {
      expect(service.address).not.toMatch(/^172\.23\./);
      expect(service.state).toBe('ready');
    }
    expect((await macula(['plan'])).stdout).toBe('nothing to do\n');
    await macula(['down', '--volumes', '--yes']);
  });
});

describe('compose names the subnet that up chooses', () => {
  test("where a route of the host's own is in the way", async (context) => {
    needsStack(context);
    context.skip(process.getuid?.() !== 0, 'only root can make a route');
    const ip = (...args: readonly string[]) => promisify(execFile)('ip', args);
    const isMade = await ip('link', 'add', 'macula-test0', 'type', 'bridge').then(
      () => true,
      () => false,
    );
    context.skip(!isMade, 'this machine makes no interface');
    cleanUps.push(() => ip('link', 'delete', 'macula-test0'));
    await ip('address', 'add', '172.23.7.1/24', 'dev', 'macula-test0');
    await ip('link', 'set', 'macula-test0', 'up');
    const file = (await json(['compose'])) as { services: Record<string, { networks: Record<string, unknown> }> };
    expect(JSON.stringify(file)).not.toContain('172.23.');
    const { services } = (await json(['up', 'excalidraw'])) as { services: { id: string; address: string }[] };
    const address = services.find((service) => service.id === 'excalidraw')?.address ?? '';
    expect(JSON.stringify(file.services['excalidraw']?.networks)).toContain(`"${address}"`);
    await macula(['down', '--volumes', '--yes']);
  });
});

describe('a changed configuration', () => {
  afterEach(() => rmSync(settingsFolder, { recursive: true, force: true }));

  function setSettings(settings: Readonly<Record<string, unknown>>): void {
    mkdirSync(settingsFolder, { recursive: true });
    writeFileSync(join(settingsFolder, 'settings.json'), JSON.stringify(settings));
  }

  test('makes anew only the container it is about', async (context) => {
    needsStack(context);
    await macula(['up']);
    const before = await containerRuns();
    setSettings({ baseDomain: 'macula.test' });
    const plan = await macula(['plan']);
    expect(plan.stdout).toContain('create-container ingress: its configuration changed');
    expect(plan.stdout).not.toMatch(/grafana|loki|tempo|prometheus|volume|network/);
    expect((await macula(['up'])).code).toBe(0);
    expect(changedServices(before, await containerRuns())).toEqual(['ingress']);
  });

  test('that switches a service off removes its container, and what it feeds follows', async (context) => {
    needsStack(context);
    setSettings({ disabledServices: ['excalidraw'] });
    expect((await macula(['up'])).code).toBe(0);
    const status = (await json(['status'])) as { services: { id: string; enabled: boolean; state: string }[] };
    expect(status.services.find((service) => service.id === 'excalidraw')).toMatchObject({
      enabled: false,
      state: 'off',
    });
    expect((await macula(['up', 'excalidraw'])).code).toBe(1);
    await macula(['down', '--volumes', '--yes']);
  });
});
