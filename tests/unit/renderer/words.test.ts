import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesWords, rateWords } from '../../../renderer/words/bytes.ts';
import {
  clockTime,
  clockWords,
  dateTimeWords,
  dateWords,
  momentWords,
  timeAgoWords,
} from '../../../renderer/words/clock.ts';
import { durationWords, spanWords } from '../../../renderer/words/duration.ts';
import { listWords } from '../../../renderer/words/lists.ts';
import { chooseLocale } from '../../../renderer/words/locale.ts';
import { countWords, formatNumber, percentWords } from '../../../renderer/words/numbers.ts';

beforeEach(() => chooseLocale('en-GB'));

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('durations', () => {
  test.each([
    [-3 * second, 'just now'],
    [0, 'just now'],
    [4999, 'just now'],
    [5 * second, 'for 5 s'],
    [59.9 * second, 'for 59 s'],
    [minute, 'for 1 min'],
    [59.9 * minute, 'for 59 min'],
    [hour, 'for 1 h'],
    [2 * hour + 5 * minute, 'for 2 h 5 min'],
    [day - 1, 'for 23 h 59 min'],
    [day, 'for 1 day'],
    [3.5 * day, 'for 3 days'],
  ])('%d ms is %s', (elapsed, words) => {
    expect(durationWords(elapsed).words).toBe(words);
  });

  test.each([0, 4999, 5000, 59_999, minute, 61_500, hour - 1, hour, 2.3 * hour, day - 1, day, 5.2 * day])(
    'the words at %d ms hold until the moment they name',
    (elapsed) => {
      const { words, changesIn } = durationWords(elapsed);
      expect(changesIn).toBeGreaterThan(0);
      expect(durationWords(elapsed + changesIn - 1).words).toBe(words);
      expect(durationWords(elapsed + changesIn).words).not.toBe(words);
    },
  );
});

test.each([
  [-1, '0 B'],
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [84_300_000, '84.3 MB'],
  [99_960_000, '100 MB'],
  [221_000_000, '221 MB'],
  [999_600_000, '1.0 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(bytesWords(bytes)).toBe(words);
});

test.each([
  [[], ''],
  [['Loki'], 'Loki'],
  [['Loki', 'Tempo'], 'Loki and Tempo'],
  [['Prometheus', 'Loki', 'Tempo'], 'Prometheus, Loki and Tempo'],
])('%j is listed as %s', (items, words) => {
  expect(listWords(items)).toBe(words);
});

test.each([
  [-5, '0 ms'],
  [340, '340 ms'],
  [999.6, '1.0 s'],
  [1240, '1.2 s'],
  [9960, '10 s'],
  [47_800, '48 s'],
  [59_700, '1 min'],
  [3 * minute + 12 * second, '3 min 12 s'],
  [hour - 100, '1 h'],
  [2 * hour + 5 * minute + 29 * second, '2 h 5 min'],
])('a span of %d ms is %s', (milliseconds, words) => {
  expect(spanWords(milliseconds)).toBe(words);
});

test.each([
  [-2000, 'just now'],
  [12_400, '12 s ago'],
  [3.9 * minute, '3 min ago'],
  [23.9 * hour, '23 h ago'],
  [day, '1 day ago'],
  [3 * day, '3 days ago'],
])('%d ms past was %s', (past, words) => {
  expect(timeAgoWords(1e12 - past, 1e12)).toBe(words);
});

describe('in the chosen language', () => {
  const moment = new Date(2026, 10, 9, 15, 4, 7).getTime();
  afterEach(() => chooseLocale('system'));

  test.each([
    ['en-GB', '1,234.5', '15:04', '15:04:07', '9 Nov 2026', '84.3 MB', '4.2%'],
    ['en-US', '1,234.5', '3:04 PM', '3:04:07 PM', 'Nov 9, 2026', '84.3 MB', '4.2%'],
    ['de-DE', '1.234,5', '15:04', '15:04:07', '09.11.2026', '84,3 MB', '4,2 %'],
    ['fr-FR', '1 234,5', '15:04', '15:04:07', '9 nov. 2026', '84,3 MB', '4,2 %'],
    ['ar-EG', '١٬٢٣٤٫٥', '٣:٠٤ م', '٣:٠٤:٠٧ م', '٠٩‏/١١‏/٢٠٢٦', '٨٤٫٣ MB', '٤٫٢٪؜'],
  ])('%s', (locale, number, time, clock, date, bytes, percent) => {
    chooseLocale(locale);
    const seen = [
      formatNumber(1234.5, 1),
      clockTime(moment),
      clockWords(moment),
      dateWords(moment),
      bytesWords(84_300_000),
      percentWords(0.042),
    ];
    // Blanks that do not break are of no matter here.
    expect(seen.map((words) => words.replaceAll(/[\u00a0\u202f]/g, ' '))).toEqual([
      number,
      time,
      clock,
      date,
      bytes,
      percent,
    ]);
  });

  test('what was written in one language is not kept for the next', () => {
    chooseLocale('de-DE');
    expect(countWords(12_345, 'line')).toBe('12.345 lines');
    chooseLocale('en-GB');
    expect(countWords(12_345, 'line')).toBe('12,345 lines');
    expect(countWords(1, 'line')).toBe('1 line');
    expect(rateWords(2_400_000)).toBe('2.4 MB/s');
  });

  test('an early hour has the digits that the language gives it', () => {
    const early = new Date(2026, 10, 9, 6, 4, 7).getTime();
    chooseLocale('en-GB');
    expect(clockTime(early)).toBe('06:04');
    chooseLocale('en-US');
    expect(clockTime(early)).toMatch(/^6:04\s/);
  });

  test('a moment of another day says which', () => {
    expect(momentWords(moment, moment + hour)).toBe('15:04:07');
    expect(momentWords(moment, moment + day)).toBe(dateTimeWords(moment));
    expect(dateTimeWords(moment)).toBe('9 Nov 2026, 15:04:07');
  });
});
