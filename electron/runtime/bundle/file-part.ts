// A part of an open file, read in order and counted.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

export interface FilePart {
  readonly file: FileHandle;
  readonly offset: number;
  readonly sizeBytes: number;
}

// Told of bytes as they are read.
export type OnBytes = (count: number) => void;

const chunkBytes = 256 * 1024;

export class TruncatedError extends Error {}

// Each piece is valid until the next one is asked for.
export async function* readPart(part: FilePart, signal: AbortSignal, onBytes?: OnBytes): AsyncGenerator<Buffer> {
  for (let at = 0; at < part.sizeBytes; ) {
    signal.throwIfAborted();
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, part.sizeBytes - at));
    const { bytesRead } = await part.file.read(chunk, 0, chunk.length, part.offset + at);
    if (bytesRead === 0) throw new TruncatedError('the file ends too early');
    at += bytesRead;
    onBytes?.(bytesRead);
    yield chunk.subarray(0, bytesRead);
  }
}

export async function readWhole(part: FilePart): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readPart(part, new AbortController().signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// sha256 as hex.
export async function hashPart(part: FilePart, signal: AbortSignal, onBytes?: OnBytes): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of readPart(part, signal, onBytes)) hash.update(chunk);
  return hash.digest('hex');
}
