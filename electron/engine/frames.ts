// Splits an engine's log stream into lines. The engine multiplexes both outputs of a program into frames of an
// eight-byte header (the output, three zeros, the length) and a piece of text that its timestamp precedes; a program
// with a terminal has one output and no frames. Chunks may end anywhere, even within a character.
import { Buffer, isAscii } from 'node:buffer';
import type { LogLine } from '../core/engine-port.ts';

const headerSize = 8;
// Docker cuts longer lines into frames of this size; only the last of them ends the line. A shorter frame without an
// end is all that its program has written.
export const dockerCut = 16 * 1024;
// Podman cuts anywhere.
export const podmanCut = 0;
// A program that never ends its line must not fill the memory.
const longestLine = 1024 * 1024;
const newline = 10;
const space = 32;

type Stream = LogLine['stream'];

// The beginning of a line whose end has not come yet.
interface Beginning {
  readonly timestamp: string;
  readonly parts: Buffer[];
  size: number;
}

export class LogFrames {
  readonly #service: string;
  readonly #cutSize: number;
  readonly #beginnings: Record<Stream, Beginning | undefined> = { stdout: undefined, stderr: undefined };
  #kind: 'unknown' | 'framed' | 'raw' = 'unknown';
  #waiting: Buffer[] = [];
  #waitingSize = 0;
  #neededSize = headerSize;

  constructor(service: string, cutSize = dockerCut) {
    this.#service = service;
    this.#cutSize = cutSize;
  }

