// How far the log of each container was sent, kept over restarts of the app. Written rarely: what is sent again after a
// crash is dropped by Loki.
import { readFileSync } from 'node:fs';
import { isLogPosition, type LogPosition } from '../../core/telemetry/feed-position.ts';
import type { Clock } from '../runtime-parts.ts';
import { writeAtomically } from '../write-atomically.ts';

export interface LogPositions {
  // {} for a container that was never read.
  get(containerId: string): LogPosition;
  set(containerId: string, position: LogPosition): void;
  // Writes what was not written yet, now.
  save(): void;
}

const writeMilliseconds = 15_000;
// Loki takes nothing older than a week: a position from before says nothing more.
const keptMilliseconds = 8 * 24 * 3_600_000;

export function logPositions(path: string, clock: Clock, log: (line: string) => void): LogPositions {
  const positions = new Map(Object.entries(read(path)));
  let cancel: (() => void) | undefined;
  let hasFailed = false;

  function save(): void {
    if (cancel === undefined) return;
    cancel();
    cancel = undefined;
    const oldest = `${clock.now() - keptMilliseconds}000000`;
    for (const [id, position] of positions) {
      if (Object.values(position).every(({ nanoseconds }) => nanoseconds < oldest)) positions.delete(id);
    }
    try {
      writeAtomically(path, `${JSON.stringify(Object.fromEntries(positions))}\n`);
      hasFailed = false;
    } catch (error) {
      // The next one says the same.
      if (!hasFailed) log(`How far logs were sent could not be written: ${String(error)}`);
      hasFailed = true;
    }
  }

  return {
    get: (containerId) => positions.get(containerId) ?? {},
    set(containerId, position) {
      positions.set(containerId, position);
      cancel ??= clock.after(writeMilliseconds, save);
    },
    save,
  };
}

// A file that is missing or broken means that lines are sent once more.
function read(path: string): Readonly<Record<string, LogPosition>> {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(Object.entries(found).filter(([, position]) => isLogPosition(position)));
  } catch {
    return {};
  }
}
