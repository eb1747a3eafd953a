// Templates of the user's own: files below one folder, at the paths of the app's templates that they replace.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OverrideSource } from './runtime-api.ts';

export function overrideFolder(folder: string): OverrideSource {
  return {
    folder,
    read: (templates) =>
      Object.fromEntries(
        templates.flatMap((template) => {
          const text = readIfThere(join(folder, template));
          return text === undefined ? [] : [[template, text]];
        }),
      ),
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
