// Which process holds a socket, on Linux. Another user's processes show it only to root.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

// Those that listen on behalf of containers: nearly always the ones that are looked for.
const likely = /^(docker-proxy|rootlesskit|rootlessport|conmon|pasta|slirp4netns)/;

// Inode -> 'apache2 (process 812)'.
export function findSocketOwners(inodes: ReadonlySet<string>, processes = '/proc'): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  if (inodes.size === 0) return owners;
  const named = listFolder(processes)
    .filter((entry) => /^\d+$/.test(entry))
    .map((id) => ({ id, name: readName(join(processes, id, 'comm')) }))
    .sort((a, b) => Number(likely.test(b.name)) - Number(likely.test(a.name)));
  for (const { id, name } of named) {
    for (const inode of openSockets(join(processes, id, 'fd'))) {
      if (inodes.has(inode) && !owners.has(inode)) owners.set(inode, `${name} (process ${id})`);
    }
    if (owners.size === inodes.size) break;
  }
  return owners;
}

function openSockets(folder: string): readonly string[] {
  const inodes: string[] = [];
  for (const entry of listFolder(folder)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, entry)))?.[1];
      if (inode !== undefined) inodes.push(inode);
    } catch (error) {
      // One was closed since it was listed; where one is forbidden, all are.
      if ((error as NodeJS.ErrnoException).code === 'EACCES') break;
    }
  }
  return inodes;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Gone since, or not ours to see.
    return [];
  }
}

function readName(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'a program';
  }
}
