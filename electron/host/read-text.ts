// Small files of the system, which may be absent or closed to this user. At once: they come from memory, and a few
// dozen of them would only wait for each other in Node's pool of threads, behind names that are being looked up.
import { readdirSync, readFileSync, realpathSync } from 'node:fs';

const largestBytes = 1 << 20;

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').slice(0, largestBytes);
  } catch {
    return undefined;
  }
}

export function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

// Where a path leads in the end.
export function endOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
