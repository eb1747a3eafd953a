// What one view keeps, shows and finds: the ring, through the filter, through the search.
import type { LogLine } from '../../electron/core/engine-port.ts';
import { plainText } from './display-text.ts';
import { everyLine, type LineFilter, passes } from './line-filter.ts';
import { LogRing } from './log-ring.ts';
import type { OrderedLines } from './ordered-lines.ts';
import type { Search } from './search/search.ts';
import { type LineTest, Sieve } from './sieve.ts';

// Milliseconds of a frame.
const workOfFrame = 40;

export class LogLines {
  readonly ring: LogRing;
  // Shown ones that came since pause().
  newLines = 0;
  #pausedKey = Number.POSITIVE_INFINITY;
  #filter: LineFilter = everyLine;
  #search: Search | undefined;
  #isOnlyFound = false;
  #shown: Sieve;
  #found: Sieve | undefined;

  constructor(capacity: number) {
    this.ring = new LogRing(capacity);
    this.#shown = new Sieve(() => true);
  }

  get shown(): OrderedLines {
    return this.#shown.lines;
  }

  // undefined: nothing is searched for.
  get found(): OrderedLines | undefined {
    return this.#found?.lines;
  }

  get search(): Search | undefined {
    return this.#search;
  }

  append(lines: readonly LogLine[]): void {
    this.#shown.add(this.ring.append(lines));
  }

  setFilter(filter: LineFilter): void {
    this.#filter = filter;
    this.#restart();
  }

  // isOnlyFound: other lines are not shown.
  setSearch(search: Search | undefined, isOnlyFound: boolean): void {
    const wasOnlyFound = this.#isOnlyFound && this.#search !== undefined;
    this.#search = search;
    this.#isOnlyFound = isOnlyFound;
    if (wasOnlyFound || (isOnlyFound && search !== undefined)) this.#restart();
    else this.#searchAnew();
  }

  clear(): void {
    this.ring.clear();
    this.#restart();
  }

  pause(): void {
    if (this.#pausedKey === Number.POSITIVE_INFINITY) this.#pausedKey = this.ring.lastKey;
  }

  resume(): void {
    this.#pausedKey = Number.POSITIVE_INFINITY;
    this.newLines = 0;
  }

  // Does what waits, for one frame's time at most; false: more waits.
  advance(now: () => number = () => performance.now()): boolean {
    const end = now() + workOfFrame;
    const isTimeOver = () => now() >= end;
    const oldest = this.ring.lines.at(0);
    const fresh = this.#shown.advance(oldest, isTimeOver);
    for (const line of fresh) if (line.key > this.#pausedKey) this.newLines += 1;
    if (this.#found === undefined || this.#found === this.#shown) return this.#shown.isDone;
    this.#found.add(fresh);
    this.#found.advance(oldest, isTimeOver);
    return this.#shown.isDone && this.#found.isDone;
  }

  #restart(): void {
    const filter = this.#filter;
    const search = this.#isOnlyFound ? this.#search : undefined;
    this.#shown = new Sieve(
      (line, rest) => passes(filter, line) && (search?.finds(plainText(line.text), rest) ?? true),
    );
    this.#shown.add(this.ring.slice(0, this.ring.size));
    this.newLines = 0;
    this.#searchAnew();
  }

  #searchAnew(): void {
    const search = this.#search;
    if (search === undefined) this.#found = undefined;
    else if (this.#isOnlyFound) this.#found = this.#shown;
    else {
      const test: LineTest = (line, rest) => search.finds(plainText(line.text), rest);
      this.#found = new Sieve(test);
      this.#found.add(this.shown.slice(0, this.shown.size));
    }
  }
}
