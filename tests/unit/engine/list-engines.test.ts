// Asked at real sockets; what answers there is as much of an engine as being found needs.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listEngines } from '../../../electron/engine/list-engines.ts';

let home = '';
let servers: { close(): void }[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'macula-engines-'));
});
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
  rmSync(home, { recursive: true, force: true });
});

function listen(path: string, isSilent = false): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const server = createServer((request, response) => {
    if (isSilent) return;
    response.setHeader('Api-Version', '1.47');
    response.setHeader('Server', 'Docker/28.5.1 (linux)');
    response.end(request.url === '/_ping' ? 'OK' : JSON.stringify({ ServerVersion: '28.5.1' }));
  });
  servers.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return new Promise((resolve) => server.listen(path, resolve));
}

const query = (endpoint: string, environment: Record<string, string> = {}) => ({
  endpoint,
  environment: { XDG_RUNTIME_DIR: join(home, 'run'), DOCKER_CONFIG: join(home, 'none'), ...environment },
  home,
  platform: 'linux',
  userId: 1000,
});
const own = (engines: Awaited<ReturnType<typeof listEngines>>) =>
  engines.filter(({ endpoint }) => endpoint.includes(home) || endpoint.startsWith('tcp'));

test('tells which answer and why others do not, each place once', async () => {
  await listen(join(home, 'run', 'docker.sock'));
  mkdirSync(join(home, '.docker', 'run'), { recursive: true });
  symlinkSync(join(home, 'run', 'docker.sock'), join(home, '.docker', 'run', 'docker.sock'));
  const engines = own(await listEngines(query('auto')));
  expect(engines[0]).toEqual({
    endpoint: `unix://${join(home, 'run', 'docker.sock')}`,
    foundBy: 'the socket of rootless Docker',
    product: 'Docker Engine 28.5.1',
  });
  expect(engines.filter(({ product }) => product !== undefined)).toHaveLength(1);
  expect(engines.find(({ foundBy }) => foundBy === 'the socket of rootless Podman')).toMatchObject({
    rejected: 'no such file',
  });
});

test('has the one of the settings first, whatever else there is', async () => {
  await listen(join(home, 'run', 'docker.sock'));
  const engines = own(await listEngines(query('tcp://127.0.0.1:1')));
  expect(engines[0]).toEqual({
    endpoint: 'tcp://127.0.0.1:1',
    foundBy: 'the settings',
    rejected: 'connection refused',
  });
  expect(engines[1]).toMatchObject({ product: 'Docker Engine 28.5.1' });
});

test('waits for several that say nothing no longer than for one', async () => {
  await listen(join(home, 'run', 'docker.sock'), true);
  await listen(join(home, 'run', 'podman', 'podman.sock'), true);
  await listen(join(home, '.colima', 'default', 'docker.sock'), true);
  const begun = Date.now();
  const engines = own(await listEngines(query('auto')));
  expect(engines.filter(({ rejected }) => rejected?.startsWith('no answer'))).toHaveLength(3);
  expect(Date.now() - begun).toBeLessThan(5000);
});
