// The newest lines of one view, in order of time, bounded in number and in characters. What falls out is counted.
import type { LogLine } from '../../electron/core/engine-port.ts';
import { type LogLevel, levelOf } from '../../electron/core/log-level.ts';
import { lineTime } from './line-time.ts';
import { OrderedLines } from './ordered-lines.ts';

export interface KeptLine extends LogLine {
  // Unique and never used again: what a row is known by.
  readonly key: number;
  // Milliseconds since 1970, with a fraction; that of the line before where the engine gave none.
  readonly at: number;
  readonly level: LogLevel | undefined;
}

interface LastLine {
  readonly at: number;
  readonly timestamp: string;
  // Lines with this very timestamp.
  count: number;
}

// 50,000 lines of a megabyte would fill the memory.
const mostCharacters = 64 * 1024 * 1024;

export class LogRing {
  // How many fell out since the last clear().
  dropped = 0;
  // How many were ever added since the last clear().
  added = 0;
  readonly lines = new OrderedLines();
  // Kept lines of each level.
  readonly levels = new Map<LogLevel | undefined, number>();
  #capacity: number;
  readonly #mostCharacters: number;
  #characters = 0;
  #nextKey = 1;
  #last = new Map<string, LastLine>();
  // Set while a stream that was opened again repeats what is here already.
  #repeated = new Map<string, LastLine>();

  constructor(capacity: number, most = mostCharacters) {
    this.#capacity = capacity;
    this.#mostCharacters = most;
  }

  get size(): number {
    return this.lines.size;
  }

  get capacity(): number {
    return this.#capacity;
  }

  // Of the line that came last.
  get lastKey(): number {
    return this.#nextKey - 1;
  }

  slice(from: number, to: number): readonly KeptLine[] {
    return this.lines.slice(from, to);
  }

  // Returns those that are new; some of them may have fallen out already.
  append(lines: readonly LogLine[]): readonly KeptLine[] {
    const fresh: KeptLine[] = [];
    for (const line of lines) {
      const parsed = lineTime(line.timestamp);
      const last = this.#last.get(line.service);
      const at = Number.isNaN(parsed) ? (last?.at ?? 0) : parsed;
      if (this.#repeated.size > 0 && this.#isRepeated(line, at)) continue;
      if (last?.timestamp === line.timestamp) last.count += 1;
      else this.#last.set(line.service, { at, timestamp: line.timestamp, count: 1 });
      const { service, stream, timestamp, text } = line;
      const level = levelOf(text);
      fresh.push({ service, stream, timestamp, text, at, level, key: this.#nextKey });
      this.#nextKey += 1;
      this.#characters += text.length;
      this.levels.set(level, (this.levels.get(level) ?? 0) + 1);
    }
    if (fresh.length === 0) return fresh;
    this.added += fresh.length;
    this.lines.insert(fresh);
    this.#trim();
    return fresh;
  }

  resize(capacity: number): void {
    this.#capacity = capacity;
    this.#trim();
  }

  // The same services are about to be read again from some lines back.
  expectRepetition(): void {
    this.#repeated = new Map([...this.#last].map(([service, last]) => [service, { ...last }]));
  }

  clear(): void {
    this.lines.clear();
    this.levels.clear();
    this.#characters = 0;
    this.dropped = 0;
    this.added = 0;
    this.#repeated.clear();
  }

  #isRepeated(line: LogLine, at: number): boolean {
    const last = this.#repeated.get(line.service);
    if (last === undefined) return false;
    if (at < last.at || (at === last.at && line.timestamp < last.timestamp)) return true;
    // Others may have been written in the same moment.
    if (line.timestamp === last.timestamp && last.count > 0) {
      last.count -= 1;
      return true;
    }
    if (line.timestamp !== last.timestamp) this.#repeated.delete(line.service);
    return false;
  }

  #trim(): void {
    let count = Math.max(0, this.size - this.#capacity);
    for (let index = 0; index < count; index += 1) this.#forget(index);
    // The newest line stays, however long.
    while (this.#characters > this.#mostCharacters && count < this.size - 1) {
      this.#forget(count);
      count += 1;
    }
    this.lines.dropFirst(count);
    this.dropped += count;
  }

  #forget(index: number): void {
    const line = this.lines.at(index);
    if (line === undefined) return;
    this.#characters -= line.text.length;
    this.levels.set(line.level, (this.levels.get(line.level) ?? 1) - 1);
  }
}
