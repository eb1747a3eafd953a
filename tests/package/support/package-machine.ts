// A test machine with what the package depends on, and the package within its reach.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { must } from '../../host/support/commands.ts';
import { bootMachine, type Machine, missingForMachine } from '../../host/support/machine.ts';
import { missingPackage } from './package-under-test.ts';

export function missingForPackageMachine(): string | undefined {
  return missingPackage() ?? missingForMachine();
}

export async function bootPackageMachine(): Promise<Machine> {
  // This file's own: the machines of other tests start without a desktop.
  process.env['MACULA_TEST_MACHINE'] = process.env['MACULA_PACKAGE_MACHINE'];
  return bootMachine();
}

// Into the machine, where apt finds it.
export function bring(machine: Machine, file: string): string {
  const path = join('/var/tmp', basename(file));
  copyFileSync(file, join(machine.root, path));
  return path;
}

// The same files as another version: only what dpkg is told is written anew.
export async function asVersion(file: string, version: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'macula-version-'));
  const parts = (await must(['ar', 't', file])).trim().split('\n');
  const [control = '', data = ''] = ['control.', 'data.'].map(
    (start) => parts.find((part) => part.startsWith(start)) ?? '',
  );
  await must([
    'sh',
    '-c',
    'cd "$1" && ar x "$2" && mkdir control && tar --extract --file "$3" --directory control',
    'sh',
    folder,
    file,
    control,
  ]);
  const text = join(folder, 'control/control');
  writeFileSync(text, readFileSync(text, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
  const pack =
    'cd "$1" && tar --create --owner=0 --group=0 --file control.tar --directory control . && ar rc "$3" debian-binary control.tar "$2" && rm -rf control "$2"';
  const target = join(folder, `macula-desktop_${version}_amd64.deb`);
  await must(['sh', '-c', pack, 'sh', folder, data, target]);
  return target;
}

export function forget(file: string): void {
  rmSync(join(file, '..'), { recursive: true, force: true });
}

// Everything that an installation could leave behind: kind, mode, owner and content of each file, and the packet
// filter's rules. Dpkg's and apt's own books are no part of it, nor what runs leave in logs and caches.
export async function snapshot(machine: Machine): Promise<readonly string[]> {
  const places = '/etc /usr /opt /var/lib';
  // The checkout's own programs, and a Node.
  const lent = '/opt/macula /opt/node';
  const books = '/var/lib/dpkg /var/lib/apt /var/lib/systemd /var/lib/docker /usr/share/mime /etc/ld.so.cache';
  const left = `${books} ${lent}`.split(' ').map((path) => `-path ${path} -prune -o`);
  const files = await machine.must(['sh', '-c', `find ${places} ${left.join(' ')} -printf '%y %m %U:%G %p %l\\n'`]);
  const prune = left.join(' ');
  const sums = await machine.must([
    'sh',
    '-c',
    `find ${places} ${prune} -type f -print0 | xargs -0 -P 2 -n 500 sha1sum`,
  ]);
  const rules = await machine.must(['nft', '--stateless', 'list', 'ruleset']);
  return [...`${files}${sums}`.trimEnd().split('\n').sort(), ...rules.trimEnd().split('\n')];
}

// Short enough to read when there is one.
export function difference(before: readonly string[], after: readonly string[]): readonly string[] {
  const [were, are] = [new Set(before), new Set(after)];
  return [
    ...before.filter((line) => !are.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !were.has(line)).map((line) => `+ ${line}`),
  ];
}
