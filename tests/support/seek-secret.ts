// Where a secret can be read by somebody who should not: files, what the engine tells of containers, and what every
// process was started with.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { askEngine, stackContainers } from '../e2e/engine-api.ts';

// Paths below a folder, also in Base64.
export function filesWith(folder: string, secret: string): readonly string[] {
  const forms = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    try {
      const path = join(folder, name);
      if (!statSync(path).isFile()) return false;
      const bytes = readFileSync(path);
      return forms.some((form) => bytes.includes(form));
    } catch {
      // Gone meanwhile, or a socket.
      return false;
    }
  });
}

// What the engine tells of the stack's containers, and what is in their logs.
export async function containersWith(secret: string): Promise<readonly string[]> {
  const found = await Promise.all(
    (await stackContainers()).map(async ({ Id, Names }) => {
      const inspected = JSON.stringify(await askEngine('GET', `/containers/${Id}/json`));
      return inspected.includes(secret) ? Names : [];
    }),
  );
  return found.flat();
}

// Processes of this machine by their number, as far as they may be looked at.
export function processesWith(secret: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((name) =>
      ['environ', 'cmdline'].some((part) => {
        try {
          return readFileSync(`/proc/${name}/${part}`).includes(secret);
        } catch {
          return false;
        }
      }),
    );
}
