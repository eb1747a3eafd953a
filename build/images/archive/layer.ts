// A layer on disk, and its digest, which is its name in an image.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type TarEntry, tarStream } from './tar.ts';

export interface Layer {
  readonly file: string;
  // Hexadecimal SHA-256 of the file.
  readonly digest: string;
  readonly size: number;
}

export async function writeLayer(file: string, entries: readonly TarEntry[], signal?: AbortSignal): Promise<Layer> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(
    tarStream(entries),
    async function* measure(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.byteLength;
        yield chunk;
      }
    },
    createWriteStream(file),
    { signal },
  );
  return { file, digest: hash.digest('hex'), size };
}
