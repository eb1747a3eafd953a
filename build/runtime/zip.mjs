import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';

// A bare Debian has no unzip, and this archive holds ten times more than we want of it. The fields read here are those
// of APPNOTE.TXT 4.3; archives over 4 GiB or 65,535 entries (ZIP64) are refused by the checks on what is found.

const endLength = 22;
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const entryLength = 46;
const localLength = 30;

/**
 * @param {number} file
 * @param {number} position
 * @param {number} length
 */
function read(file, position, length) {
  const buffer = Buffer.alloc(length);
  if (readSync(file, buffer, 0, length, position) !== length) throw new Error('The archive ends too early');
  return buffer;
}

/** @param {number} file */
function readDirectory(file) {
  const size = fstatSync(file).size;
  // A comment of up to 64 KiB may follow the end record.
  const tailLength = Math.min(size, endLength + 0xffff);
  const tail = read(file, size - tailLength, tailLength);
  for (let at = tailLength - endLength; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endSignature) continue;
    return read(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  }
  throw new Error('This is not a zip archive');
}

/** @param {Buffer} directory */
function* entries(directory) {
  for (let at = 0; at < directory.length; ) {
    if (directory.readUInt32LE(at) !== entrySignature) throw new Error('The directory of the archive is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    yield {
      name: directory.toString('utf8', at + entryLength, at + entryLength + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt16LE(at + 40) & 0o777,
      position: directory.readUInt32LE(at + 42),
    };
    at += entryLength + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

/**
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where an entry goes inside the folder; undefined leaves it out
 */
export function extractZip(archive, folder, place) {
  const file = openSync(archive, 'r');
  try {
    for (const entry of entries(readDirectory(file))) {
      const name = place(entry.name);
      if (name === undefined || entry.name.endsWith('/')) continue;
      if (normalize(name).startsWith('..')) throw new Error(`The archive reaches outside its folder: ${name}`);
      const local = read(file, entry.position, localLength);
      const start = entry.position + localLength + local.readUInt16LE(26) + local.readUInt16LE(28);
      const packed = read(file, start, entry.packedSize);
      const content = entry.method === 0 ? packed : inflateRawSync(packed);
      if (content.length !== entry.size) throw new Error(`The archive is damaged at ${entry.name}`);
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content, { mode: entry.mode });
    }
  } finally {
    closeSync(file);
  }
}
