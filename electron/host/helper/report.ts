// What root alone can tell: who holds a port, what the guard let in. And what everybody may know of our own record.
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { HostState, PortOwner } from '../protocol.ts';
import { readSafely, sha256 } from './files.ts';
import { run } from './programs.ts';
import { readState } from './state.ts';

export function status(isRoot: boolean): HostState {
  const { intent, since, pending, files } = readState();
  const edited = files.filter(({ path, written }) => !written.includes(sha256(textOf(path))));
  const guard = isRoot && intent.guard !== undefined ? counted() : undefined;
  return {
    intent,
    interrupted: pending !== undefined,
    edited: edited.map(({ path }) => path),
    ...(since === 0 ? {} : { since }),
    ...(guard === undefined ? {} : { guard }),
  };
}

function textOf(path: string): string {
  try {
    return readSafely(path) ?? '';
  } catch {
    return '';
  }
}

function counted(): HostState['guard'] {
  const table = run({ program: 'nft', args: ['list', 'chain', 'inet', 'macula', 'allowed'], mayFail: true });
  const rules = [...table.matchAll(/counter packets (\d+) bytes \d+ (accept|drop)/g)];
  const sum = (verdict: string) =>
    rules.filter((rule) => rule[2] === verdict).reduce((total, rule) => total + Number(rule[1]), 0);
  return rules.length === 0 ? undefined : { accepted: sum('accept'), refused: sum('drop') };
}

export function portOwners(ports: readonly number[]): readonly PortOwner[] {
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    read(`/proc/net/${table}`)
      .split('\n')
      .map((row) => row.trim().split(/\s+/)),
  );
  const listening = rows.flatMap(([, local = '', , state, , , , , , inode = '']) => {
    const port = Number.parseInt(local.split(':')[1] ?? '', 16);
    return state === '0A' && ports.includes(port) ? [[`socket:[${inode}]`, { port, inode }] as const] : [];
  });
  const wanted = new Map<string, { port: number; inode: string }>(listening);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      const held = new Set(descriptors(`/proc/${id}/fd`).filter((target) => wanted.has(target)));
      const command = read(`/proc/${id}/comm`).trim();
      const unit = /([^/\n]+\.(service|socket|scope))\s*$/m.exec(read(`/proc/${id}/cgroup`))?.[1];
      return [...held].flatMap((target) => {
        const socket = wanted.get(target);
        return socket === undefined
          ? []
          : [{ ...socket, process: Number(id), command, ...(unit === undefined ? {} : { unit }) }];
      });
    });
}

function descriptors(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) =>
      lstatSync(`${folder}/${name}`).isSymbolicLink() ? readlinkSync(`${folder}/${name}`) : '',
    );
  } catch {
    // The process ended meanwhile, or is not ours to see.
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
