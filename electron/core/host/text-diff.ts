// What differs between two texts, line by line, as a unified diff without a header. Pure.

const contextLines = 3;
// Beyond that many edits nobody reads a diff: the whole middle counts as exchanged.
const mostEdits = 1500;
const withoutNewline = '\\ No newline at end of file\n';

type Edit = readonly [kind: ' ' | '-' | '+', line: string];

export function textDiff(before: string, after: string): string {
  if (before === after) return '';
  const edits = editsOf(linesOf(before), linesOf(after));
  return hunksOf(edits)
    .map((hunk) => hunkText(edits, hunk))
    .join('');
}

// Each with its end.
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

// What is the same at both ends costs nothing; most changes of a file are a few lines somewhere.
function editsOf(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const same = (line: string): Edit => [' ', line];
  return [
    ...before.slice(0, head).map(same),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

// The least number of edits, after Myers: `reached[k]` is how far into `before` a path on diagonal k has come.
function middle(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const most = Math.min(before.length + after.length, mostEdits);
  const offset = most + 1;
  const reached = new Int32Array(2 * most + 3);
  const history: Int32Array[] = [];
  for (let count = 0; count <= most; count += 1) {
    history.push(reached.slice(offset - count - 1, offset + count + 2));
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      const [left = 0, right = 0] = [reached[offset + diagonal - 1], reached[offset + diagonal + 1]];
      let at = diagonal === -count || (diagonal !== count && left < right) ? right : left + 1;
      while (at < before.length && at - diagonal < after.length && before[at] === after[at - diagonal]) at += 1;
      reached[offset + diagonal] = at;
      if (at >= before.length && at - diagonal >= after.length) return walkBack(before, after, history);
    }
  }
  return [...before.map((line): Edit => ['-', line]), ...after.map((line): Edit => ['+', line])];
}

// history[count] holds the diagonals from -count - 1 to count + 1, as they were before that round.
function walkBack(before: readonly string[], after: readonly string[], history: readonly Int32Array[]): Edit[] {
  const edits: Edit[] = [];
  let [at, other] = [before.length, after.length];
  for (let count = history.length - 1; count >= 0; count -= 1) {
    const diagonal = at - other;
    const [left = 0, right = 0] = [history[count]?.[diagonal + count], history[count]?.[diagonal + count + 2]];
    const isInsertion = diagonal === -count || (diagonal !== count && left < right);
    const from = count === 0 ? 0 : isInsertion ? right : left;
    const fromOther = count === 0 ? 0 : from - (isInsertion ? diagonal + 1 : diagonal - 1);
    while (at > from && other > fromOther) {
      at -= 1;
      other -= 1;
      edits.push([' ', before[at] ?? '']);
    }
    if (count === 0) break;
    if (isInsertion) edits.push(['+', after[fromOther] ?? '']);
    else edits.push(['-', before[from] ?? '']);
    [at, other] = [from, fromOther];
  }
  return edits.reverse();
}

interface Hunk {
  readonly first: number;
  // Behind the last one.
  readonly end: number;
}

function hunksOf(edits: readonly Edit[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  edits.forEach(([kind], index) => {
    if (kind === ' ') return;
    const last = hunks.at(-1);
    const end = Math.min(index + 1 + contextLines, edits.length);
    const first = Math.max(index - contextLines, 0);
    if (last !== undefined && first <= last.end) hunks[hunks.length - 1] = { first: last.first, end };
    else hunks.push({ first, end });
  });
  return hunks;
}

function hunkText(edits: readonly Edit[], { first, end }: Hunk): string {
  const count = (part: readonly Edit[], other: string) => part.filter(([kind]) => kind !== other).length;
  const [above, shown] = [edits.slice(0, first), edits.slice(first, end)];
  const range = (other: '-' | '+'): string => {
    const length = count(shown, other);
    // Of nothing, the line before it.
    const start = count(above, other) + (length === 0 ? 0 : 1);
    return length === 1 ? `${start}` : `${start},${length}`;
  };
  const rows = shown.map(([kind, line]) => `${kind}${line}${line.endsWith('\n') ? '' : `\n${withoutNewline}`}`);
  return `@@ -${range('+')} +${range('-')} @@\n${rows.join('')}`;
}
