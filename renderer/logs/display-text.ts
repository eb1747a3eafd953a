// Log text is written by anybody. It only ever becomes text nodes; this makes what is invisible in it visible,
// so that a line cannot pretend to be another.

export interface DisplayText {
  readonly text: string;
  readonly isCut: boolean;
}

// Longer ones would cost layout time and help nobody on a screen.
export const longestShown = 4000;

// Colours and cursor movement for terminals.
export const escapeSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
// Control characters but the tab, and the marks that turn the direction of writing.
const invisible = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

function visibleMark(character: string): string {
  return `\u27e8U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

// What is searched: without what only a terminal would obey.
export function plainText(raw: string): string {
  return raw.includes('\u001b') ? raw.replace(escapeSequence, '') : raw;
}

export function markInvisible(text: string): string {
  return text.replace(invisible, visibleMark);
}

export function cleanText(raw: string): string {
  return markInvisible(plainText(raw).replace(/\r$/, ''));
}

export function displayText(raw: string): DisplayText {
  if (raw.length <= longestShown) return { text: cleanText(raw), isCut: false };
  return { text: cleanText(raw.slice(0, longestShown)), isCut: true };
}
