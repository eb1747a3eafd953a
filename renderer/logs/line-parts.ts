// How a line is drawn: pieces of text, each with the look of its colours, and marked where a search found it.
import { colouredText, type Look } from './colours/sgr.ts';
import { displayText, longestShown, markInvisible, plainText } from './display-text.ts';
import { type Field, fieldsOf } from './line-fields.ts';
import type { KeptLine } from './log-ring.ts';
import type { Mark, Search } from './search/search.ts';

export interface Part {
  readonly text: string;
  readonly kind: 'text' | 'name' | 'value';
  readonly look?: Look;
  readonly isMarked: boolean;
}

export interface LineParts {
  readonly parts: readonly Part[];
  readonly isCut: boolean;
  // What was found is in what the row does not show.
  readonly isUnseen: boolean;
}

export interface Drawing {
  readonly hasColours: boolean;
  readonly hasFields: boolean;
}

type Piece = Omit<Part, 'isMarked'>;

// What is in the row already, by other means.
const timeNames = new Set(['time', 'ts', 'timestamp', '@timestamp', 't']);

// foundBy: the search that found the line, if one did.
export function partsOf(line: KeptLine, drawing: Drawing, foundBy: Search | undefined): LineParts {
  const { pieces, isCut } = piecesOf(line.text, drawing);
  const found = foundBy?.marks(pieces.map((piece) => piece.text).join(''));
  const isUnseen = found?.isWhole === true && found.marks.length === 0;
  return { parts: withMarks(pieces, found?.marks ?? []), isCut, isUnseen };
}

function piecesOf(text: string, { hasColours, hasFields }: Drawing): { pieces: readonly Piece[]; isCut: boolean } {
  const read = hasFields ? fieldsOf(plainText(text)) : undefined;
  if (read !== undefined) return cut(fieldPieces(read.message, read.fields));
  if (hasColours && text.includes('\u001b')) {
    const { runs, isCut } = colouredText(text, longestShown);
    return { pieces: runs.map((run) => ({ text: run.text, look: run.look, kind: 'text' })), isCut };
  }
  const shown = displayText(text);
  return { pieces: [{ text: shown.text, kind: 'text' }], isCut: shown.isCut };
}

function fieldPieces(message: string, fields: readonly Field[]): readonly Piece[] {
  const pieces: Piece[] = message === '' ? [] : [{ text: markInvisible(message), kind: 'text' }];
  for (const { name, value } of fields) {
    if (timeNames.has(name.toLowerCase())) continue;
    const gap = pieces.length === 0 ? '' : '  ';
    pieces.push({ text: `${gap}${markInvisible(name)}=`, kind: 'name' });
    pieces.push({ text: markInvisible(value), kind: 'value' });
  }
  return pieces;
}

function cut(pieces: readonly Piece[]): { pieces: readonly Piece[]; isCut: boolean } {
  let room = longestShown;
  const kept: Piece[] = [];
  for (const piece of pieces) {
    if (room <= 0) return { pieces: kept, isCut: true };
    kept.push(piece.text.length <= room ? piece : { ...piece, text: piece.text.slice(0, room) });
    room -= piece.text.length;
  }
  return { pieces: kept, isCut: room < 0 };
}

function withMarks(pieces: readonly Piece[], marks: readonly Mark[]): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  let next = 0;
  for (const piece of pieces) {
    const end = start + piece.text.length;
    for (let at = start; at < end; ) {
      while ((marks[next]?.to ?? end) <= at) next += 1;
      const mark = marks[next];
      const isMarked = mark !== undefined && mark.from <= at;
      const until = Math.min(end, (isMarked ? mark.to : mark?.from) ?? end);
      parts.push({ ...piece, text: piece.text.slice(at - start, until - start), isMarked });
      at = until;
    }
    start = end;
  }
  return parts;
}
