// The doctor on the runtime: what it tries is real sockets and real folders; engine and machine are in memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { FailureError } from '../../../electron/core/failure.ts';
import { findDisks } from '../../../electron/runtime/doctor-disks.ts';
import { knock, unknownOf } from '../../../electron/runtime/doctor-senses.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, type Harness } from './harness.ts';

const port = 41_020;
const catalog: readonly ServiceDefinition[] = smallCatalog.map((service) =>
  service.id === 'store'
    ? {
        ...service,
        ports: [{ name: 'web', port }],
        web: { label: 'store', port },
        ready: { ...service.ready, port },
      }
    : { ...service, ports: [] },
);
const door: ServiceDefinition = {
  ...smallCatalog[0]!,
  id: 'door',
  title: 'Door',
  containerName: 'macula-door',
  isIngress: true,
  hostNumber: 10,
  ports: [],
  volumes: [],
  ready: { port: 80, path: '/healthz', timeoutSeconds: 1 },
};

let harness: Harness | undefined;
const servers: Server[] = [];
afterEach(async () => {
  harness?.runtime.close();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(address: string, number: number): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(number, address, resolve));
  servers.push(server);
  return (server.address() as { port: number }).port;
}

async function up(given: readonly ServiceDefinition[] = catalog): Promise<Harness> {
  harness = createHarness({ catalog: given });
  await harness.runtime.connect({ watch: false });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  return harness;
}

async function results({ runtime }: Harness): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await runtime.doctor()).map(({ subject, result }) => [subject, result]));
}

describe('the doctor of the runtime', () => {
  it('knocks at each port', async () => {
    const given = await up();
    expect(await results(given)).toMatchObject({
      'container macula-store': 'ok',
      [`port 127.0.0.20:${port}`]: 'failed',
      'store is ready': 'skipped',
      names: 'note',
    });
    await listen('127.0.0.20', port);
    expect(await results(given)).toMatchObject({ [`port 127.0.0.20:${port}`]: 'ok', 'store is ready': 'ok' });
  });

  it('asks each service anew', async () => {
    const given = await up();
    await listen('127.0.0.20', port);
    given.probes['store'] = { kind: 'not-ready', reason: 'It sleeps' };
    const check = (await given.runtime.doctor()).find(({ subject }) => subject === 'store is ready');
    expect(check).toMatchObject({ result: 'failed', detail: expect.stringContaining('It sleeps') });
    given.probes['store'] = { kind: 'ready' };
    expect(await results(given)).toMatchObject({ 'store is ready': 'ok' });
  });

  it('asks for pages under names that were set up, and only then', async () => {
    const given = await up([...catalog, door]);
    expect(Object.keys(await results(given)).filter((subject) => subject.includes('macula.local/'))).toEqual([]);
    await given.runtime.host.apply((await given.runtime.host.preview({ kind: 'names', backend: 'hosts' })).hash);
    expect(await results(given)).toMatchObject({
      'name store.macula.local': 'ok',
      'page http://store.macula.local/ready': 'skipped',
    });
  });

  it('names a program that took the port of a service that is off', async () => {
    const given = await up();
    await given.runtime.run({ kind: 'stop', services: ['store'] });
    given.host.listeners = [{ address: '0.0.0.0', port, owner: 'nc (process 7)' }];
    const check = (await given.runtime.doctor()).find(({ result }) => result === 'failed');
    expect(check).toMatchObject({
      subject: `port 127.0.0.20:${port}`,
      detail: `It is taken: nc (process 7) listens on 0.0.0.0:${port}.`,
    });
  });

  it('looks at names and disks where no engine is', async () => {
    harness = createHarness({ catalog });
    harness.unreachable = { code: 'engine-not-found', tried: [] };
    await harness.runtime.connect({ watch: false });
    const found = await results(harness);
    expect(found).toMatchObject({ engine: 'failed', names: 'note', "the settings' disk": expect.any(String) });
    expect(Object.keys(found).some((subject) => subject.startsWith('container'))).toBe(false);
  });

  it('goes on where this machine cannot be looked at', async () => {
    const given = await up();
    given.machine.observe = () => {
      throw new FailureError({ code: 'host-unavailable', detail: 'No.' });
    };
    const check = (await given.runtime.doctor()).find(({ subject }) => subject === 'names');
    expect(check).toMatchObject({ result: 'note', detail: expect.stringContaining('No.') });
  });
});

describe('its senses', () => {
  it.each([
    ['127.0.0.1', 'open'],
    ['127.0.0.2', 'closed'],
  ] as const)('at %s: %s', async (address, state) => {
    const open = await listen('127.0.0.1', 0);
    expect(await knock(address, open)).toEqual({ state });
  });

  it('knows that a name is not known', async () => {
    expect(await unknownOf(['localhost', 'no-such-name.invalid'])).toEqual(['no-such-name.invalid']);
  });

  it('measures the disk of a folder that is still to be made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'macula-disk-'));
    try {
      const [disk, ...more] = await findDisks(undefined, join(folder, 'not/there/settings.json'));
      expect(disk).toMatchObject({ path: folder, holds: 'settings' });
      expect(disk?.totalBytes).toBeGreaterThan(disk?.freeBytes ?? 0);
      expect(more).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
