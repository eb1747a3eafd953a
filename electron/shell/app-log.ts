// The app's own log: one line an entry, two files at most. Nothing secret is ever handed to it.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const maximumBytes = 1_000_000;

export function createAppLog(path: string, now: () => Date = () => new Date()): (line: string) => void {
  let size: number | undefined;
  return (line) => {
    const entry = `${now().toISOString()} ${line.replaceAll(/[\r\n]+/g, ' | ')}\n`;
    try {
      size ??= openSize(path);
      if (size + entry.length > maximumBytes && size > 0) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, entry, { mode: 0o600 });
      size += entry.length;
    } catch {
      // A full disk must not take the app down with it.
    }
  };
}

function openSize(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
