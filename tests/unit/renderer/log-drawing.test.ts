import { describe, expect, test } from 'vitest';
import { contrast, readableOn, rgbOf } from '../../../renderer/logs/colours/readable.ts';
import { styleOf } from '../../../renderer/logs/colours/look-style.ts';
import { colouredText, trueColour } from '../../../renderer/logs/colours/sgr.ts';
import { fieldsOf } from '../../../renderer/logs/line-fields.ts';
import { partsOf } from '../../../renderer/logs/line-parts.ts';
import type { KeptLine } from '../../../renderer/logs/log-ring.ts';
import { parseMoment } from '../../../renderer/logs/parse-moment.ts';
import { createSearch, type Search } from '../../../renderer/logs/search/search.ts';
import { mixedLetters } from '../../support/mixed-letters.ts';

const runs = (raw: string) => colouredText(raw, 4000).runs;

describe('colours of terminals', () => {
  test.each([
    ['plain', [{ text: 'plain', look: {} }]],
    [
      'a \u001b[31mred\u001b[0m b',
      [
        { text: 'a ', look: {} },
        { text: 'red', look: { ink: 1 } },
        { text: ' b', look: {} },
      ],
    ],
    ['\u001b[1;4;97;44mx', [{ text: 'x', look: { isBold: true, isUnderlined: true, ink: 15, ground: 4 } }]],
    ['\u001b[38;5;9mx', [{ text: 'x', look: { ink: 9 } }]],
    ['\u001b[38;5;196mx', [{ text: 'x', look: { ink: trueColour + 0xff0000 } }]],
    ['\u001b[48;5;232mx', [{ text: 'x', look: { ground: trueColour + 0x080808 } }]],
    ['\u001b[38;2;1;2;3mx', [{ text: 'x', look: { ink: trueColour + 0x010203 } }]],
    ['\u001b[38;2;999;;1mx', [{ text: 'x', look: { ink: trueColour + 0xff0001 } }]],
    ['\u001b[31m\u001b[39mx', [{ text: 'x', look: {} }]],
    ['\u001b[2J\u001b[Hx\u0007', [{ text: 'x⟨U+0007⟩', look: {} }]],
    ['\u001b[mx\r', [{ text: 'x', look: {} }]],
  ])('%j', (raw, expected) => {
    expect(runs(raw)).toEqual(expected);
  });

  test('that change at every letter, or are nothing else, cost little', () => {
    const begin = performance.now();
    const bomb = colouredText('\u001b[31mx\u001b[32my'.repeat(100_000), 4000);
    expect(bomb.runs.length).toBeLessThanOrEqual(300);
    expect(bomb.isCut).toBe(true);
    expect(runs('\u001b[31m'.repeat(100_000))).toEqual([]);
    expect(runs(`\u001b[${'1;'.repeat(100_000)}m`)).toHaveLength(1);
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  test('can be read on both grounds', () => {
    const grounds = [0xf0eee9, 0x22272b, 0x000000, 0xffffff, 0x808080].map(rgbOf);
    for (let colour = 0; colour <= 0xffffff; colour += 0x0f1e2d) {
      for (const ground of grounds) expect(contrast(readableOn(rgbOf(colour), ground), ground)).toBeGreaterThan(4.5);
    }
    expect(styleOf({ ink: 1, isBold: true })).toEqual({ color: 'var(--sgr-1)', fontWeight: 700 });
    expect(styleOf({ isInverse: true })).toEqual({ color: 'var(--panel)', backgroundColor: 'var(--ink)' });
    expect(styleOf({ ink: trueColour })).toEqual({ color: expect.stringMatching(/^light-dark\(rgb\(0 0 0\), rgb/) });
  });
});

describe('structured lines', () => {
  test('of JSON', () => {
    expect(fieldsOf('{"level":"info","msg":"a b","n":1,"http":{"status":200},"list":[1],"none":null}')).toEqual({
      message: 'a b',
      fields: [
        { name: 'level', value: 'info' },
        { name: 'n', value: '1' },
        { name: 'http.status', value: '200' },
        { name: 'list', value: '[1]' },
        { name: 'none', value: 'null' },
      ],
    });
  });

  test('of logfmt', () => {
    expect(fieldsOf('level=info msg="a \\"b\\" c" empty= url=http://x/?a=b')).toEqual({
      message: 'a "b" c',
      fields: [
        { name: 'level', value: 'info' },
        { name: 'empty', value: '' },
        { name: 'url', value: 'http://x/?a=b' },
      ],
    });
  });

  test.each([
    'plain words',
    'a=b',
    'words then=pairs and=more',
    '{"broken":',
    '[1,2]',
    '{}',
    '"text"',
    '',
    `{"a":"${'x'.repeat(70_000)}"}`,
  ])('%.40s is none', (text) => {
    expect(fieldsOf(text)).toBeUndefined();
  });

  test('that are hostile cost little', () => {
    const begin = performance.now();
    fieldsOf(`a="${'\\"'.repeat(30_000)}`);
    fieldsOf('a='.repeat(30_000));
    fieldsOf('{"a":'.repeat(10_000));
    fieldsOf(`${'a=b '.repeat(15_000)}"`);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

describe('parts of a drawn line', () => {
  const line = (text: string): KeptLine => ({
    ...{ service: 'loki', stream: 'stdout', timestamp: '', key: 1, at: 0, level: undefined },
    text,
  });
  const find = (words: string): Search => createSearch({ words, isPattern: false, isCaseKept: true }) as Search;
  const everything = { hasColours: true, hasFields: true };
  const told = (text: string, search?: Search, drawing = everything) =>
    partsOf(line(text), drawing, search).parts.map((part) => (part.isMarked ? `[${part.text}]` : part.text));

  test('show the message first, and no time again', () => {
    expect(told('{"ts":"now","level":"info","msg":"hello"}')).toEqual(['hello', '  level=', 'info']);
    expect(told('level=info msg=hello', undefined, { ...everything, hasFields: false })).toEqual([
      'level=info msg=hello',
    ]);
  });

  test('are marked across colours', () => {
    expect(told('con\u001b[31mnec\u001b[0mtion, connection', find('connection'))).toEqual([
      '[con]',
      '[nec]',
      '[tion]',
      ', ',
      '[connection]',
    ]);
  });

  test('without colours have no sequences either', () => {
    expect(told('\u001b[31mred\u001b[0m', undefined, { hasColours: false, hasFields: false })).toEqual(['red']);
  });

  test('show what is invisible, in fields too', () => {
    expect(told('{"msg":"a\\u202eb","x\\u0000":"\\n"}')).toEqual(['a⟨U+202E⟩b', '  x⟨U+0000⟩=', '⟨U+000A⟩']);
  });

  test('say that what was found is not in them, if that is known', () => {
    const costly = createSearch({ words: 'x[ab]*a[ab]{500}c', isPattern: true, isCaseKept: true }) as Search;
    const isUnseen = (text: string, search?: Search) => partsOf(line(text), everything, search).isUnseen;
    expect(isUnseen('{"msg":"hello"}', find('"msg"'))).toBe(true);
    expect(isUnseen('{"msg":"hello"}', find('hello'))).toBe(false);
    expect(isUnseen('{"msg":"hello"}')).toBe(false);
    expect(isUnseen(`x${mixedLetters(3000)}`, costly)).toBe(false);
  });

  test('are cut', () => {
    const parts = partsOf(line(`msg=${'x'.repeat(5000)} a=b`), everything, undefined);
    expect(parts.isCut).toBe(true);
    expect(parts.parts.map(({ text }) => text.length)).toEqual([4000]);
  });
});

describe('times as they are typed', () => {
  const now = new Date(2026, 10, 29, 12, 0, 0).getTime();
  const at = (...parts: [number, number, number, number, number, number?, number?]) => new Date(...parts).getTime();

  test.each([
    ['11:59', at(2026, 10, 29, 11, 59)],
    [' 9:05:07 ', at(2026, 10, 29, 9, 5, 7)],
    ['12:01', at(2026, 10, 28, 12, 1)],
    ['11:59:01.5', at(2026, 10, 29, 11, 59, 1, 500)],
    ['2026-11-28 23:00', at(2026, 10, 28, 23, 0)],
    ['2026-11-28T23:00:10', at(2026, 10, 28, 23, 0, 10)],
  ])('%s', (typed, moment) => {
    expect(parseMoment(typed, now)).toBe(moment);
  });

  test.each(['', 'now', '24:00', '12:60', '2026-02-31 10:00', '2026-13-01 10:00', '12'])('%s is none', (typed) => {
    expect(parseMoment(typed, now)).toBeUndefined();
  });
});
