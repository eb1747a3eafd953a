// The package that build/test.mjs made, and what is in it.
import { readFileSync } from 'node:fs';
import type { MadePackage } from '../../../build/package.mjs';
import { must } from '../../host/support/commands.ts';

export function missingPackage(): string | undefined {
  return process.env['MACULA_NO_PACKAGE'];
}

export function madePackage(): MadePackage {
  const { MACULA_PACKAGE: made } = process.env;
  if (made === undefined) throw new Error('There is no package, or it could not be made: run the tests with npm test');
  return JSON.parse(readFileSync(made, 'utf8')) as MadePackage;
}

export interface PackagedFile {
  readonly mode: string;
  readonly owner: string;
  readonly size: number;
  readonly path: string;
  // What a link points to.
  readonly target: string | undefined;
}

export async function listPackage(file: string): Promise<readonly PackagedFile[]> {
  const printed = await must(['dpkg-deb', '--contents', file]);
  return printed
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [mode = '', owner = '', size = '', , , path = '', , target] = line.split(/\s+/);
      return { mode, owner, size: Number(size), path: path.slice(1), target };
    });
}

// As dpkg would lay it out, below a folder; only its maintainer's scripts have not run.
export async function unpack(file: string, folder: string): Promise<void> {
  await must(['dpkg-deb', '--extract', file, folder]);
}

export async function controlField(file: string, name: string): Promise<string> {
  return (await must(['dpkg-deb', '--field', file, name])).trimEnd();
}
