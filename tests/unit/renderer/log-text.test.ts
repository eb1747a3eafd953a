import { describe, expect, test } from 'vitest';
import { cleanText, displayText, longestShown } from '../../../renderer/logs/display-text.ts';
import { lineTime } from '../../../renderer/logs/line-time.ts';
import { detailWithoutLines } from '../../../renderer/shell/failure-detail.ts';

describe('text of log lines', () => {
  test.each([
    ['plain', 'plain'],
    ['a\tb', 'a\tb'],
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['\u001b]8;;http://example.test\u001b\\link', 'link'],
    ['\u001b', '⟨U+001B⟩'],
    ['line\r', 'line'],
    ['over\rwritten', 'over⟨U+000D⟩written'],
    ['a\u202eb\u2066c', 'a⟨U+202E⟩b⟨U+2066⟩c'],
    ['<b>&amp;</b>', '<b>&amp;</b>'],
    ['漢字 👩‍👩‍👧', '漢字 👩‍👩‍👧'],
  ])('%j is shown as %j', (raw, shown) => {
    expect(cleanText(raw)).toBe(shown);
  });

  test('is cut where it would only cost time', () => {
    const raw = 'x'.repeat(longestShown + 1);
    expect(displayText(raw)).toEqual({ text: 'x'.repeat(longestShown), isCut: true });
    expect(displayText(raw.slice(1)).isCut).toBe(false);
  });

  test('an escape bomb is cleaned in no time', () => {
    const begin = performance.now();
    cleanText('\u001b['.repeat(500_000));
    cleanText(`\u001b]${'x'.repeat(1_000_000)}`);
    cleanText(`\u001b[${'1;'.repeat(500_000)}`);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

describe('times of log lines', () => {
  test('have the same order whatever the engine leaves out', () => {
    const inOrder = [
      '2026-09-01T10:00:00Z',
      '2026-09-01T10:00:00.000001Z',
      '2026-09-01T12:00:00.1+02:00',
      '2026-09-01T10:00:00.123456789Z',
      '2026-09-01T10:00:00.5Z',
      '2026-09-01T10:00:01.000000000Z',
    ].map(lineTime);
    expect([...inOrder].sort((a, b) => a - b)).toEqual(inOrder);
    expect(new Set(inOrder).size).toBe(inOrder.length);
  });

  test('may be missing', () => {
    expect(lineTime('')).toBeNaN();
    expect(lineTime('yesterday')).toBeNaN();
  });
});

describe('the detail of a failure', () => {
  test.each([
    ['It exited with code 1. Its last words: a / b', ['a', 'b'], 'It exited with code 1.'],
    ['It exited with code 1. Its last words: a.b / c', ['a.b', 'c'], 'It exited with code 1.'],
    ['It exited with code 1.', [], 'It exited with code 1.'],
    ['Something else', ['a'], 'Something else'],
  ])('%s', (detail, lines, shown) => {
    expect(detailWithoutLines(detail, lines)).toBe(shown);
  });
});
