import { describe, expect, test } from 'vitest';
import { bytesWords } from '../../../renderer/words/bytes.ts';
import { durationWords } from '../../../renderer/words/duration.ts';
import { listWords } from '../../../renderer/words/lists.ts';

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
