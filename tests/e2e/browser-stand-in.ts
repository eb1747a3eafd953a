// Stands in for the user's browser: a program by the name of the desktop's opener that writes down what it was given.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BrowserStandIn {
  // First in PATH, it is found before the real one.
  readonly folder: string;
  opened(): readonly string[];
}

export function createBrowserStandIn(parent: string): BrowserStandIn {
  const folder = join(parent, 'stand-ins');
  const record = join(folder, 'opened');
  mkdirSync(folder);
  writeFileSync(record, '');
  // The app runs as another user than the test.
  chmodSync(record, 0o666);
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${record}'\n`);
  chmodSync(join(folder, 'xdg-open'), 0o755);
  return {
    folder,
    opened: () =>
      existsSync(record)
        ? readFileSync(record, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
        : [],
  };
}
