import { describe, expect, test } from 'vitest';
import {
  createSearch,
  type Search,
  type SearchRequest,
  type SearchTrouble,
} from '../../../renderer/logs/search/search.ts';
import { mixedLetters } from '../../support/mixed-letters.ts';

function search(words: string, change: Partial<SearchRequest> = {}): Search {
  const made = createSearch({ words, isPattern: true, isCaseKept: true, ...change });
  if ('trouble' in made) throw new Error(made.trouble);
  return made;
}

const trouble = (words: string): SearchTrouble | undefined => {
  const made = createSearch({ words, isPattern: true, isCaseKept: true });
  return 'trouble' in made ? made : undefined;
};

const lines = [
  '',
  'a',
  'level=info msg="HTTP Server Listen" address=[::]:3000',
  'GET /api/health HTTP/1.1" 200 71',
  'error: connection refused (127.0.0.1:5432)',
  'foo_bar foobar foo bar',
  'aaaaab',
  'x.y*z+w?(q)[r]{s}|t^u$v\\w',
  'tab\there',
  'Ärger über STRASSE, İstanbul, ΣΊΣΥΦΟΣ',
  '漢字 👩‍👩‍👧 end',
  '2026-11-29T05:45:00.123456789Z',
  'deadbeefDEADBEEF0123',
];
const patterns = [
  ...[
    'a',
    'a*',
    'a+b',
    '^a',
    'a$',
    '^$',
    '^a*b$',
    'foo\\b',
    '\\bfoo\\b',
    '\\Bbar',
    'foo\\B',
    '(foo|bar)_',
    '(?:a|b)+$',
  ],
  ...[
    '\\d{3}',
    '\\d{1,3}(\\.\\d{1,3}){3}:\\d+',
    '[0-9a-f]{8}',
    '[^ -~]',
    '\\S+=\\S+',
    '"[^"]*"',
    '\\s',
    '.',
    '..$',
    '\\t',
  ],
  ...[
    '\\\\w',
    '\\.y\\*z',
    '[\\]\\[]',
    '[a-]',
    '[-a]x?',
    'a{2,4}b',
    'a{5}b',
    'a{6}b',
    'a{2,}',
    '{s}',
    'x{',
    'a{,2}',
    '}|]',
  ],
  ...[
    'über|ΣΊΣ',
    '\\u6f22',
    '\\x41',
    '(?<year>\\d{4})-',
    'T\\d\\d:',
    '()',
    '(a|)b',
    '[^]',
    '[]',
    'a|',
    '\\w+\\W\\w+$',
    '\\/api',
  ],
];

// As the page searches: a piece at a time.
function inPieces(own: Search, text: string, meanwhile?: () => void): { isFound: boolean; pieces: number } {
  let answer = own.finds(text);
  let pieces = 1;
  for (; typeof answer === 'object'; pieces += 1) {
    meanwhile?.();
    answer = own.finds(text, answer);
  }
  return { isFound: answer, pieces };
}

