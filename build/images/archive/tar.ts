// Writes tar (ustar) with nothing in it that depends on when or by whom it was written.
import { createReadStream } from 'node:fs';

interface EntryBase {
  // Relative, without a leading or trailing slash.
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export interface FolderEntry extends EntryBase {
  readonly kind: 'folder';
}

export interface LinkEntry extends EntryBase {
  readonly kind: 'link';
  readonly target: string;
}

export interface FileEntry extends EntryBase {
  readonly kind: 'file';
  readonly content: Uint8Array | { readonly file: string; readonly size: number };
}

export type TarEntry = FolderEntry | LinkEntry | FileEntry;

const blockSize = 512;
const typeFlags = { file: '0', link: '2', folder: '5' } as const;
// Any fixed moment will do; 2026-01-01 reads better in listings than 1970.
const modified = 1_767_225_600;

export function sizeOf(entry: TarEntry): number {
  if (entry.kind !== 'file') return 0;
  return entry.content instanceof Uint8Array ? entry.content.byteLength : entry.content.size;
}

export async function* tarStream(entries: readonly TarEntry[]): AsyncGenerator<Uint8Array> {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const [index, entry] of sorted.entries()) {
    if (index > 0 && sorted[index - 1]?.path === entry.path) throw new Error(`Twice in one archive: ${entry.path}`);
    yield header(entry);
    if (entry.kind !== 'file') continue;
    yield* contentOf(entry);
    const rest = sizeOf(entry) % blockSize;
    if (rest > 0) yield new Uint8Array(blockSize - rest);
  }
  yield new Uint8Array(2 * blockSize);
}

async function* contentOf(entry: FileEntry): AsyncGenerator<Uint8Array> {
  if (entry.content instanceof Uint8Array) {
    yield entry.content;
    return;
  }
  let written = 0;
  for await (const chunk of createReadStream(entry.content.file, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Uint8Array;
    written += bytes.byteLength;
    yield bytes;
  }
  if (written !== entry.content.size) throw new Error(`${entry.content.file} changed while it was read.`);
}

function header(entry: TarEntry): Uint8Array {
  const block = Buffer.alloc(blockSize);
  const { prefix, name } = split(entry.kind === 'folder' ? `${entry.path}/` : entry.path);
  block.write(name, 0, 100, 'utf8');
  octal(block, 100, 8, entry.mode);
  octal(block, 108, 8, entry.uid);
  octal(block, 116, 8, entry.gid);
  octal(block, 124, 12, sizeOf(entry));
  octal(block, 136, 12, modified);
  block.fill(' ', 148, 156);
  block.write(typeFlags[entry.kind], 156, 'latin1');
  if (entry.kind === 'link') {
    if (Buffer.byteLength(entry.target) > 100) throw new Error(`Too long for a link: ${entry.target}`);
    block.write(entry.target, 157, 100, 'utf8');
  }
  block.write('ustar\u000000', 257, 'latin1');
  octal(block, 329, 8, 0);
  octal(block, 337, 8, 0);
  block.write(prefix, 345, 155, 'utf8');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return block;
}

function octal(block: Buffer, offset: number, length: number, value: number): void {
  const digits = value.toString(8).padStart(length - 1, '0');
  if (digits.length > length - 1) throw new Error(`Too large for a tar header: ${value}`);
  block.write(`${digits}\u0000`, offset, 'latin1');
}

// A name of up to 100 bytes, and what comes before it, up to 155, ending at a slash.
function split(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  for (let slash = path.indexOf('/'); slash > 0 && slash < path.length - 1; slash = path.indexOf('/', slash + 1)) {
    const prefix = path.slice(0, slash);
    const name = path.slice(slash + 1);
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return { prefix, name };
  }
  throw new Error(`Too long for a tar header: ${path}`);
}
