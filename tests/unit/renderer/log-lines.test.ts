import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import { countGroups, everyLine } from '../../../renderer/logs/line-filter.ts';
import { LogLines } from '../../../renderer/logs/log-lines.ts';
import { LogRing } from '../../../renderer/logs/log-ring.ts';
import type { OrderedLines } from '../../../renderer/logs/ordered-lines.ts';
import { createSearch, type Search } from '../../../renderer/logs/search/search.ts';
import { mixedLetters } from '../../support/mixed-letters.ts';

function line(milliseconds: number, change: Partial<LogLine> = {}): LogLine {
  const timestamp = new Date(milliseconds).toISOString();
  return { service: 'loki', stream: 'stdout', timestamp, text: `line ${milliseconds}`, ...change };
}

const textsOf = (lines: OrderedLines | undefined) => lines?.slice(0, lines.size).map(({ text }) => text);

function find(words: string, isPattern = false): Search {
  const search = createSearch({ words, isPattern, isCaseKept: true });
  if ('trouble' in search) throw new Error(search.trouble);
  return search;
}

// A clock that goes on by this much at each look.
function clock(step: number): () => number {
  let time = 0;
  return () => (time += step);
}

describe('the lines of a view', () => {
  test('show what passes the filter, as it comes', () => {
    const lines = new LogLines(100);
    lines.append([line(1), line(2, { stream: 'stderr' }), line(3, { text: 'level=error broken' })]);
    lines.setFilter({ ...everyLine, stream: 'stderr' });
    lines.advance();
    lines.append([line(4), line(5, { stream: 'stderr' })]);
    expect(lines.advance()).toBe(true);
    expect(textsOf(lines.shown)).toEqual(['line 2', 'line 5']);
    lines.setFilter({ ...everyLine, hidden: new Set(['other']) });
    lines.advance();
    expect(textsOf(lines.shown)).toEqual(['level=error broken']);
    expect(countGroups(lines.ring.levels)).toMatchObject({ error: 1, other: 4 });
  });

  test('find among what is shown, or show only what is found', () => {
    const lines = new LogLines(100);
    lines.append([line(1), line(12), line(3)]);
    lines.setSearch(find('1'), false);
    lines.advance();
    lines.append([line(21), line(4)]);
    lines.advance();
    expect(textsOf(lines.found)).toEqual(['line 1', 'line 12', 'line 21']);
    expect(lines.shown.size).toBe(5);
    lines.setSearch(find('1'), true);
    lines.advance();
    expect(textsOf(lines.shown)).toEqual(['line 1', 'line 12', 'line 21']);
    lines.setSearch(undefined, true);
    lines.advance();
    expect(lines.shown.size).toBe(5);
    expect(lines.found).toBeUndefined();
  });

  test('find words that colours part', () => {
    const lines = new LogLines(100);
    lines.append([line(1, { text: 'con\u001b[31mnec\u001b[0mtion refused' })]);
    lines.setSearch(find('connection'), false);
    lines.advance();
    expect(lines.found?.size).toBe(1);
  });

  test('let go together of what falls out', () => {
    const lines = new LogLines(5);
    lines.setSearch(find('2'), false);
    for (let time = 1; time <= 30; time += 1) {
      lines.append([line(time)]);
      if (time % 7 === 0) lines.advance();
    }
    lines.advance();
    expect(textsOf(lines.shown)).toEqual([26, 27, 28, 29, 30].map((time) => `line ${time}`));
    expect(textsOf(lines.found)).toEqual([26, 27, 28, 29].map((time) => `line ${time}`));
    expect(lines.ring.dropped).toBe(25);
  });

  test('keep lines that come late in their place', () => {
    const lines = new LogLines(100);
    lines.setSearch(find('line'), false);
    lines.append([line(10), line(30)]);
    lines.advance();
    lines.append([line(20, { service: 'tempo' }), line(40, { service: 'tempo' })]);
    lines.append([line(5, { service: 'grafana' })]);
    lines.advance();
    const inOrder = ['line 5', 'line 10', 'line 20', 'line 30', 'line 40'];
    expect(textsOf(lines.shown)).toEqual(inOrder);
    expect(textsOf(lines.found)).toEqual(inOrder);
  });

  test('do a part of much work in a frame, and the rest in those after it', () => {
    const lines = new LogLines(10_000);
    lines.append(Array.from({ length: 10_000 }, (_, index) => line(index)));
    let frames = 1;
    while (!lines.advance(clock(10))) frames += 1;
    expect(frames).toBeGreaterThan(3);
    expect(lines.shown.size).toBe(10_000);
  });

  test.each([true, false])('do a part of one costly line in a frame, too (only what is found: %s)', (isOnlyFound) => {
    const lines = new LogLines(100);
    // Only who remembers the beginning finds the end.
    const costly = `x${mixedLetters(5000)}a${'b'.repeat(200)}c`;
    lines.append([line(1, { text: 'abc' }), line(2, { text: costly }), line(3, { text: 'aaac' })]);
    lines.setSearch(find('x[ab]*a[ab]{200}c|aaac', true), isOnlyFound);
    let frames = 1;
    // Each look at the clock is a frame.
    for (; !lines.advance(clock(1000)); frames += 1) {
      // It holds up nothing that comes after it.
      if (frames === 3) expect(textsOf(lines.found)).toEqual(['aaac']);
    }
    expect(frames).toBeGreaterThan(5);
    expect(textsOf(lines.found)).toEqual([costly, 'aaac']);
  });

  test('do not go on in a line that is gone', () => {
    const lines = new LogLines(2);
    lines.append([line(1, { text: `${mixedLetters(20_000)}a${'b'.repeat(200)}c` })]);
    lines.setSearch(find('[ab]*a[ab]{200}c', true), false);
    expect(lines.advance(clock(1000))).toBe(false);
    expect(lines.advance(clock(1000))).toBe(false);
    lines.append([line(2), line(3, { text: `a${'b'.repeat(200)}c` })]);
    let frames = 1;
    while (!lines.advance(clock(1000))) frames += 1;
    expect(frames).toBeLessThan(5);
    expect(lines.found?.size).toBe(1);
  });

  test('count what came while paused, of what is shown', () => {
    const lines = new LogLines(100);
    lines.setFilter({ ...everyLine, stream: 'stdout' });
    lines.append([line(1)]);
    lines.advance();
    lines.pause();
    lines.append([line(2), line(3, { stream: 'stderr' }), line(4)]);
    lines.advance();
    expect(lines.newLines).toBe(2);
    lines.setFilter(everyLine);
    lines.advance();
    expect(lines.newLines).toBe(3);
    lines.resume();
    lines.append([line(5)]);
    lines.advance();
    expect(lines.newLines).toBe(0);
  });
});

