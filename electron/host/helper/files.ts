// Reading and replacing files of the system: never through a link, never half, never losing what a file is besides its
// text (mode, owner, times, security labels).
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { run } from './programs.ts';
import { Refused } from './refused.ts';

const largestBytes = 1 << 20;

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

// Bytes as latin1, so that any content comes back as it was; undefined where there is no file. Throws on anything that
// could be somebody's trap or that a replacement would not do justice to.
export function readSafely(path: string): string | undefined {
  checkFolder(dirname(path));
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  const unsafe = (why: string) => new Refused('unsafe-file', `${path} ${why}. It is left alone`);
  if (stats.isSymbolicLink()) throw unsafe('is a link to another place');
  if (!stats.isFile()) throw unsafe('is no regular file');
  if (stats.nlink !== 1) throw unsafe('has a second name (a hard link)');
  if (stats.uid !== 0 || (stats.mode & 0o022) !== 0) throw unsafe('can be changed by others than root');
  if (stats.size > largestBytes) throw unsafe('is larger than 1 MiB');
  if (isMountPoint(path)) throw unsafe('is mounted from elsewhere');
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const opened = fstatSync(file);
    if (opened.ino !== stats.ino || !opened.isFile()) throw unsafe('was exchanged at this moment');
    return readFileSync(file, 'latin1');
  } finally {
    closeSync(file);
  }
}

// Nobody but root may be able to put another folder in its place.
export function checkFolder(folder: string): void {
  for (let path = folder; path !== '/'; path = dirname(path)) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (!stats.isDirectory() || stats.uid !== 0 || (stats.mode & 0o022) !== 0) {
      throw new Refused('unsafe-file', `${path} is no folder of root's alone`);
    }
  }
}

function isMountPoint(path: string): boolean {
  if (!existsSync('/proc/self/mountinfo')) return false;
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((row) => row.split(' ')[4] === path);
}

// As root a mode means nothing, but an immutable file or a read-only file system does.
export function checkWritable(path: string): void {
  if (!existsSync(path)) return;
  try {
    closeSync(openSync(path, constants.O_RDWR | constants.O_NOFOLLOW));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why =
      { EPERM: 'is protected (chattr +i)', EROFS: 'is on a read-only file system' }[code] ??
      `cannot be written (${code})`;
    throw new Refused('unsafe-file', `${path} ${why}`);
  }
}

// A copy with everything that belongs to the file, times to the nanosecond included, safely on the disk.
export function copyWhole(from: string, to: string): void {
  rmSync(to, { force: true });
  run({
    program: 'cp',
    args: process.platform === 'linux' ? ['--archive', '--no-target-directory', from, to] : ['-p', from, to],
  });
  flush(to);
  flush(dirname(to));
}

// Makes `to` with this text; with everything else of `like` where that is a file.
export function writeLike(like: string | undefined, to: string, text: string): void {
  rmSync(to, { force: true });
  const isChange = like !== undefined && existsSync(like);
  if (isChange) copyWhole(like, to);
  const flags =
    constants.O_WRONLY | constants.O_NOFOLLOW | (isChange ? constants.O_TRUNC : constants.O_CREAT | constants.O_EXCL);
  const file = openSync(to, flags, 0o644);
  try {
    writeAll(file, Buffer.from(text, 'latin1'));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

export function moveInPlace(from: string, to: string): void {
  renameSync(from, to);
  flush(dirname(to));
}

export function remove(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  rmSync(path);
  flush(dirname(path));
}

// Whether it is gone now.
export function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
  } catch {
    return !existsSync(folder);
  }
  return true;
}

function flush(path: string): void {
  const file = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
