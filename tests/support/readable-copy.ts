import { cpSync, linkSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether every user of the machine can follow the path to its end. */
export function isReadableByAll(path: string): boolean {
  const { mode } = statSync(path);
  const isOpen = (mode & 0o001) !== 0;
  const parent = dirname(path);
  return isOpen && (parent === path || isReadableByAll(parent));
}

/** What Electron needs to run the application: a few megabytes. */
export function copyApplication(checkout: string, target: string): string {
  for (const name of ['package.json', 'resources', 'dist']) {
    cpSync(join(checkout, name), join(target, name), {
      recursive: true,
      filter: (source) => !source.startsWith(join(checkout, 'dist/types')),
    });
  }
  return target;
}

function link(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // On another file system.
    cpSync(source, target);
  }
}

/** The same files under a second path: no bytes are copied where links can be made. */
export function copyByLinks(source: string, target: string): string {
  mkdirSync(target);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) copyByLinks(from, to);
    else link(from, to);
  }
  return target;
}
