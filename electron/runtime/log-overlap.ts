// A log that is read again from its last moment gives the lines of that moment once more. Only those are left out:
// within one reading nothing is, whatever its timestamps say (two streams are not in order; some engines stamp seconds).
import type { LogLine } from '../core/engine-port.ts';

export interface Overlap {
  // Seconds since 1970 from which to read on; undefined while nothing was read.
  since(): number | undefined;
  // The lines that were not given before.
  take(batch: readonly LogLine[]): readonly LogLine[];
  // The next batches come from a new reading.
  readAgain(): void;
}

export function createOverlap(): Overlap {
  let newest = '';
  // How many lines of that moment were given.
  let ofNewest = 0;
  let from = '';
  let toSkip = 0;

  function isRepeat(line: LogLine): boolean {
    if (from === '' || line.timestamp > from) return false;
    if (line.timestamp < from) return true;
    toSkip -= 1;
    return toSkip >= 0;
  }

  return {
    since: () => (newest === '' ? undefined : Math.floor(Date.parse(newest) / 1000)),
    take(batch) {
      const fresh = from === '' ? batch : batch.filter((line) => !isRepeat(line));
      for (const line of fresh) {
        if (line.timestamp > newest) {
          newest = line.timestamp;
          ofNewest = 1;
        } else if (line.timestamp === newest) {
          ofNewest += 1;
        }
      }
      return fresh;
    },
    readAgain() {
      from = newest;
      toSkip = ofNewest;
    },
  };
}
