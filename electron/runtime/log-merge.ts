// Log lines of several sources as one stream in order of time. Within a source its own order is kept, whatever its
// timestamps say; of each source one batch at most is held.
import type { LogLine } from '../core/engine-port.ts';

export type LogSource = AsyncGenerator<readonly LogLine[]>;

// Milliseconds that the lines of others wait for a source that was asked and says nothing. undefined: until it speaks or
// ends, for sources that end.
export interface Patience {
  // For its first lines: the engine has to open the log.
  readonly first: number;
  readonly next: number;
}

// One that had nothing to say for that long most likely has nothing to say the next time either: beside it, a flood
// would have to wait each time.
const patienceWithSilent = 4;

interface Reading {
  readonly source: LogSource;
  readonly place: number;
  state: 'waiting' | 'silent' | 'held' | 'ended';
  batch: readonly LogLine[];
  at: number;
  // Of the line at that place, or of the last one that had a time.
  timestamp: string;
  patience: number;
  askedAt: number;
}

export async function* mergeByTime(
  sources: readonly LogSource[],
  patience: Patience | undefined,
): AsyncGenerator<readonly LogLine[]> {
  const held = new Heap();
  let wake: () => void = () => undefined;
  let failed: { readonly error: unknown } | undefined;

  function ask(reading: Reading): void {
    reading.state = 'waiting';
    reading.askedAt = performance.now();
    reading.source.next().then(
      (result) => {
        if (result.done === true) {
          reading.state = 'ended';
        } else if (result.value.length === 0) {
          ask(reading);
        } else {
          reading.patience = reading.state === 'silent' ? patienceWithSilent : (patience?.next ?? Infinity);
          reading.state = 'held';
          reading.batch = result.value;
          reading.at = 0;
          reading.timestamp = result.value[0]?.timestamp || reading.timestamp;
          held.add(reading);
        }
        wake();
      },
      (error: unknown) => {
        failed ??= { error };
        wake();
      },
    );
  }

  const readings = sources.map((source, place): Reading => {
    const first = patience?.first ?? Infinity;
    return { source, place, state: 'waiting', batch: [], at: 0, timestamp: '', patience: first, askedAt: 0 };
  });
  readings.forEach(ask);
  while (failed === undefined) {
    const waiting = readings.filter(({ state }) => state === 'waiting');
    if (waiting.length === 0 && held.size > 0) {
      yield takeUntilOneIsEmpty(held, ask);
    } else if (readings.every(({ state }) => state === 'ended')) {
      return;
    } else {
      await new Promise<void>((resolve) => {
        const timer = held.size > 0 ? startTimer(waiting, resolve) : undefined;
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  throw failed.error;
}

// Only when the timer has run, which gives what has arrived its turn, is a source called silent.
function startTimer(waiting: readonly Reading[], callback: () => void): NodeJS.Timeout | undefined {
  const ends = Math.min(...waiting.map(({ askedAt, patience }) => askedAt + patience));
  if (ends === Infinity) return undefined;
  return setTimeout(
    () => {
      for (const reading of waiting) {
        if (reading.state === 'waiting' && reading.askedAt + reading.patience <= ends + 1) reading.state = 'silent';
      }
      callback();
    },
    Math.max(0, ends - performance.now()),
  );
}

// The next lines of the one that is empty may be older than what the others have left.
function takeUntilOneIsEmpty(held: Heap, ask: (reading: Reading) => void): readonly LogLine[] {
  const taken: LogLine[] = [];
  for (;;) {
    const first = held.first();
    if (held.size === 1) {
      for (let at = first.at; at < first.batch.length; at += 1) taken.push(first.batch[at] as LogLine);
      first.at = first.batch.length;
    } else {
      taken.push(first.batch[first.at] as LogLine);
      first.at += 1;
    }
    const next = first.batch[first.at];
    if (next === undefined) {
      first.timestamp = taken.at(-1)?.timestamp || first.timestamp;
      first.batch = [];
      held.removeFirst();
      ask(first);
      return taken;
    }
    first.timestamp = next.timestamp || first.timestamp;
    held.firstChanged();
  }
}

// The reading with the oldest line is first.
class Heap {
  readonly #items: Reading[] = [];

  get size(): number {
    return this.#items.length;
  }

  first(): Reading {
    return this.#items[0] as Reading;
  }

  add(reading: Reading): void {
    let at = this.#items.push(reading) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(reading, this.#items[above] as Reading)) break;
      this.#items[at] = this.#items[above] as Reading;
      at = above;
    }
    this.#items[at] = reading;
  }

  removeFirst(): void {
    const last = this.#items.pop();
    if (this.#items.length === 0 || last === undefined) return;
    this.#items[0] = last;
    this.firstChanged();
  }

  firstChanged(): void {
    const items = this.#items;
    const moved = items[0] as Reading;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && isBefore(items[below + 1] as Reading, items[below] as Reading)) below += 1;
      if (!isBefore(items[below] as Reading, moved)) break;
      items[at] = items[below] as Reading;
      at = below;
    }
    items[at] = moved;
  }
}

function isBefore(one: Reading, other: Reading): boolean {
  if (one.timestamp === other.timestamp) return one.place < other.place;
  return one.timestamp < other.timestamp;
}
