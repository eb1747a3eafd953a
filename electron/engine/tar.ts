// The smallest tar that engines take: regular files in the ustar format, owned by root unless told otherwise, the same bytes every time.
import { Buffer } from 'node:buffer';

const blockSize = 512;

export interface TarFile {
  // Absolute or relative to the folder it is unpacked in.
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly mode: number;
  // Number of a user; 0 unless given.
  readonly owner?: number;
}

// Parent folders are not written: an engine makes missing ones readable by everybody, and an entry for one that
// exists would take it from the user whom the image gave it to.
export function writeTar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap((file) => {
    const content = Buffer.from(file.content as string);
    return [header(file, content.length), content, Buffer.alloc(padding(content.length))];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * blockSize)]);
}

function header(file: TarFile, size: number): Buffer {
  const { name, prefix } = splitPath(file.path.replace(/^\/+/, ''));
  const block = Buffer.alloc(blockSize);
  block.write(name, 0, 100);
  block.write(octal(file.mode & 0o7777, 8), 100);
  const owner = file.owner ?? 0;
  block.write(octal(owner, 8), 108);
  block.write(octal(owner, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  // The checksum is taken with blanks in its own place.
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257, 'latin1');
  // A name would count for more than the number.
  if (owner === 0) {
    block.write('root', 265);
    block.write('root', 297);
  }
  block.write(prefix, 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return block;
}

// A name holds 100 bytes, and 155 more before a slash.
function splitPath(path: string): { readonly name: string; readonly prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' };
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const prefix = path.slice(0, at);
    const name = path.slice(at + 1);
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return { name, prefix };
  }
  throw new Error(`The path ${path} is too long for a tar archive`);
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\u0000`;
}

function padding(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}
