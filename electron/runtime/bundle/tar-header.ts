// Headers of tar archives: what is needed to write a file's, and to read what others wrote. Pure.
import { Buffer } from 'node:buffer';

export const tarBlock = 512;

export interface TarEntry {
  readonly path: string;
  readonly sizeBytes: number;
  // '0' a file, '2' a symbolic link, '5' a folder, 'x' and 'g' further headers, ...
  readonly kind: string;
  // Of a link.
  readonly target: string;
}

// The largest size that fits its field: 8 GiB less a byte.
export const mostFileBytes = 8 ** 11 - 1;

// A regular file of root's that everybody may read.
export function writeTarHeader(path: string, sizeBytes: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(path)) throw new Error(`The path ${path} does not fit a tar archive`);
  if (sizeBytes > mostFileBytes) throw new Error(`${path} is too large for a tar archive`);
  const block = Buffer.alloc(tarBlock);
  block.write(path, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

// undefined: the block is no header. Sizes beyond 8 GiB are written in another way, and are of nobody's here.
export function readTarHeader(block: Buffer): TarEntry | undefined {
  const sizeBytes = octal(block, 124, 12);
  if (octal(block, 148, 8) !== checksum(block) || sizeBytes === undefined) return undefined;
  const prefix = text(block, 257, 5) === 'ustar' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes,
    kind: String.fromCharCode(block[156] || 0x30),
    target: text(block, 157, 100),
  };
}

// Bytes from the end of a file's content to the next header.
export function tarPadding(sizeBytes: number): number {
  return (tarBlock - (sizeBytes % tarBlock)) % tarBlock;
}

// Taken with blanks in its own place.
function checksum(block: Buffer): number {
  return block.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 0x20 : byte), 0);
}

function octal(block: Buffer, at: number, width: number): number | undefined {
  const digits = text(block, at, width).trim();
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function text(block: Buffer, at: number, width: number): string {
  const field = block.subarray(at, at + width);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? width : end);
}
