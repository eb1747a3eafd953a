import { cleanText } from './display-text.ts';
import type { LogRing } from './log-ring.ts';

// What the clipboard command accepts, with some room to spare.
const mostCharacters = 9_500_000;

// All kept lines as text; of too many the newest.
export function copyText(ring: LogRing): string {
  const lines: string[] = [];
  let length = 0;
  for (let index = ring.size - 1; index >= 0; index -= 1) {
    const line = ring.at(index);
    if (line === undefined) break;
    const text = `${line.timestamp} ${line.service} ${cleanText(line.text)}`;
    length += text.length + 1;
    if (length > mostCharacters) break;
    lines.push(text);
  }
  return lines.reverse().join('\n');
}