  // The lines that are complete with this chunk. The chunk is changed and must not be used again.
  push(chunk: Buffer): readonly LogLine[] {
    this.#waiting.push(chunk);
    this.#waitingSize += chunk.length;
    if (this.#waitingSize < this.#neededSize) return [];
    const data = this.#waiting.length === 1 ? chunk : Buffer.concat(this.#waiting, this.#waitingSize);
    this.#waiting = [];
    this.#waitingSize = 0;
    if (this.#kind === 'unknown') this.#kind = isFramed(data) ? 'framed' : 'raw';
    return this.#kind === 'framed' ? this.#takeFrames(data) : this.#takeRaw(data);
  }

  // What is left when the stream has ended.
  end(): readonly LogLine[] {
    const rest = Buffer.concat(this.#waiting);
    this.#waiting = [];
    const lines: LogLine[] = [];
    // A terminal's last piece; the remains of a frame are no line.
    if (rest.length > 0 && this.#kind !== 'framed') this.#addFrame(lines, 'stdout', rest, 0, rest.length);
    this.#finish(lines, 'stdout');
    this.#finish(lines, 'stderr');
    return lines;
  }

  #keep(rest: Buffer, needed: number): void {
    this.#neededSize = needed;
    if (rest.length === 0) return;
    // A copy: a small rest would hold the whole chunk.
    this.#waiting = [Buffer.from(rest)];
    this.#waitingSize = rest.length;
  }

  #takeFrames(data: Buffer): readonly LogLine[] {
    const starts: number[] = [];
    let at = 0;
    let needed = headerSize;
    while (at + headerSize <= data.length) {
      needed = headerSize + data.readUInt32BE(at + 4);
      if (at + needed > data.length) break;
      starts.push(at);
      data[at + 4] = data[at + 5] = data[at + 6] = data[at + 7] = space;
      at += needed;
      needed = headerSize;
    }
    const rest = data.subarray(at);
    this.#keep(rest, needed);
    return this.#toLines(data, starts, at);
  }

  #toLines(data: Buffer, starts: readonly number[], end: number): readonly LogLine[] {
    const lines: LogLine[] = [];
    // The lengths in the headers are blanked, so that one look tells whether everything is plain text.
    const isPlain = isAscii(data.subarray(0, end));
    const whole = isPlain ? data.toString('latin1', 0, end) : '';
    for (let index = 0; index < starts.length; index += 1) {
      const start = starts[index] as number;
      const from = start + headerSize;
      const to = starts[index + 1] ?? end;
      const stream = data[start] === 2 ? 'stderr' : 'stdout';
      // The common case is one whole line, and of plain text: it is cut out of the text of the chunk without a copy.
      if (this.#beginnings[stream] !== undefined || data.indexOf(newline, from) !== to - 1) {
        this.#addFrame(lines, stream, data, from, to);
      } else if (isPlain) {
        lines.push(this.#wholeLine(stream, whole, from, to - 1));
      } else {
        const text = data.toString('utf8', from, to - 1);
        lines.push(this.#wholeLine(stream, text, 0, text.length));
      }
    }
    return lines;
  }

  #wholeLine(stream: Stream, text: string, from: number, to: number): LogLine {
    const blank = hasDockerTimestamp(text, from, to) ? from + dockerTimestampSize : text.indexOf(' ', from);
    const isStamped = blank > from && blank < to && isTimestamp(text.slice(from, blank));
    const end = text.charCodeAt(to - 1) === 13 ? to - 1 : to;
    return {
      service: this.#service,
      stream,
      timestamp: isStamped ? text.slice(from, blank) : '',
      text: isStamped ? text.slice(blank + 1, Math.max(end, blank + 1)) : text.slice(from, end),
    };
  }

  // Any frame: several lines, a part of one, characters of several bytes.
  #addFrame(lines: LogLine[], stream: Stream, data: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const found = data.indexOf(newline, at);
      const end = found < 0 || found >= to ? to : found;
      const { timestamp, textStart } = readTimestamp(data, at, end);
      const beginning = (this.#beginnings[stream] ??= { timestamp, parts: [], size: 0 });
      beginning.parts.push(Buffer.from(data.subarray(textStart, end)));
      beginning.size += end - textStart;
      const isCut = end === to && found !== end && (this.#kind === 'raw' || end - textStart >= this.#cutSize);
      if (!isCut || beginning.size >= longestLine) this.#finish(lines, stream);
      at = end + 1;
    }
  }

  #takeRaw(data: Buffer): readonly LogLine[] {
    const lines: LogLine[] = [];
    const end = data.lastIndexOf(newline) + 1;
    if (end > 0) this.#addFrame(lines, 'stdout', data, 0, end);
    const rest = data.subarray(end);
    if (rest.length >= longestLine) this.#addFrame(lines, 'stdout', rest, 0, rest.length);
    else this.#keep(rest, 1);
    return lines;
  }

  #finish(lines: LogLine[], stream: Stream): void {
    const beginning = this.#beginnings[stream];
    if (beginning === undefined) return;
    this.#beginnings[stream] = undefined;
    const text = Buffer.concat(beginning.parts).toString('utf8');
    lines.push({
      service: this.#service,
      stream,
      timestamp: beginning.timestamp,
      text: text.endsWith('\r') ? text.slice(0, -1) : text,
    });
  }
}

function isFramed(data: Buffer): boolean {
  return data.length >= headerSize && (data[0] as number) <= 2 && data[1] === 0 && data[2] === 0 && data[3] === 0;
}

function readTimestamp(
  data: Buffer,
  from: number,
  to: number,
): { readonly timestamp: string; readonly textStart: number } {
  const blank = data.subarray(from, Math.min(to, from + 40)).indexOf(space);
  const timestamp = blank < 0 ? '' : data.toString('latin1', from, from + blank);
  if (isTimestamp(timestamp)) return { timestamp, textStart: from + blank + 1 };
  return { timestamp: '', textStart: from };
}

// Docker's always have the same length: 2026-10-05T12:34:56.123456789Z.
const dockerTimestampSize = 30;

function hasDockerTimestamp(text: string, from: number, to: number): boolean {
  if (from + dockerTimestampSize >= to) return false;
  return text.charCodeAt(from + 30) === space && text.charCodeAt(from + 29) === 90 && text.charCodeAt(from + 19) === 46;
}

// 2026-10-05T12:34:56 and a fraction or a zone after it.
function isTimestamp(text: string): boolean {
  return text.length >= 20 && text.charCodeAt(4) === 45 && text.charCodeAt(10) === 84 && text.charCodeAt(13) === 58;
}
