// What there is to look at on a machine, so that what is concluded from it can be tried with machines that are not here.
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { FileLook } from './hosts-file.ts';
import { vpnInterfaces } from './lan-network.ts';
import { endOf, listFolder, readText } from './read-text.ts';
import { runProgram } from './run-program.ts';

export interface SystemView {
  readonly platform: 'linux' | 'darwin';
  text(path: string): string | undefined;
  names(folder: string): readonly string[];
  exists(path: string): boolean;
  // Where a link leads in the end; undefined for what is no link.
  target(path: string): string | undefined;
  look(path: string): FileLook | undefined;
  addresses(): readonly string[];
  vpns(): readonly string[];
  // What a program printed; undefined when it is not there, fails or takes long.
  run(argv: readonly string[]): Promise<string | undefined>;
}

// Long for what only reads, and short for somebody who waits.
const limitMilliseconds = 3000;

export function thisSystem(): SystemView {
  return {
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    text: readText,
    names: listFolder,
    exists: existsSync,
    target: (path) => (lookAt(path)?.link === undefined ? undefined : endOf(path)),
    look: lookAt,
    addresses: () =>
      Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address)),
    vpns: vpnInterfaces,
    async run(argv) {
      const { code, stdout, isCut } = await runProgram(argv, { limitMilliseconds });
      return code === 0 && !isCut ? stdout : undefined;
    },
  };
}

function lookAt(path: string): FileLook | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return {
    ...(stats.isSymbolicLink() ? { link: readlinkSync(path) } : {}),
    isFile: stats.isFile(),
    links: stats.nlink,
    owner: stats.uid,
    mode: stats.mode,
    size: stats.size,
  };
}
