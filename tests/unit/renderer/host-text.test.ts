// What the Host page makes of diffs, of text that strangers wrote, and of addresses.
import { describe, expect, it } from 'vitest';
import { diffCounts, diffLines, diffPieces } from '../../../renderer/host/diff-lines.ts';
import { exactLines, exactText } from '../../../renderer/host/exact-text.ts';
import { qrDrawing } from '../../../renderer/host/qr-path.ts';
import { timeLeftWords } from '../../../renderer/words/duration.ts';

const same = (count: number) => Array.from({ length: count }, (_, index) => ` line ${index}`);
const shape = (lines: readonly string[]) =>
  diffPieces(diffLines(`${lines.join('\n')}\n`)).map((piece) => (piece.isFolded ? -1 : 1) * piece.lines.length);

describe('a diff', () => {
  it('counts its lines in the file before and the file after', () => {
    const lines = diffLines(
      '@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n@@ -40,2 +41,1 @@\n-e\n f\n\\ No newline at end of file\n',
    );
    expect(lines.map(({ kind, text, number }) => [kind, text, number])).toEqual([
      ['same', 'a', 1],
      ['removed', 'b', 2],
      ['added', 'c', 2],
      ['same', 'd', 3],
      ['place', '', 41],
      ['removed', 'e', 40],
      ['same', 'f', 41],
      ['note', ' No newline at end of file', undefined],
    ]);
    expect(diffCounts(lines)).toEqual({ added: 1, removed: 2 });
  });

  it.each([
    ['a file that is new', ['@@ -0,0 +1,2 @@', '+a', '+b'], [2]],
    ['little around a change', ['@@ -1,9 +1,10 @@', ...same(4), '+x', ...same(4)], [9]],
    ['much around a change', ['@@ -1,60 +1,61 @@', ...same(30), '+x', ...same(30)], [-27, 7, -27]],
    ['much between two changes', ['@@ -1,60 +1,61 @@', '+x', ...same(20), '-y'], [4, -14, 4]],
    ['a fold that would spare little', ['@@ -1,60 +1,61 @@', '+x', ...same(10), '-y'], [12]],
  ] as const)('folds %s', (_name, lines, pieces) => {
    expect(shape(lines)).toEqual(pieces);
  });

  it('that says nothing has no lines', () => {
    expect(diffLines('')).toEqual([]);
  });

  it('takes lines that only look like a header for what they are', () => {
    expect(diffLines('@@ -1,1 +1,2 @@\n--- a\n+++ b\n+@@ -9,9 +9,9 @@\n').map((line) => line.text)).toEqual([
      '-- a',
      '++ b',
      '@@ -9,9 +9,9 @@',
    ]);
  });
});

describe('exact text', () => {
  it.each([
    ['a tab', 'a\tb', 'a\tb'],
    ['the end of a DOS line', 'a\r', 'a⟨U+000D⟩'],
    ['colours', '\u001b[31mred', '⟨U+001B⟩[31mred'],
    ['a change of direction', 'a\u202eb\u2066c', 'a⟨U+202E⟩b⟨U+2066⟩c'],
    ['nothing at all', 'ex\u200bample\u00ad.com', 'ex⟨U+200B⟩ample⟨U+00AD⟩.com'],
    ['another space', 'a\u00a0b\u3000c', 'a⟨U+00A0⟩b⟨U+3000⟩c'],
    ['a line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
    ['half a character', 'a\ud800b', 'a⟨U+D800⟩b'],
    ['tags', 'a\u{e0041}', 'a⟨U+E0041⟩'],
  ])('shows %s', (_name, raw, shown) => {
    expect(exactText(raw)).toEqual({ text: shown, isCut: false });
  });

  it('cuts what is too long, and keeps the line ends of several', () => {
    expect(exactText('x'.repeat(5000))).toEqual({ text: 'x'.repeat(4000), isCut: true });
    expect(exactLines('a\nb\u0007')).toBe('a\nb⟨U+0007⟩');
  });
});

describe('a QR code', () => {
  it('has a quiet zone of four modules and the three corners', () => {
    const { size, path } = qrDrawing('http://192.168.77.5:3000/');
    expect(size).toBe(25 + 8);
    const starts = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, width]) => [
      Number(x),
      Number(y),
      Number(width),
    ]);
    expect(starts.every(([x = 0, y = 0, width = 0]) => x >= 4 && y >= 4 && x + width <= 29 && y <= 28)).toBe(true);
    expect(starts).toContainEqual([4, 4, 7]);
    expect(starts).toContainEqual([22, 4, 7]);
    expect(starts).toContainEqual([4, 22, 7]);
  });
});

describe('the time that is left', () => {
  it.each([
    [-1, ''],
    [0, ''],
    [1, '1 s left'],
    [59_000, '59 s left'],
    [60_000, '60 s left'],
    [60_001, '2 min left'],
    [41 * 60_000, '41 min left'],
    [99 * 60_000, '99 min left'],
    [100 * 60_000, '1 h 40 min left'],
  ])('of %d ms: %s', (remaining, words) => {
    expect(timeLeftWords(remaining).words).toBe(words);
  });

  it('changes its words when it says so, and not before', () => {
    for (let remaining = 200_000; remaining > 0; remaining -= 777) {
      const { words, changesIn } = timeLeftWords(remaining);
      expect(timeLeftWords(remaining - changesIn).words).not.toBe(words);
      expect(timeLeftWords(remaining - changesIn + 1).words).toBe(words);
    }
  });
});
