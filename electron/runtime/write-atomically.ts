// A file is either the old one or the new one, whatever happens in between.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

// A file that is there keeps its mode, unless one is given.
export function writeAtomically(path: string, text: string, mode?: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const target = throughLink(path);
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeWhole(temporary, text, mode ?? modeOf(target));
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeWhole(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    // Else a power cut may leave the new name on an empty file.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

// People keep settings in a folder of their own and link to it: the link stays.
function throughLink(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function modeOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600) & 0o777;
}
