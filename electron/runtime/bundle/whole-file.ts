// A file that appears whole under its name, or not at all: it is written beside its place and moved there at the end.
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../core/failure.ts';
import { size } from '../../core/import-refusal.ts';

const ending = '.macula-partial';

export async function writeWholeFile(
  path: string,
  neededBytes: number,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  const partial = join(
    folder,
    `.${basename(path).slice(0, 100)}-${process.pid}-${randomBytes(4).toString('hex')}${ending}`,
  );
  let file: FileHandle | undefined;
  try {
    await requireReplaceable(path);
    await removeLeftBehind(folder);
    await requireRoom(path, neededBytes);
    file = await open(partial, 'wx+', 0o644);
    await write(file);
    await file.sync();
    await file.close();
    await rename(partial, path);
    await syncFolder(folder);
  } catch (error) {
    await file?.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw toFailure(error, path);
  }
}

// Root could put a file in the place of a device.
async function requireReplaceable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  const detail = found.isDirectory() ? 'it is a folder' : 'what is there is no ordinary file';
  throw new FailureError({ code: 'bundle-failed', path, problem: 'unwritable', detail });
}

async function requireRoom(path: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path));
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  const detail = `it needs about ${size(neededBytes)}, and ${size(free)} are free`;
  throw new FailureError({ code: 'bundle-failed', path, problem: 'no-room', detail });
}

// Of a program that was killed while it wrote.
async function removeLeftBehind(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = /-(\d+)-[0-9a-f]{8}\.macula-partial$/.exec(name)?.[1];
    if (writer === undefined || !name.startsWith('.') || isAlive(Number(writer))) continue;
    await rm(join(folder, name), { force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as { readonly code?: string }).code === 'EPERM';
  }
}

// The new name outlives a loss of power. Not every system opens folders.
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r').catch(() => undefined);
  await opened?.sync().catch(() => undefined);
  await opened?.close();
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be written there',
  EPERM: 'it may not be written there',
  EROFS: 'nothing can be written there',
};

function toFailure(error: unknown, path: string): unknown {
  const { code, syscall } = error as { readonly code?: string; readonly syscall?: string };
  if (error instanceof FailureError || code === undefined || syscall === undefined) return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  const problem = isFull ? 'no-room' : 'unwritable';
  const detail = isFull ? 'the disk was full before it was finished' : (words[code] ?? code);
  return new FailureError({ code: 'bundle-failed', path, problem, detail }, { cause: error });
}
