import { cleanText } from './display-text.ts';
import type { KeptLine } from './log-ring.ts';
import type { OrderedLines } from './ordered-lines.ts';

// What the clipboard command accepts, with some room to spare, and what the one for files does.
export const mostCopied = 9_500_000;
export const mostSaved = 190_000_000;

export function lineAsText(line: KeptLine): string {
  return `${line.timestamp} ${line.service} ${cleanText(line.text)}`;
}

// Lines from a place up to, not including, another, as text; of too many the newest.
export function linesAsText(lines: OrderedLines, from: number, to: number, most: number): string {
  const texts: string[] = [];
  let length = 0;
  for (let index = to - 1; index >= from; index -= 1) {
    const line = lines.at(index);
    if (line === undefined) continue;
    const text = lineAsText(line);
    length += text.length + 1;
    if (length > most) break;
    texts.push(text);
  }
  return texts.reverse().join('\n');
}
