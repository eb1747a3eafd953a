// What was refused, kept beside the settings: every front end can then say so, also one that never asked a program.
import { readFileSync } from 'node:fs';
import type { OverrideSource, Refusal } from './runtime-parts.ts';
import { writeAtomically } from './write-atomically.ts';

export function refusalFile(path: string): Pick<OverrideSource, 'recall' | 'remember'> {
  let text = '';
  return {
    recall() {
      try {
        text = readFileSync(path, 'utf8');
        const found: unknown = JSON.parse(text);
        return Array.isArray(found) ? found.flatMap(refusalOf) : [];
      } catch {
        // Absent or broken: what is refused will be found out again.
        return [];
      }
    },
    remember(refusals) {
      const now = `${JSON.stringify(refusals, undefined, 2)}\n`;
      if (now === text || (text === '' && refusals.length === 0)) return;
      writeAtomically(path, now);
      text = now;
    },
  };
}

function refusalOf(value: unknown): readonly Refusal[] {
  if (typeof value !== 'object' || value === null) return [];
  const { service, key, words, kept } = value as Record<string, unknown>;
  if (typeof service !== 'string' || typeof key !== 'string' || typeof words !== 'string') return [];
  return [{ service, key, words, ...keptOf(kept) }];
}

function keptOf(value: unknown): Pick<Refusal, 'kept'> {
  if (typeof value !== 'object' || value === null) return {};
  const { running, own } = value as Record<string, unknown>;
  return typeof running === 'string' && typeof own === 'string' ? { kept: { running, own } } : {};
}
