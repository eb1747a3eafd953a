// What a test machine leaves on the real one: a folder, a control group and network namespaces, all of its name. They
// tell who made them, so that those of a run that was killed are found and taken away by the next.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, runCommand } from './commands.ts';
import { end, identify, isAlive, type ProcessIdentity, waitUntil } from './processes.ts';

// On a disk: an engine cannot work in memory everywhere.
const folders = '/var/tmp/macula-test-machines';
const namespaces = '/run/netns';

export const folderOf = (name: string): string => join(folders, name);

function controlGroups(): string {
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((row) => row.split(' '))
    .find(([, , type]) => type === 'cgroup2');
  if (mount?.[1] === undefined) throw new Error('A test machine needs control groups of version 2 (a mounted cgroup2)');
  return mount[1];
}

export const controlGroupOf = (name: string): string => join(controlGroups(), name);

let count = 0;

export function makePlaces(base: string): string {
  count += 1;
  const name = `${base}-${process.pid}-${count}`;
  const folder = folderOf(name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(identify(process.pid)));
  for (const part of ['root', 'changes', 'work', 'docker']) mkdirSync(join(folder, part));
  mkdirSync(controlGroupOf(name));
  return name;
}

// Its own, and those of the hosts around it.
function namespacesOf(name: string): readonly string[] {
  const all = existsSync(namespaces) ? readdirSync(namespaces) : [];
  return all.filter((each) => each === name || each.startsWith(`${name}-`));
}

export async function removeNamespace(namespace: string): Promise<void> {
  const { stdout } = await runCommand(['ip', 'netns', 'pids', namespace]);
  const running = stdout.split('\n').filter(Boolean).map(Number).map(identify);
  await Promise.all(running.map(end));
  await must(['ip', 'netns', 'delete', namespace]);
}

function removeGroup(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroup(join(group, entry.name));
  rmdirSync(group);
}

// Ends all that runs in it first; with the last process go the machine's mounts.
export async function removePlaces(name: string): Promise<void> {
  for (const namespace of namespacesOf(name)) await removeNamespace(namespace);
  const group = controlGroupOf(name);
  if (existsSync(group)) {
    const events = () => readFileSync(join(group, 'cgroup.events'), 'utf8');
    writeFileSync(join(group, 'cgroup.kill'), '1');
    await waitUntil(() => events().includes('populated 0'), `nothing runs in ${group}`);
    removeGroup(group);
  }
  rmSync(folderOf(name), { recursive: true, force: true, maxRetries: 5 });
}

export async function sweepLeftovers(): Promise<void> {
  for (const name of existsSync(folders) ? readdirSync(folders) : []) {
    try {
      const owner = JSON.parse(readFileSync(join(folderOf(name), 'owner.json'), 'utf8')) as ProcessIdentity;
      if (!isAlive(owner)) await removePlaces(name);
    } catch {
      // Being made or taken away by somebody else at this moment.
    }
  }
}
