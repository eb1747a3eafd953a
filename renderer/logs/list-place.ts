// Which part of the lines is in sight. What holds is a pin: one line, and where in the window it stands. Lines may come,
// go and be of any height; what is being read stays where it is. The scroll bar goes by lines, not by pixels: the point
// at a share of all lines stands at that share of the window.
import type { KeptLine } from './log-ring.ts';
import type { OrderedLines } from './ordered-lines.ts';

export interface Pin {
  // undefined: the end of the last one.
  readonly line: KeptLine | undefined;
  // Of its height, from its top.
  readonly share: number;
  // Pixels from the window's top.
  readonly y: number;
}

export interface Row {
  readonly top: number;
  readonly height: number;
}

export interface Settled {
  // Of the drawn rows' block, from the window's top, in pixels.
  readonly top: number;
  readonly total: number;
  readonly scrollTop: number;
}

// Rows drawn beyond each edge, so that quick scrolling shows no gaps.
const margin = 8;
const atEnd: Pin = { line: undefined, share: 1, y: 0 };

export class ListPlace {
  // Of the window and of a line that is not broken, in pixels.
  height = 0;
  row = 24;
  #pin: Pin = atEnd;
  // What was last drawn.
  #from = 0;
  #rows: readonly Row[] = [];
  #total = 0;
  #average = 0;

  // Which lines to draw.
  range(lines: OrderedLines): { readonly from: number; readonly to: number } {
    const { index, y } = this.#where(lines);
    const above = Math.ceil(Math.max(0, y) / this.row) + margin;
    const below = Math.ceil(Math.max(0, this.height - y) / this.row) + margin;
    const from = Math.max(0, index - above);
    const to = Math.min(lines.size, index + below);
    // Near either end the pin gives way, and the window is full all the same.
    const full = Math.ceil(this.height / this.row) + margin;
    return {
      from: Math.max(0, Math.min(from, lines.size - full)),
      to: Math.min(lines.size, Math.max(to, full)),
    };
  }

  // Once they are drawn: their places below the block's top, from line `from` on.
  settle(lines: OrderedLines, from: number, rows: readonly Row[]): Settled {
    const { index, share, y } = this.#where(lines);
    const end = (rows.at(-1)?.top ?? 0) + (rows.at(-1)?.height ?? 0);
    const pinned = rows[index - from];
    let top = y - (pinned === undefined ? end : pinned.top + share * pinned.height);
    if (from + rows.length >= lines.size && top + end < this.height) top = this.height - end;
    if (from === 0 && top > 0) top = 0;
    this.#from = from;
    this.#rows = rows.map((row) => ({ top: row.top + top, height: row.height }));
    this.#total = this.#totalOf(lines.size, rows.length, end);
    return { top, total: this.#total, scrollTop: this.#scrollTop(lines.size) };
  }

  follow(): void {
    this.#pin = atEnd;
  }

  // Stays where it is, whatever comes.
  stay(lines: OrderedLines): void {
    if (this.#pin.line !== undefined) return;
    this.#pin = { line: lines.at(lines.size - 1), share: 1, y: this.height };
  }

  // Somebody moved the scroll bar there.
  scrollTo(lines: OrderedLines, scrollTop: number): void {
    const way = this.#total - this.height;
    const place = way <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / way));
    const line = Math.min(lines.size - 1, Math.floor(place * lines.size));
    this.#pin = { line: lines.at(line), share: place * lines.size - line, y: place * this.height };
  }

  // Pixels; more is further down. False: nothing further is drawn, or there.
  moveBy(lines: OrderedLines, pixels: number): void {
    const row = this.#rows.findIndex(({ top, height }) => top + height > 0);
    const found = this.#rows[Math.max(0, row)];
    const line = lines.at(this.#from + Math.max(0, row));
    if (found !== undefined && line !== undefined) this.#pin = { line, share: 0, y: found.top - pixels };
  }

  get isAtEnd(): boolean {
    const last = this.#rows.at(-1);
    return last === undefined || last.top + last.height <= this.height + 1;
  }

  // The first line that can be seen.
  topLine(lines: OrderedLines): KeptLine | undefined {
    const row = this.#rows.findIndex(({ top, height }) => top + height > 1);
    return lines.at(this.#from + Math.max(0, row));
  }

  // Brings the line into sight: by as little as possible, or, from afar, into the middle.
  show(lines: OrderedLines, line: KeptLine): void {
    const row = this.#rows[lines.placeOf(line) - this.#from];
    if (row === undefined || row.top > this.height * 2 || row.top < -this.height) {
      this.#pin = { line, share: 0.5, y: this.height / 2 };
    } else if (row.top < 0 || row.height > this.height) this.#pin = { line, share: 0, y: 0 };
    else if (row.top + row.height > this.height) this.#pin = { line, share: 1, y: this.height };
    else this.#pin = { line, share: 0, y: row.top };
  }

  // Brings it to a share of the window.
  showAt(line: KeptLine | undefined, share: number): void {
    this.#pin = line === undefined ? atEnd : { line, share: 0, y: this.height * share };
  }

  #where(lines: OrderedLines): { index: number; share: number; y: number } {
    const { line, share, y } = this.#pin;
    if (line === undefined) return { index: lines.size - 1, share: 1, y: this.height };
    const index = lines.placeOf(line);
    // Gone, or filtered away: the one after it takes its place.
    return lines.at(index) === line ? { index, share, y } : { index: Math.min(index, lines.size - 1), share: 0, y };
  }

  #totalOf(size: number, drawn: number, end: number): number {
    if (drawn >= size) return Math.max(end, this.height);
    const average = drawn === 0 ? this.row : end / drawn;
    // What is not drawn is taken to be as high as what was.
    this.#average = this.#average === 0 || end === drawn * this.row ? average : this.#average * 0.9 + average * 0.1;
    return Math.max(size * this.#average, this.height + 1);
  }

  #scrollTop(size: number): number {
    const way = this.#total - this.height;
    if (way <= 0 || size === 0) return 0;
    const perLine = this.height / size;
    for (const [index, { top, height }] of this.#rows.entries()) {
      const line = this.#from + index;
      // The point of this row that stands where the share of its lines does.
      const share = (line * perLine - top) / (height - perLine);
      if (share <= 1 && share >= 0) return Math.min(1, (line + share) / size) * way;
    }
    return this.isAtEnd ? way : 0;
  }
}
