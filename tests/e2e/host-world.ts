// Files of this machine as the app and its root program see them, and as nothing else does: in a mount namespace copies
// lie over /etc and /var/lib. There sudo is at hand for whoever types a line, and no program that asks by a window.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Started, start } from '../support/child-process.ts';
import { differences, snapshot, type Tree } from '../helper/support/tree.ts';
import { must } from '../host/support/commands.ts';
import { waitUntil } from './wait-until.ts';

export interface HostWorld {
  // To be put in front of a program.
  readonly inside: readonly string[];
  // A program that starts this one in there.
  launcher(program: string): string;
  // A line as root would type it.
  type(line: string): Promise<string>;
  hosts(): string;
  writeHosts(text: string): void;
  tree(): Tree;
  changedSince(before: Tree): readonly string[];
  close(): Promise<void>;
}

// Why there can be none, or undefined.
export const missingForWorld =
  process.getuid?.() === 0 ? undefined : 'other files over those of this machine need root to lay them there';

const layOut = (folder: string) => `
  set -e
  mount --make-rprivate /
  mkdir ${folder}/var-lib ${folder}/programs ${folder}/hidden
  cp --archive /etc ${folder}/etc
  printf '#!/bin/sh\\nexec "$@"\\n' >${folder}/programs/sudo
  chmod 755 ${folder}/programs/sudo
  mount -t overlay overlay -o lowerdir=${folder}/programs:/usr/local/bin /usr/local/bin
  if [ -e /usr/bin/pkexec ]; then
    mknod ${folder}/hidden/pkexec c 0 0
    mount -t overlay overlay -o lowerdir=${folder}/hidden:/usr/bin /usr/bin
  fi
  mount --bind ${folder}/etc /etc
  mount --bind ${folder}/var-lib /var/lib
  touch ${folder}/ready
  exec sleep infinity
`;

export async function createHostWorld(): Promise<HostWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'macula-world-'));
  chmodSync(folder, 0o755);
  const holder: Started = start('unshare', ['--mount', 'sh', '-c', layOut(folder)], { stdio: 'inherit' });
  await waitUntil('the files are laid out', () => existsSync(join(folder, 'ready')) || undefined, 10);
  const inside = ['nsenter', `--target=${holder.process.pid}`, '--mount', '--'];
  const hostsFile = join(folder, 'etc/hosts');
  const tree = () => snapshot({ '/etc': join(folder, 'etc'), '/var/lib': join(folder, 'var-lib') });
  return {
    inside,
    launcher(program) {
      const path = join(folder, 'launcher');
      writeFileSync(path, `#!/bin/sh\nexec ${inside.join(' ')} '${program}' "$@"\n`, { mode: 0o755 });
      return path;
    },
    type: (line) => must([...inside, 'env', '-i', 'PATH=/usr/local/bin:/usr/sbin:/usr/bin:/bin', 'sh', '-c', line]),
    hosts: () => readFileSync(hostsFile, 'utf8'),
    writeHosts: (text) => writeFileSync(hostsFile, text),
    tree,
    changedSince: (before) => differences(before, tree()),
    async close() {
      await holder.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
