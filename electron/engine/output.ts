// What a program has said, both its outputs together: the text out of the engine's frames, which are an eight-byte
// header (the output, three zeros, the length) and so many bytes. Chunks may end anywhere.
import { Buffer } from 'node:buffer';

const headerSize = 8;
export const mostBytes = 64 * 1024;

// Keeps the end: a program says last why it gives up.
export class ProgramOutput {
  readonly #header = Buffer.alloc(headerSize);
  #headerFilled = 0;
  #missing = 0;
  #parts: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#missing === 0) {
        const taken = chunk.copy(this.#header, this.#headerFilled, at, at + headerSize - this.#headerFilled);
        this.#headerFilled += taken;
        at += taken;
        if (this.#headerFilled < headerSize) return;
        this.#headerFilled = 0;
        this.#missing = this.#header.readUInt32BE(4);
      } else {
        const piece = chunk.subarray(at, at + this.#missing);
        this.#keep(piece);
        this.#missing -= piece.length;
        at += piece.length;
      }
    }
  }

  text(): string {
    const all = Buffer.concat(this.#parts);
    let from = Math.max(0, all.length - mostBytes);
    // Not in the middle of a character of several bytes.
    while (from > 0 && ((all[from] ?? 0) & 0xc0) === 0x80) from += 1;
    return all.toString('utf8', from);
  }

  #keep(piece: Buffer): void {
    this.#parts.push(piece);
    this.#size += piece.length;
    // Now and then, so that it is not copied with every piece.
    if (this.#size < 2 * mostBytes && this.#parts.length < 1024) return;
    const all = Buffer.concat(this.#parts);
    // A little more, so that the character at the cut is still seen whole.
    this.#parts = [Buffer.from(all.subarray(Math.max(0, all.length - mostBytes - 4)))];
    this.#size = this.#parts[0]?.length ?? 0;
  }
}
