// Text with a terminal's colours (SGR sequences) as runs of one look. Other sequences are left out.
import { escapeSequence, markInvisible } from '../display-text.ts';

// 0 to 15 are the theme's own; others are red, green and blue as one number above that.
export type Colour = number;
export const trueColour = 0x1000000;

export interface Look {
  readonly ink?: Colour;
  readonly ground?: Colour;
  readonly isBold?: boolean;
  readonly isFaint?: boolean;
  readonly isItalic?: boolean;
  readonly isUnderlined?: boolean;
  readonly isStruck?: boolean;
  readonly isInverse?: boolean;
}

export interface Run {
  readonly text: string;
  readonly look: Look;
}

export interface Coloured {
  readonly runs: readonly Run[];
  readonly isCut: boolean;
}

const plain: Look = {};
// A line may be nothing but changes of colour.
const mostRuns = 300;
const mostRead = 64_000;

export function colouredText(raw: string, longest: number): Coloured {
  const runs: Run[] = [];
  const readable = raw.length > mostRead ? raw.slice(0, mostRead) : raw.replace(/\r$/, '');
  let look = plain;
  let room = longest;
  let at = 0;
  const add = (end: number): void => {
    const text = readable.slice(at, Math.min(end, at + room));
    room -= text.length;
    if (text === '') return;
    const before = runs.at(-1);
    if (before?.look !== look && runs.length < mostRuns) runs.push({ text: markInvisible(text), look });
    else if (before !== undefined)
      runs[runs.length - 1] = { text: before.text + markInvisible(text), look: before.look };
  };
  for (const { index, 0: sequence } of readable.matchAll(escapeSequence)) {
    add(index);
    at = index + sequence.length;
    if (room === 0) return { runs, isCut: true };
    if (sequence.endsWith('m') && sequence.startsWith('\u001b[')) look = changed(look, sequence.slice(2, -1));
  }
  const isCut = readable.length - at > room || readable.length < raw.length - 1;
  add(readable.length);
  return { runs, isCut };
}

function changed(before: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/, 40).map(Number);
  let look: Look = before;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, length } = extended(codes, at + 1);
      at += length;
      if (colour !== undefined) look = { ...look, [code === 38 ? 'ink' : 'ground']: colour };
    } else look = afterCode(look, code);
  }
  return look;
}

const switches: Readonly<Record<number, Look>> = {
  1: { isBold: true },
  2: { isFaint: true },
  3: { isItalic: true },
  4: { isUnderlined: true },
  7: { isInverse: true },
  9: { isStruck: true },
  22: { isBold: false, isFaint: false },
  23: { isItalic: false },
  24: { isUnderlined: false },
  27: { isInverse: false },
  29: { isStruck: false },
};

function afterCode(look: Look, code: number): Look {
  if (code === 0 || Number.isNaN(code)) return plain;
  if (code === 39 || code === 49) {
    const { ink, ground, ...rest } = look;
    const left = code === 39 ? { ground } : { ink };
    const kept = Object.fromEntries(Object.entries(left).filter(([, value]) => value !== undefined));
    return { ...rest, ...kept };
  }
  if (code >= 30 && code <= 37) return { ...look, ink: code - 30 };
  if (code >= 40 && code <= 47) return { ...look, ground: code - 40 };
  if (code >= 90 && code <= 97) return { ...look, ink: code - 82 };
  if (code >= 100 && code <= 107) return { ...look, ground: code - 92 };
  const change = switches[code];
  return change === undefined ? look : { ...look, ...change };
}

// 5;n of a palette of 256, or 2;r;g;b.
function extended(codes: readonly number[], at: number): { colour?: Colour; length: number } {
  const kind = codes[at];
  if (kind === 5) return { colour: ofPalette(byte(codes[at + 1])), length: 2 };
  if (kind !== 2) return { length: 1 };
  const [red, green, blue] = [codes[at + 1], codes[at + 2], codes[at + 3]].map(byte);
  return { colour: trueColour + ((red ?? 0) << 16) + ((green ?? 0) << 8) + (blue ?? 0), length: 4 };
}

function byte(value: number | undefined): number {
  return Math.min(255, Math.max(0, Math.trunc(value ?? 0) || 0));
}

function ofPalette(index: number): Colour {
  if (index < 16) return index;
  if (index >= 232) return trueColour + (8 + (index - 232) * 10) * 0x010101;
  const part = (divisor: number): number => {
    const step = Math.floor((index - 16) / divisor) % 6;
    return step === 0 ? 0 : 55 + step * 40;
  };
  return trueColour + (part(36) << 16) + (part(6) << 8) + part(1);
}
