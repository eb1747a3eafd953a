// One small file out of a container, running or not, also where there is no shell in it.
import type { Buffer } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { statusOf } from './failures.ts';

const blockSize = 512;

export async function readFile(docker: Docker, containerId: string, path: string): Promise<string | undefined> {
  try {
    const stream = await docker.getContainer(containerId).getArchive({ path });
    return firstFile(await buffer(stream));
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

// undefined where the path is of something else, such as a folder.
function firstFile(archive: Buffer): string | undefined {
  for (let at = 0; at + blockSize <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    const kind = archive.toString('latin1', at + 156, at + 157);
    const start = at + blockSize;
    if (kind === '0' || kind === '\u0000') return archive.toString('utf8', start, start + size);
    // What an engine tells about the next entry beside what fits into its header.
    if (!['x', 'g', 'L', 'K'].includes(kind)) return undefined;
    at = start + Math.ceil(size / blockSize) * blockSize;
  }
  return undefined;
}