describe('the bounds of the ring', () => {
  test('are characters too, but the newest line always stays', () => {
    const ring = new LogRing(100, 1000);
    for (let time = 1; time <= 10; time += 1) ring.append([line(time, { text: 'x'.repeat(300) })]);
    expect({ size: ring.size, dropped: ring.dropped }).toEqual({ size: 3, dropped: 7 });
    ring.append([line(11, { text: 'x'.repeat(5000) })]);
    expect({ size: ring.size, dropped: ring.dropped }).toEqual({ size: 1, dropped: 10 });
    expect(countGroups(ring.levels).other).toBe(1);
  });

  test('may be changed', () => {
    const ring = new LogRing(10);
    ring.append(Array.from({ length: 10 }, (_, index) => line(index)));
    ring.resize(4);
    expect({ size: ring.size, dropped: ring.dropped, first: ring.lines.at(0)?.text }).toEqual({
      size: 4,
      dropped: 6,
      first: 'line 6',
    });
  });

  test('several lines of one moment are not taken for a repetition', () => {
    const ring = new LogRing(10);
    ring.append([line(1), line(2, { text: 'first' })]);
    ring.expectRepetition();
    ring.append([line(1), line(2, { text: 'first' }), line(2, { text: 'second' }), line(3)]);
    expect(ring.slice(0, 10).map(({ text }) => text)).toEqual(['line 1', 'first', 'second', 'line 3']);
  });

  test('places are found by time', () => {
    const ring = new LogRing(100);
    ring.append([line(10), line(20), line(20), line(30)]);
    expect([5, 10, 15, 20, 25, 31].map((time) => ring.lines.placeOfTime(time))).toEqual([0, 0, 1, 1, 3, 4]);
  });
});
