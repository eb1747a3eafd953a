import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import { createOverlap } from '../../../electron/runtime/log-overlap.ts';

const line = (text: string, second: number): LogLine => ({
  service: 'loki',
  stream: 'stdout',
  timestamp: new Date(second * 1000).toISOString(),
  text,
});
const texts = (lines: readonly LogLine[]) => lines.map((one) => one.text).join(' ');

describe('a log that is read again', () => {
  it('leaves out nothing within one reading, whatever the order of the timestamps', () => {
    const overlap = createOverlap();
    expect(texts(overlap.take([line('a', 5), line('b', 5)]))).toBe('a b');
    expect(texts(overlap.take([line('c', 5), line('earlier', 4), line('d', 6)]))).toBe('c earlier d');
  });

  it('leaves out what was given, and not one line more: many lines may share a moment', () => {
    const overlap = createOverlap();
    overlap.take([line('a', 4), line('b', 5), line('c', 5)]);
    overlap.readAgain();
    expect(overlap.since()).toBe(5);
    expect(texts(overlap.take([line('b', 5), line('c', 5), line('of the next run', 5), line('d', 6)]))).toBe(
      'of the next run d',
    );
  });

  it('asks for all as long as nothing was read', () => {
    const overlap = createOverlap();
    overlap.readAgain();
    expect(overlap.since()).toBeUndefined();
    expect(texts(overlap.take([line('a', 1)]))).toBe('a');
  });
});
