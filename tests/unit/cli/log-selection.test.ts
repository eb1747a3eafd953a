import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../electron/cli/arguments.ts';
import { momentOf } from '../../../electron/cli/log-options.ts';
import { logSelection } from '../../../electron/cli/log-selection.ts';
import type { LogLine } from '../../../electron/core/engine-port.ts';

const now = new Date(2026, 9, 5, 14, 30, 0).getTime();
const minute = 60_000;

const line = (text: string, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  service: 'loki',
  stream,
  timestamp: '',
  text,
});

function selection(...words: readonly string[]) {
  const parsed = parseArguments(['logs', ...words], ['loki', 'tempo']);
  if (parsed.kind !== 'run') throw new Error(parsed.kind === 'usage' ? parsed.message : parsed.kind);
  return logSelection(parsed.invocation, now);
}

function wrong(...words: readonly string[]): string {
  const parsed = parseArguments(['logs', ...words], ['loki', 'tempo']);
  return parsed.kind === 'usage' ? parsed.message : parsed.kind;
}

describe('the time of lines', () => {
  it.each([
    ['10m', now - 10 * minute],
    ['2h30m', now - 150 * minute],
    ['1d', now - 24 * 60 * minute],
    ['45s', now - 45_000],
    ['14:05', now - 25 * minute],
    ['14:05:30', now - 24.5 * minute],
    ['2026-10-05', new Date(2026, 9, 5).getTime()],
    ['2026-10-05 14:05', now - 25 * minute],
    ['2026-10-05T14:05', now - 25 * minute],
    ['2026-10-05T12:05:09Z', Date.UTC(2026, 9, 5, 12, 5, 9)],
    ['2026-10-05T12:05:09.123456789Z', Date.UTC(2026, 9, 5, 12, 5, 9, 123)],
    ['2026-10-05T12:05:09+02:00', Date.UTC(2026, 9, 5, 10, 5, 9)],
  ])('%s', (value, moment) => {
    expect(momentOf(value, now)).toBe(moment);
  });

  it.each(['', 'm', '10', 'yesterday', '25:00', '2026-13-01T00:00', '2026-02-31', '1e3m'])('%j is none', (value) => {
    expect(momentOf(value, now)).toBeUndefined();
  });

  it('of a day that is not over is the last time the clock showed it', () => {
    expect(momentOf('23:00', now)).toBe(new Date(2026, 9, 4, 23).getTime());
  });

  it('is from, up to, or around a moment', () => {
    expect(selection().span).toEqual({});
    expect(selection('--since', '10m').span).toEqual({ from: now - 10 * minute });
    expect(selection('--since', '14:00', '--until', '14:10').span).toEqual({
      from: now - 30 * minute,
      to: now - 20 * minute,
    });
    expect(selection('--around', '14:05').span).toEqual({ from: now - 26 * minute, to: now - 24 * minute });
  });
});

describe('the text of lines', () => {
  const lines = [
    line('level=info msg=ok'),
    line('level=warn msg=slow', 'stderr'),
    line('level=error msg="Timed out"'),
    line('nothing said'),
    line('\u001b[31mTime\u001b[0md out too'),
  ];
  const chosen = (...words: readonly string[]) =>
    selection(...words)
      .choose(lines)
      .map((each) => lines.indexOf(each));

  it('is all of them where nothing is asked for', () => {
    expect(selection().choose(lines)).toBe(lines);
  });

  it('is of a level or a worse one', () => {
    expect(chosen('--level', 'warn')).toEqual([1, 2]);
    expect(chosen('--level', 'trace')).toEqual([0, 1, 2]);
    expect(chosen('--level', 'fatal')).toEqual([]);
  });

  it('is of one output', () => {
    expect(chosen('--stream', 'stderr')).toEqual([1]);
  });

  it('holds a pattern, whatever its colours', () => {
    expect(chosen('--grep', 'Timed out')).toEqual([2, 4]);
    expect(chosen('--grep', 'timed OUT')).toEqual([]);
    expect(chosen('--grep', 'timed OUT', '-i')).toEqual([2, 4]);
    expect(chosen('--grep', '^level=(info|warn)', '--level', 'warn')).toEqual([1]);
  });
});

describe('what is not understood', () => {
  it.each([
    [['--since', 'soon'], '--since wants a time such as'],
    [['--grep', '('], '--grep wants a regular expression, not "(".'],
    [['--level', 'warning'], '--level wants trace, debug, info, warn, error or fatal, not "warning".'],
    [['--stream', 'err'], '--stream wants stdout or stderr'],
    [['--tail', 'x'], '--tail wants a number, not "x".'],
    [['--around', '14:05', '--since', '1h'], 'logs takes --around or --since, not both.'],
    [['-f', '--until', '14:05'], 'logs takes --follow or --until, not both.'],
  ])('%j', (words, message) => {
    expect(wrong(...words)).toContain(message);
  });
});
