// A unified diff as lines to show. Long unchanged parts become one foldable piece.

export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'same' | 'place' | 'note';
  readonly text: string;
  // In the file before for what is removed, else in the file after; undefined for what is no line of either.
  readonly number?: number;
}

export interface DiffPiece {
  readonly isFolded: boolean;
  readonly lines: readonly DiffLine[];
}

const place = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;
// Unchanged lines that stay in sight on each side of a change, and the fewest that are worth a fold.
const context = 3;
const leastFolded = 5;

export function diffLines(diff: string): readonly DiffLine[] {
  if (diff === '') return [];
  const lines: DiffLine[] = [];
  let before = 1;
  let after = 1;
  for (const raw of (diff.endsWith('\n') ? diff.slice(0, -1) : diff).split('\n')) {
    const text = raw.slice(1);
    const found = place.exec(raw);
    if (found !== null) {
      before = Number(found[1]);
      after = Number(found[2]);
      // At the beginning of a file there is no gap to tell of.
      if (after > 1 || lines.length > 0) lines.push({ kind: 'place', text: '', number: after });
    } else if (raw.startsWith('+')) {
      lines.push({ kind: 'added', text, number: after });
      after += 1;
    } else if (raw.startsWith('-')) {
      lines.push({ kind: 'removed', text, number: before });
      before += 1;
    } else if (raw.startsWith('\\')) {
      lines.push({ kind: 'note', text });
    } else {
      lines.push({ kind: 'same', text, number: after });
      before += 1;
      after += 1;
    }
  }
  return lines;
}

export function diffPieces(lines: readonly DiffLine[]): readonly DiffPiece[] {
  const pieces: { isFolded: boolean; lines: DiffLine[] }[] = [];
  function push(isFolded: boolean, more: readonly DiffLine[]): void {
    const last = pieces.at(-1);
    if (more.length === 0) return;
    if (last === undefined || last.isFolded || isFolded) pieces.push({ isFolded, lines: [...more] });
    else for (const line of more) last.lines.push(line);
  }
  let start = 0;
  while (start < lines.length) {
    const isSame = lines[start]?.kind === 'same';
    let end = start;
    while (end < lines.length && (lines[end]?.kind === 'same') === isSame) end += 1;
    // At the ends of the file there is no change to give context to.
    const head = start === 0 ? 0 : context;
    const tail = end === lines.length ? 0 : context;
    if (isSame && end - start - head - tail >= leastFolded) {
      push(false, lines.slice(start, start + head));
      push(true, lines.slice(start + head, end - tail));
      push(false, lines.slice(end - tail, end));
    } else push(false, lines.slice(start, end));
    start = end;
  }
  return pieces;
}

export function diffCounts(lines: readonly DiffLine[]): { readonly added: number; readonly removed: number } {
  let added = 0;
  let removed = 0;
  for (const { kind } of lines) {
    if (kind === 'added') added += 1;
    if (kind === 'removed') removed += 1;
  }
  return { added, removed };
}
