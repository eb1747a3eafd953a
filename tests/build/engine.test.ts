import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCommand } from '../../build/bootstrap/system.mjs';
import { isRunning, startDaemon, stopDaemon } from '../../build/engine/daemon.mjs';
import { ask } from '../../build/engine/endpoints.mjs';

let folder: string;

beforeEach(() => {
  // The path of a socket may have 107 characters.
  folder = mkdtempSync(join(tmpdir(), 'mengine-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function answering(status: number): Promise<{ endpoint: string; server: Server }> {
  const socket = join(folder, `${status}.sock`);
  const server = createServer((_request, response) => response.writeHead(status).end('OK'));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return { endpoint: `unix://${socket}`, server };
}

test('an engine is what answers its ping', async () => {
  const good = await answering(200);
  const bad = await answering(500);
  writeFileSync(join(folder, 'plain'), '');
  expect(await ask(good.endpoint)).toBe('answers');
  expect(await ask(bad.endpoint)).toBe('silent');
  expect(await ask(`unix://${folder}/absent.sock`)).toBe('silent');
  expect(await ask(`unix://${folder}/plain`)).toBe('silent');
  good.server.close();
  bad.server.close();
});

test('a daemon outlives its starter until it is stopped by its own number', async () => {
  const socket = join(folder, 'daemon.sock');
  const program = join(folder, 'daemon.mjs');
  writeFileSync(
    program,
    `import { createServer } from 'node:http';
     createServer((request, response) => response.end('OK')).listen('${socket}');
     console.log('listening');`,
  );
  const log = join(folder, 'log');
  const daemon = await startDaemon({ command: process.execPath, args: [program], socket, log, seconds: 20 });
  expect(isRunning(daemon)).toBe(true);
  expect(isRunning({ pid: daemon.pid, startedAt: 'another time' })).toBe(false);
  await stopDaemon({ pid: daemon.pid, startedAt: 'another time' });
  expect(isRunning(daemon)).toBe(true);
  await stopDaemon(daemon);
  expect(isRunning(daemon)).toBe(false);
  expect(readFileSync(log, 'utf8')).toBe('listening\n');
});

test('a daemon that ends is told with its last lines', async () => {
  const program = join(folder, 'daemon.sh');
  writeFileSync(program, '#!/bin/sh\nfor n in 1 2 3 4 5 6 7 8 9; do echo "line $n"; done\nexit 4\n');
  chmodSync(program, 0o755);
  const starting = startDaemon({ command: program, args: [], socket: join(folder, 's'), log: join(folder, 'log') });
  await expect(starting).rejects.toThrow(/it ended with code 4[\s\S]*\nline 2\n[\s\S]*line 9$/);
});

test('the real engine is started and stopped', { timeout: 120_000 }, async (context) => {
  const engine = findCommand('dockerd');
  const unshare = findCommand('unshare');
  if (engine === undefined || unshare === undefined) return context.skip('dockerd or unshare is not installed');
  if (process.getuid?.() !== 0) return context.skip('only root can start dockerd');
  // Without a bridge it removes the one of the engine beside it, so its network and its mounts are a world of their own.
  const alone = ['--net', '--mount', '--', engine, '--bridge=none', '--iptables=false', '--ip6tables=false'];
  const own = ['data-root', 'exec-root', 'pidfile'].map((name) => `--${name}=${join(folder, name)}`);
  const socket = join(folder, 'host');
  const daemon = await startDaemon({
    command: unshare,
    args: [...alone, ...own, `--host=unix://${socket}`],
    socket,
    log: join(folder, 'log'),
  });
  expect(await ask(`unix://${socket}`)).toBe('answers');
  await stopDaemon(daemon);
  expect(isRunning(daemon)).toBe(false);
  expect(existsSync(join(folder, 'pidfile'))).toBe(false);
});
