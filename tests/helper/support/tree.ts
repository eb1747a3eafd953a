// All that makes up a file tree: what is there, content, mode, owner and the times of the files to the nanosecond.
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export type Tree = ReadonlyMap<string, string>;

export function snapshot(folders: Readonly<Record<string, string>>): Tree {
  const found = new Map<string, string>();
  for (const [shown, folder] of Object.entries(folders)) add(found, shown, folder);
  return found;
}

function add(found: Map<string, string>, shown: string, path: string): void {
  const stats = lstatSync(path, { bigint: true });
  const common = `${stats.mode.toString(8)} ${stats.uid}:${stats.gid}`;
  if (stats.isDirectory()) {
    // A folder's own times tell only that names in it came and went.
    found.set(shown, common);
    for (const name of readdirSync(path)) add(found, `${shown}/${name}`, join(path, name));
  } else if (stats.isFile()) {
    const content = createHash('sha256').update(readFileSync(path)).digest('hex');
    found.set(shown, `${common} ${stats.mtimeNs} ${content}`);
  } else {
    found.set(shown, `${common} ${stats.isSymbolicLink() ? readlinkSync(path) : ''}`);
  }
}

// One line for each path that is not the same; empty when nothing is.
export function differences(
  before: Tree,
  after: Tree,
  isOf: (path: string) => boolean = () => true,
): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(isOf).sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${before.get(path) ?? 'absent'} -> ${after.get(path) ?? 'absent'}`);
}
