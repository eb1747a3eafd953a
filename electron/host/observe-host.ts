// What this machine itself takes: ports that are listened on and subnets that it reaches. Read without any privilege.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { bridgeName } from '../core/identity.ts';
import type { HostObservation, Listener } from '../core/observed.ts';
import { parseLsof, parseProcNetTcp } from './ports.ts';
import { interfaceSubnets, parseProcNetRoute } from './routes.ts';
import { findSocketOwners } from './socket-owners.ts';

const run = promisify(execFile);

// The subnet of our own network is not taken from us.
const ownInterfaces: ReadonlySet<string> = new Set([bridgeName]);

export async function observeHost(ports: readonly number[]): Promise<HostObservation> {
  const addressed = interfaceSubnets(networkInterfaces(), ownInterfaces);
  if (process.platform === 'linux') {
    const [listeners, routed] = await Promise.all([linuxListeners(new Set(ports)), readText('/proc/net/route')]);
    const hostSubnets = [...new Set([...parseProcNetRoute(routed, ownInterfaces), ...addressed])];
    return { listeners, hostSubnets };
  }
  return { listeners: process.platform === 'darwin' ? await macListeners(ports) : [], hostSubnets: addressed };
}

async function linuxListeners(ports: ReadonlySet<number>): Promise<readonly Listener[]> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readText));
  const sockets = tables.flatMap((table) => parseProcNetTcp(table, ports));
  // Only root sees into the processes of others: there is no use in looking.
  const own = process.getuid?.();
  const visible = sockets.filter((socket) => own === 0 || socket.userId === own);
  const owners = findSocketOwners(new Set(visible.map((socket) => socket.inode)));
  const hidden = sockets.some((socket) => !owners.has(socket.inode));
  const users = hidden ? await readUserNames() : new Map<number, string>();
  return sockets.map(({ address, port, inode, userId }) => ({
    address,
    port,
    owner: owners.get(inode) ?? `a program of the user ${users.get(userId) ?? userId}`,
    inode,
  }));
}

async function macListeners(ports: readonly number[]): Promise<readonly Listener[]> {
  if (ports.length === 0) return [];
  try {
    const { stdout } = await run('lsof', ['-nP', `-iTCP:${ports.join(',')}`, '-sTCP:LISTEN', '-Fpcn']);
    return parseLsof(stdout);
  } catch {
    // It fails when nothing is found; and without it the engine's own error says that a port is taken.
    return [];
  }
}

async function readUserNames(): Promise<ReadonlyMap<number, string>> {
  const rows = (await readText('/etc/passwd')).split('\n').map((row) => row.split(':'));
  return new Map(rows.map(([name = '', , userId]) => [Number(userId), name]));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
