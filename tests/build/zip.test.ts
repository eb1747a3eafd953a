import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { extractZip } from '../../build/runtime/zip.mjs';

interface Entry {
  readonly name: string;
  readonly content: string;
  readonly mode: number;
  readonly isPacked: boolean;
}

function header(entry: Entry, packed: Buffer, signature: number, length: number): Buffer {
  const isDirectory = signature === 0x02014b50;
  const buffer = Buffer.alloc(length);
  const shift = isDirectory ? 2 : 0;
  buffer.writeUInt32LE(signature, 0);
  buffer.writeUInt16LE(entry.isPacked ? 8 : 0, 8 + shift);
  buffer.writeUInt32LE(crc32(entry.content), 14 + shift);
  buffer.writeUInt32LE(packed.length, 18 + shift);
  buffer.writeUInt32LE(Buffer.byteLength(entry.content), 22 + shift);
  buffer.writeUInt16LE(Buffer.byteLength(entry.name), 26 + shift);
  return buffer;
}

function archive(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const entry of entries) {
    const packed = entry.isPacked ? deflateRawSync(entry.content) : Buffer.from(entry.content);
    const local = Buffer.concat([header(entry, packed, 0x04034b50, 30), Buffer.from(entry.name), packed]);
    const central = header(entry, packed, 0x02014b50, 46);
    central.writeUInt32LE((0o100000 | entry.mode) * 0x10000, 38);
    central.writeUInt32LE(position, 42);
    directory.push(central, Buffer.from(entry.name));
    files.push(local);
    position += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...files, list, end]);
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-zip-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function extract(bytes: Buffer, place: (name: string) => string | undefined = (name) => name): void {
  writeFileSync(join(folder, 'archive.zip'), bytes);
  extractZip(join(folder, 'archive.zip'), join(folder, 'out'), place);
}

test('packed and stored files come out with their mode, chosen and renamed', () => {
  const entries = [
    { name: 'App/', content: '', mode: 0o755, isPacked: false },
    { name: 'App/App', content: 'program '.repeat(1000), mode: 0o755, isPacked: true },
    { name: 'App/deep/notes.txt', content: 'words', mode: 0o644, isPacked: false },
    { name: 'App/resources/other', content: 'not wanted', mode: 0o644, isPacked: true },
  ];
  extract(archive(entries), (name) => (name.includes('resources') ? undefined : name.replace(/^App\/(App$)?/, '$1')));
  expect(readFileSync(join(folder, 'out/App'), 'utf8')).toBe('program '.repeat(1000));
  expect(statSync(join(folder, 'out/App')).mode & 0o777).toBe(0o755);
  expect(readFileSync(join(folder, 'out/deep/notes.txt'), 'utf8')).toBe('words');
  expect(statSync(join(folder, 'out'), { throwIfNoEntry: false })?.isDirectory()).toBe(true);
  expect(() => statSync(join(folder, 'out/resources'))).toThrow('ENOENT');
});

test('a name that leaves the folder is refused', () => {
  const entries = [{ name: '../outside', content: 'x', mode: 0o644, isPacked: false }];
  expect(() => extract(archive(entries))).toThrow('The archive reaches outside its folder: ../outside');
});

test('a broken archive is refused', () => {
  const whole = archive([{ name: 'one', content: 'x'.repeat(100), mode: 0o644, isPacked: false }]);
  expect(() => extract(Buffer.from('no archive at all, but long enough to look'))).toThrow('This is not a zip archive');
  expect(() => extract(whole.subarray(0, whole.length - 30))).toThrow('This is not a zip archive');
});
