import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import {
  createReading,
  isLogPosition,
  nanosecondsOf,
  readFrom,
} from '../../../electron/core/telemetry/feed-position.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const at = (time: string, text: string, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  service: 'shop',
  stream,
  timestamp: `2026-11-24T${time}Z`,
  text,
});
const texts = (lines: readonly { readonly text: string }[]): string => lines.map(({ text }) => text).join(' ');

describe('nanosecondsOf', () => {
  it.each([
    ['2026-11-24T12:00:00.123456789Z', '1795521600123456789'],
    ['2026-11-24T12:00:00Z', '1795521600000000000'],
    ['2026-11-24T12:00:00.5Z', '1795521600500000000'],
    ['2026-11-24T13:00:00.000000001+01:00', '1795521600000000001'],
    ['', undefined],
    ['yesterday', undefined],
  ])('%s', (timestamp, expected) => expect(nanosecondsOf(timestamp)).toBe(expected));
});

describe('a reading', () => {
  it('takes everything of a log that was never read', () => {
    const reading = createReading({});
    const lines = reading.take([at('11:00:00.000000001', 'a'), at('11:00:00.000000002', 'b', 'stderr')], now);
    expect(lines).toEqual([
      { stream: 'stdout', nanoseconds: '1795518000000000001', text: 'a' },
      { stream: 'stderr', nanoseconds: '1795518000000000002', text: 'b' },
    ]);
  });

  it('gives what follows the position, and leaves out what was read, also in the middle of one moment', () => {
    const first = createReading({});
    const log = [
      at('11:00:00', 'a'),
      at('11:00:01', 'b'),
      at('11:00:01', 'c'),
      at('11:00:01', 'd'),
      at('11:00:02', 'e'),
    ];
    first.take(log.slice(0, 3), now);
    const second = createReading(first.position());
    expect(texts(second.take(log, now))).toBe('d e');
    expect(second.position()).toEqual({ stdout: { nanoseconds: '1795518002000000000', count: 1 } });
  });

  it('gives equal lines of one moment a time each, and the same one when they are read again', () => {
    const log = [at('11:00:01', 'x'), at('11:00:01', 'x'), at('11:00:01', 'x')];
    const whole = createReading({}).take(log, now);
    expect(whole.map(({ nanoseconds }) => nanoseconds.slice(-3))).toEqual(['000', '001', '002']);
    const first = createReading({});
    first.take(log.slice(0, 1), now);
    expect(createReading(first.position()).take(log, now)).toEqual(whole.slice(1));
  });

  it('loses nothing of an output that is behind the other', () => {
    const first = createReading({});
    first.take([at('11:00:00.5', 'out')], now);
    const late = [at('11:00:00.4', 'err', 'stderr'), at('11:00:00.5', 'out')];
    expect(texts(createReading(first.position()).take(late, now))).toBe('err');
  });

  it('leaves nothing out when the clock of the engine goes back after the position was passed', () => {
    const first = createReading({});
    first.take([at('11:00:05', 'a')], now);
    const second = createReading(first.position());
    expect(texts(second.take([at('11:00:05', 'a'), at('11:00:06', 'b'), at('10:59:00', 'c')], now))).toBe('b c');
  });

  it('leaves out and counts what is older than a day, once', () => {
    const reading = createReading({});
    const old = { ...at('11:00:00', 'old'), timestamp: '2026-11-23T11:59:59Z' };
    expect(texts(reading.take([old, at('11:00:00', 'new')], now))).toBe('new');
    expect([reading.tooOld(), reading.tooOld()]).toEqual([1, 0]);
  });

  it('gives a line without a time that of the line before', () => {
    const reading = createReading({});
    const lines = reading.take([at('11:00:00', 'a'), { ...at('', 'b'), timestamp: '' }], now);
    expect(lines[1]?.nanoseconds).toBe('1795518000000000001');
  });
});

describe('readFrom', () => {
  it('is a day ago for a log that was never read, and a little before the later output else', () => {
    expect(readFrom({}, now)).toBe(now / 1000 - 86_400);
    const position = {
      stdout: { nanoseconds: '1795518010000000000', count: 1 },
      stderr: { nanoseconds: '1795510000000000000', count: 1 },
    };
    expect(readFrom(position, now)).toBe(1795518008);
  });
});

describe('isLogPosition', () => {
  it.each([
    [{}, true],
    [{ stdout: { nanoseconds: '1795518010000000000', count: 2 } }, true],
    [{ stdout: { nanoseconds: '17955', count: 2 } }, false],
    [{ stdout: { nanoseconds: '1795518010000000000' } }, false],
    [{ other: { nanoseconds: '1795518010000000000', count: 2 } }, false],
    [{ stdout: null }, false],
    ['text', false],
    [null, false],
  ])('%j: %s', (value, expected) => expect(isLogPosition(value)).toBe(expected));
});
