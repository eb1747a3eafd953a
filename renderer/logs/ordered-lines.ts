// Lines in order of time; those of one moment in the order in which they came. Grows at its end, shrinks at its beginning.
import type { KeptLine } from './log-ring.ts';

function order(one: KeptLine, other: KeptLine): number {
  return one.at - other.at || one.key - other.key;
}

export class OrderedLines {
  #lines: KeptLine[] = [];
  #start = 0;

  get size(): number {
    return this.#lines.length - this.#start;
  }

  at(index: number): KeptLine | undefined {
    return index < 0 ? undefined : this.#lines[this.#start + index];
  }

  slice(from: number, to: number): readonly KeptLine[] {
    return this.#lines.slice(this.#start + Math.max(0, from), this.#start + Math.max(0, Math.min(this.size, to)));
  }

  // Where the line is, or would be: how many come before it.
  placeOf(line: KeptLine): number {
    return this.#place((other) => order(other, line) < 0);
  }

  // How many were written before that moment.
  placeOfTime(time: number): number {
    return this.#place(({ at }) => at < time);
  }

  has(line: KeptLine): boolean {
    return this.at(this.placeOf(line)) === line;
  }

  // Streams of several services overlap by little, so nearly always this touches only the end. Sorts what it is given.
  insert(fresh: KeptLine[]): void {
    const [first] = fresh;
    if (first === undefined) return;
    if (fresh.some((line, index) => index > 0 && order(line, fresh[index - 1] ?? line) < 0)) fresh.sort(order);
    const earliest = fresh[0] ?? first;
    const place = this.#endsBefore(earliest) ? this.#lines.length : this.#start + this.placeOf(earliest);
    const later = place === this.#lines.length ? [] : this.#lines.splice(place);
    let next = 0;
    for (const line of later) {
      for (let other = fresh[next]; other !== undefined && order(other, line) < 0; other = fresh[next]) {
        this.#lines.push(other);
        next += 1;
      }
      this.#lines.push(line);
    }
    for (; next < fresh.length; next += 1) this.#lines.push(fresh[next] as KeptLine);
  }

  dropFirst(count: number): void {
    this.#start += Math.min(count, this.size);
    // Moving the array at every line would cost more than the room it gives back.
    if (this.#start > 1000 && this.#start * 2 > this.size) {
      this.#lines = this.#lines.slice(this.#start);
      this.#start = 0;
    } else if (this.#lines.length === this.#start) this.clear();
  }

  clear(): void {
    this.#lines = [];
    this.#start = 0;
  }

  #endsBefore(line: KeptLine): boolean {
    const last = this.at(this.size - 1);
    return last === undefined || order(last, line) < 0;
  }

  #place(isBefore: (line: KeptLine) => boolean): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const line = this.at(middle);
      if (line !== undefined && isBefore(line)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
