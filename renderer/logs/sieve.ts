// The lines of a view that pass a test. They are tested once each, as they come; what costs too much for one frame waits
// for the next, and a line that costs much by itself for all others.
import type { KeptLine } from './log-ring.ts';
import { OrderedLines } from './ordered-lines.ts';
import type { Rest } from './search/automaton.ts';

// A rest: the test goes on from there when the line is tested again.
export type LineTest = (line: KeptLine, rest: Rest | undefined) => boolean | Rest;

// The clock is asked after that many lines or characters.
const linesAtOnce = 256;
const charactersAtOnce = 100_000;

export class Sieve {
  readonly lines = new OrderedLines();
  readonly #test: LineTest;
  // Batches, the oldest first.
  #waiting: (readonly KeptLine[])[] = [];
  #next = 0;
  #costly: { readonly line: KeptLine; rest: Rest }[] = [];

  constructor(test: LineTest) {
    this.#test = test;
  }

  get isDone(): boolean {
    return this.#waiting.length === 0 && this.#costly.length === 0;
  }

  add(lines: readonly KeptLine[]): void {
    if (lines.length > 0) this.#waiting.push(lines);
  }

  // Lines before the oldest are gone. Returns those that passed now.
  advance(oldest: KeptLine | undefined, isTimeOver: () => boolean): readonly KeptLine[] {
    this.#forget(oldest);
    const passed: KeptLine[] = [];
    let isOver = false;
    while (!isOver && !this.isDone) {
      if (this.#waiting[0] === undefined) this.#goOn(passed);
      else this.#some(this.#waiting[0], oldest, passed);
      isOver = isTimeOver();
    }
    this.lines.insert(passed);
    return passed;
  }

  #some(lines: readonly KeptLine[], oldest: KeptLine | undefined, passed: KeptLine[]): void {
    let characters = 0;
    const end = Math.min(lines.length, this.#next + linesAtOnce);
    while (this.#next < end && characters < charactersAtOnce) {
      const line = lines[this.#next] as KeptLine;
      this.#next += 1;
      if (oldest === undefined || isGone(line, oldest)) continue;
      characters += line.text.length;
      const answer = this.#test(line, undefined);
      if (typeof answer === 'object') {
        this.#costly.push({ line, rest: answer });
        break;
      }
      if (answer) passed.push(line);
    }
    if (this.#next < lines.length) return;
    this.#next = 0;
    this.#waiting.shift();
  }

  // In the first of the costly lines.
  #goOn(passed: KeptLine[]): void {
    const [costly] = this.#costly;
    if (costly === undefined) return;
    const answer = this.#test(costly.line, costly.rest);
    if (typeof answer === 'object') {
      costly.rest = answer;
      return;
    }
    this.#costly.shift();
    if (answer) passed.push(costly.line);
  }

  #forget(oldest: KeptLine | undefined): void {
    if (oldest === undefined) {
      this.lines.clear();
      this.#waiting = [];
      this.#next = 0;
      this.#costly = [];
      return;
    }
    this.#costly = this.#costly.filter(({ line }) => !isGone(line, oldest));
    this.lines.dropFirst(this.lines.placeOf(oldest));
  }
}

function isGone(line: KeptLine, oldest: KeptLine): boolean {
  return line.at < oldest.at || (line.at === oldest.at && line.key < oldest.key);
}
