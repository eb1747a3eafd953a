// Writes a file that only its user can read, whole or not at all. Lines of a log can hold secrets.
import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { FailureError } from '../core/failure.ts';

// Characters at a time: the app goes on answering while much is written.
const pieceSize = 1024 * 1024;

// Throws FailureError file-unwritable; then a file that was there is as it was.
export async function writePrivately(path: string, text: string): Promise<void> {
  // A link stays.
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeWhole(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new FailureError(
      { code: 'file-unwritable', path, detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for (let from = 0; from < text.length; ) {
      let to = Math.min(from + pieceSize, text.length);
      // A character of two halves is not cut in two.
      if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to += 1;
      await file.writeFile(text.slice(from, to));
      from = to;
    }
    await file.sync();
  } finally {
    await file.close();
  }
}
