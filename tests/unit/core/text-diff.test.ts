import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { textDiff } from '../../../electron/core/host/text-diff.ts';

const numbers = (first: number, last: number, except: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: last - first + 1 }, (_unused, index) => except[first + index] ?? `${first + index}\n`).join('');

describe('the difference of two texts', () => {
  it.each([
    ['nothing', 'a\n', 'a\n', ''],
    ['a new file', '', 'a\nb\n', '@@ -0,0 +1,2 @@\n+a\n+b\n'],
    ['a file that goes', 'a\n', '', '@@ -1 +0,0 @@\n-a\n'],
    ['lines at the end', 'a\nb\n', 'a\nb\nc\n', '@@ -1,2 +1,3 @@\n a\n b\n+c\n'],
    ['no newline at the end', 'a\nb', 'a\nb\nc\n', '@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n'],
    ['the same line as before and after', 'a\na\n', 'a\na\na\n', '@@ -1,2 +1,3 @@\n a\n a\n+a\n'],
    [
      'three lines around a change',
      numbers(1, 20),
      numbers(1, 20, { 10: 'ten\n' }),
      '@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n',
    ],
    [
      'two changes far apart are two parts',
      numbers(1, 20),
      numbers(1, 20, { 2: '', 18: '18\n18.5\n' }),
      '@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -16,5 +15,6 @@\n 16\n 17\n 18\n+18.5\n 19\n 20\n',
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(textDiff(before, after)).toBe(expected);
  });

  it('is quick on the largest files that are changed', () => {
    const line = (index: number) => `10.0.${index >> 8}.${index % 256}\thost-${index}.example.test\n`;
    const before = Array.from({ length: 30_000 }, (_unused, index) => line(index)).join('');
    const begun = performance.now();
    expect(textDiff(before, `${before}# more\n`)).toContain('+# more');
    expect(textDiff(before, before.replaceAll('example', 'sample')).split('\n').length).toBe(60_002);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

// The real programs say whether a diff is one.
const programs = { patch: 'patch', diff: 'diff' };
const hasPrograms = Object.values(programs).every((program) => spawnSync(program, ['--version']).status === 0);

describe.runIf(hasPrograms)('compared with diff and patch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'macula-diff-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  // The same on every run.
  function* random(seed: number): Generator<number, never> {
    for (let state = seed; ; ) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      yield state / 2_147_483_648;
    }
  }

  it('patch makes the one out of the other, with no more edits than diff needs', () => {
    const numbersOf = random(7);
    const next = (most: number) => Math.floor(numbersOf.next().value * most);
    const some = () => Array.from({ length: next(12) }, () => `${'abc'[next(3)]}\n`).join('');
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    for (let round = 0; round < 150; round += 1) {
      const [before, whole] = [some(), some()];
      const after = next(2) === 0 ? whole : whole.trimEnd();
      const own = textDiff(before, after);
      writeFileSync(from, before);
      writeFileSync(to, after);
      if (own !== '') {
        const patched = spawnSync(programs.patch, ['--quiet', '--output=-', from], { input: own, encoding: 'utf8' });
        expect(patched.stdout, own).toBe(after);
      }
      const edits = (text: string) => text.split('\n').filter((row) => /^[+-](?![+-]{2} )/.test(row)).length;
      const theirs = spawnSync(programs.diff, ['--minimal', '-u', from, to], { encoding: 'utf8' }).stdout;
      expect(edits(own)).toBeLessThanOrEqual(edits(theirs));
    }
  });
});
