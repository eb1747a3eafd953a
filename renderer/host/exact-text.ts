// A line of a file that root is about to write: everything in it is to be seen, also what has no picture of its own.
// Nothing is left out, not even the colours that the log pages drop.

// Control, format and surrogate characters, line separators, and every space but the usual one.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0\u115f\u1160]/gu;

// Longer ones would cost layout time and help nobody on a screen.
const longestShown = 4000;

export interface ExactText {
  readonly text: string;
  readonly isCut: boolean;
}

function mark(character: string): string {
  if (character === '\t') return character;
  const code = character.codePointAt(0) ?? 0;
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

// Of several lines: the line ends are kept.
export function exactLines(raw: string): string {
  return raw
    .split('\n')
    .map((line) => exactText(line).text)
    .join('\n');
}

export function exactText(raw: string): ExactText {
  const isCut = raw.length > longestShown;
  return { text: (isCut ? raw.slice(0, longestShown) : raw).replace(unseen, mark), isCut };
}
