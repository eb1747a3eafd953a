// The newest lines of one view, in order of time, bounded. What falls out is counted.
import type { LogLine } from '../../electron/core/engine-port.ts';
import { lineTime } from './line-time.ts';

export interface KeptLine extends LogLine {
  // Unique and never used again: what a row is known by.
  readonly key: number;
  // Milliseconds since 1970, with a fraction; that of the line before where the engine gave none.
  readonly at: number;
}

interface LastLine {
  readonly at: number;
  readonly timestamp: string;
}

export class LogRing {
  readonly capacity: number;
  // How many fell out since the last clear().
  dropped = 0;
  // How many were ever added since the last clear().
  added = 0;
  #lines: KeptLine[] = [];
  #start = 0;
  #nextKey = 1;
  #last = new Map<string, LastLine>();
  // Set while a stream that was opened again repeats what is here already.
  #repeated = new Map<string, LastLine>();

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.#lines.length - this.#start;
  }

  at(index: number): KeptLine | undefined {
    return this.#lines[this.#start + index];
  }

  slice(from: number, to: number): readonly KeptLine[] {
    return this.#lines.slice(this.#start + Math.max(0, from), this.#start + Math.min(this.size, to));
  }

  append(lines: readonly LogLine[]): void {
    const fresh: KeptLine[] = [];
    for (const line of lines) {
      const parsed = lineTime(line.timestamp);
      const at = Number.isNaN(parsed) ? (this.#last.get(line.service)?.at ?? 0) : parsed;
      if (this.#isRepeated(line, at)) continue;
      this.#last.set(line.service, { at, timestamp: line.timestamp });
      fresh.push({ ...line, at, key: this.#nextKey });
      this.#nextKey += 1;
    }
    if (fresh.length === 0) return;
    this.added += fresh.length;
    this.#merge(fresh);
    this.#trim();
  }

  // The same services are about to be read again from some lines back.
  expectRepetition(): void {
    this.#repeated = new Map(this.#last);
  }

  clear(): void {
    this.#lines = [];
    this.#start = 0;
    this.dropped = 0;
    this.added = 0;
    this.#repeated.clear();
  }

  #isRepeated(line: LogLine, at: number): boolean {
    const last = this.#repeated.get(line.service);
    if (last === undefined) return false;
    if (at < last.at || (at === last.at && line.timestamp <= last.timestamp)) return true;
    this.#repeated.delete(line.service);
    return false;
  }

  // Streams of several services overlap by little, so nearly always this touches only the end.
  #merge(fresh: KeptLine[]): void {
    if (fresh.some((line, index) => index > 0 && line.at < (fresh[index - 1]?.at ?? 0))) {
      fresh.sort((a, b) => a.at - b.at || a.key - b.key);
    }
    const first = fresh[0]?.at ?? 0;
    let place = this.#lines.length;
    while (place > this.#start && (this.#lines[place - 1]?.at ?? 0) > first) place -= 1;
    if (place === this.#lines.length) {
      for (const line of fresh) this.#lines.push(line);
      return;
    }
    const later = this.#lines.splice(place);
    let next = 0;
    for (const line of later) {
      for (let other = fresh[next]; other !== undefined && other.at < line.at; other = fresh[next]) {
        this.#lines.push(other);
        next += 1;
      }
      this.#lines.push(line);
    }
    for (; next < fresh.length; next += 1) this.#lines.push(fresh[next] as KeptLine);
  }

  #trim(): void {
    const excess = this.size - this.capacity;
    if (excess <= 0) return;
    this.#start += excess;
    this.dropped += excess;
    // Moving the array at every line would cost more than the room it gives back.
    if (this.#start > this.capacity / 2) {
      this.#lines = this.#lines.slice(this.#start);
      this.#start = 0;
    }
  }
}
