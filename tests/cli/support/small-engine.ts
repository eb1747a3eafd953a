// A real Docker engine of the test's own whose disk is a few megabytes of memory.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDaemon, stopDaemon } from '../../../build/engine/daemon.mjs';
import { bridgeName } from '../../../electron/core/identity.ts';

const run = promisify(execFile);

export interface SmallEngine {
  readonly socket: string;
  // Leaves so many bytes free.
  fill(freeBytes: number): Promise<void>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

// It writes no rules of its own, and those of an engine beside it let nothing pass between containers of another's.
const passes = ['FORWARD', '-i', bridgeName, '-o', bridgeName, '-j', 'ACCEPT'];

export async function smallEngineMissing(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'only root can start an engine on a disk of its own';
  return existsSync('/usr/sbin/dockerd') || existsSync('/usr/bin/dockerd') ? undefined : 'dockerd is not installed';
}

export async function startSmallEngine(megabytes: number): Promise<SmallEngine> {
  // Put back in the other order, also when something here fails.
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'macula-small-'));
  started.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 }));
  const disk = join(folder, 'disk');
  const socket = join(folder, 'docker.sock');
  const bridge = `mb${process.pid}`;
  await mkdir(disk);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk]);
  started.defer(async () => void (await run('umount', ['--lazy', disk])));
  // A bridge of its own: "none" would take the default one from the engine that may run beside it.
  await run('ip', ['link', 'add', bridge, 'type', 'bridge']);
  started.defer(() => quietly('ip', ['link', 'del', bridge]));
  await run('ip', ['addr', 'add', '172.31.254.1/24', 'dev', bridge]);
  await run('ip', ['link', 'set', bridge, 'up']);
  await run('iptables', ['-I', ...passes]);
  started.defer(() => quietly('iptables', ['-D', ...passes]));
  const daemon = await startDaemon({
    command: 'dockerd',
    args: [
      `--host=unix://${socket}`,
      `--data-root=${disk}`,
      `--exec-root=${join(folder, 'exec')}`,
      `--pidfile=${join(folder, 'pid')}`,
      `--bridge=${bridge}`,
      '--iptables=false',
    ],
    socket,
    log: join(folder, 'log'),
  });
  started.defer(async () => {
    // Else what a failed test left running would hold its ports and its network.
    await removeEverything(socket).catch(() => undefined);
    await stopDaemon(daemon);
  });
  const filler = join(disk, 'filler');
  const owned = started.move();
  return {
    socket,
    async fill(freeBytes) {
      const { bavail, bsize } = await statfs(disk);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes), 1));
    },
    empty: () => rm(filler, { force: true }),
    close: () => owned.disposeAsync(),
  };
}

// For what may be gone already.
async function quietly(command: string, args: readonly string[]): Promise<void> {
  await run(command, args).catch(() => undefined);
}

async function removeEverything(socket: string): Promise<void> {
  const ask = async (method: string, path: string) =>
    (await run('curl', ['-s', '-X', method, '--unix-socket', socket, `http://engine${path}`])).stdout;
  const containers = JSON.parse(await ask('GET', '/containers/json?all=1')) as readonly { readonly Id: string }[];
  for (const { Id } of containers) await ask('DELETE', `/containers/${Id}?force=1&v=1`);
  await ask('POST', '/networks/prune');
}