describe('the search in lines', () => {
  test.each(patterns)('%s finds what JavaScript finds', (pattern) => {
    const own = search(pattern);
    const other = new RegExp(pattern);
    expect(lines.map((line) => own.finds(line))).toEqual(lines.map((line) => other.test(line)));
  });

  test.each(patterns)('%s finds what JavaScript finds without regard to case', (pattern) => {
    const own = search(pattern, { isCaseKept: false });
    const other = new RegExp(pattern, 'i');
    expect(lines.map((line) => own.finds(line))).toEqual(lines.map((line) => other.test(line)));
  });

  test.each(['a+', 'foo', '\\bfoo\\b', '\\d+', '[A-Z]\\w*', '"[^"]*"', '$', 'b*', 'foo|foobar'])(
    '%s is marked',
    (pattern) => {
      // JavaScript takes the first of two ways that fit, this the longest.
      const other = new RegExp(pattern === 'foo|foobar' ? 'foobar|foo' : pattern, 'g');
      for (const line of lines) {
        const found = [...line.matchAll(other)].filter(([text]) => text !== '');
        expect(search(pattern).marks(line).marks).toEqual(
          found.map(({ index, 0: text }) => ({ from: index, to: index + text.length })),
        );
      }
    },
  );

  test('takes words as they are', () => {
    expect(search('.y*', { isPattern: false }).finds('x.y*z')).toBe(true);
    expect(search('.y*', { isPattern: false }).finds('xyz')).toBe(false);
    expect(
      search('http server', { isPattern: false, isCaseKept: false }).marks('HTTP Server, http server').marks,
    ).toEqual([
      { from: 0, to: 11 },
      { from: 13, to: 24 },
    ]);
    expect(search('HTTP', { isPattern: false }).marks('HTTP http HTTP').marks).toEqual([
      { from: 0, to: 4 },
      { from: 10, to: 14 },
    ]);
  });

  test.each([
    ['(a', 'open-group', 1],
    ['x[a', 'open-class', 2],
    ['a)', 'stray-parenthesis', 2],
    ['*a', 'nothing-to-repeat', 1],
    ['a**', 'nothing-to-repeat', 3],
    ['^*', 'nothing-to-repeat', 1],
    ['a\\', 'unfinished', 2],
    ['[z-a]', 'wrong-order', 4],
    ['a{3,1}', 'wrong-order', 2],
    ['(?=a)', 'look-around', 1],
    ['(?<!a)b', 'look-around', 1],
    ['(a)\\1', 'back-reference', 4],
    ['\\p{L}', 'unknown-escape', 1],
    ['(?i)a', 'unknown-group', 1],
    ['(a{1000}){1000}', 'too-large', 1],
    ['a{100000}', 'too-large', 2],
    ['((((){1000}){1000}){1000}){1000}', 'too-large', 1],
    ['(((a{0}){1000}){1000}){1000}', 'too-large', 1],
  ])('%s is refused: %s', (pattern, why, place) => {
    expect(trouble(pattern)).toEqual({ trouble: why, place });
  });

  test.each([
    '(a+)+$',
    '(a|a)*b$',
    '(.*)*x$',
    'a.*b.*c',
    '(x{0,20}){0,20}y',
    '(a*)*(a*)*(a*)*!!',
    '[^b]*b[^c]*c.*d.*e.*f',
  ])('%s takes one pass over a line of a megabyte', (pattern) => {
    const line = `${'a'.repeat(1_000_000)}!`;
    const begin = performance.now();
    expect(search(pattern).finds(line)).toBe(false);
    expect(search(pattern, { isCaseKept: false }).finds(line)).toBe(false);
    expect(search(pattern).marks(line.slice(0, 4000)).marks.length).toBeLessThan(300);
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  test('a pattern with more places than fit is searched for all the same', () => {
    const own = search('[ab]*a[ab]{16}c');
    const letters = mixedLetters(50_000);
    const begin = performance.now();
    expect(inPieces(own, letters)).toMatchObject({ isFound: false });
    expect(inPieces(own, `${letters}a${'b'.repeat(16)}c`)).toMatchObject({ isFound: true });
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  test('a costly one goes on where it was, whatever was searched meanwhile', () => {
    // Only who remembers the beginning finds the end.
    const own = search('x[ab]*a[ab]{200}c');
    const letters = mixedLetters(3000);
    // So much of it that the first line's places are forgotten.
    const meanwhile = () => inPieces(own, `x${mixedLetters(1500)}`);
    const end = `a${'b'.repeat(200)}c`;
    const { isFound, pieces } = inPieces(own, `x${letters}${end}`, meanwhile);
    expect(isFound).toBe(true);
    expect(pieces).toBeGreaterThan(3);
    expect(inPieces(own, `x${letters}y${letters}${end}`, meanwhile).isFound).toBe(false);
  });

  test('what is marked in a line costs little, whatever the pattern', () => {
    const own = search('[ab]*a[ab]{1000}c', { isCaseKept: false });
    const begin = performance.now();
    const rows = Array.from({ length: 50 }, () => own.marks(mixedLetters(4000)));
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(rows.every(({ isWhole }) => !isWhole)).toBe(true);
  });

  test('50,000 lines are searched in little time', () => {
    const many = Array.from(
      { length: 50_000 },
      (_, index) => `level=info caller=main.go:${index} msg="request" ms=${index % 977}`,
    );
    const figures: string[] = [];
    for (const [pattern, change] of [
      ['ms=976', { isPattern: false }],
      ['MS=976', { isPattern: false, isCaseKept: false }],
      ['ms=97[0-6]$', {}],
    ] as const) {
      const own = search(pattern, change);
      // Put together from pieces, each is copied once when it is first read.
      for (const line of many) line.charCodeAt(0);
      const begin = performance.now();
      const found = many.filter((line) => own.finds(line)).length;
      const took = performance.now() - begin;
      figures.push(`${pattern}: ${found} in ${took.toFixed(0)} ms`);
      expect(found).toBeGreaterThan(0);
      expect(took).toBeLessThan(400);
    }
    console.log(figures.join('; '));
  });
});
