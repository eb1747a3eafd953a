// Files in running containers, past the app: as archives, through the engine.
import { request } from 'node:http';
import { writeTar } from '../../../electron/engine/tar.ts';
import { engineSocket } from '../../e2e/engine-api.ts';

const blockBytes = 512;

async function readContainerFile(container: string, path: string): Promise<string> {
  const archive = await ask('GET', container, path);
  // A header of one block says in octal how long the content behind it is.
  const size = Number.parseInt(archive.subarray(124, 136).toString(), 8);
  return archive.subarray(blockBytes, blockBytes + size).toString();
}

export async function writeContainerFile(container: string, path: string, content: string): Promise<void> {
  await ask('PUT', container, '/', writeTar([{ path, content, mode: 0o644 }]));
}

// The file has its former content again afterwards, whatever comes of the work.
export async function whileChanged(
  file: { readonly container: string; readonly path: string },
  change: (own: string) => string,
  work: () => Promise<void>,
): Promise<void> {
  const own = await readContainerFile(file.container, file.path);
  try {
    await writeContainerFile(file.container, file.path, change(own));
    await work();
  } finally {
    await writeContainerFile(file.container, file.path, own);
  }
}

function ask(method: string, container: string, path: string, body?: Uint8Array): Promise<Buffer> {
  const url = `/containers/${container}/archive?${new URLSearchParams({ path })}`;
  const headers = { 'Content-Type': 'application/x-tar' };
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: engineSocket, method, path: url, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const answer = Buffer.concat(chunks);
        if ((response.statusCode ?? 500) < 400) resolve(answer);
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${answer.toString()}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
