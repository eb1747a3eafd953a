import { describe, expect, it } from 'vitest';
import type { ObservedContainer } from '../../../electron/core/observed.ts';
import type { Retention } from '../../../electron/core/settings.ts';
import {
  type CappedSignal,
  capBytes,
  cappedSignals,
  hasHadTime,
  type HoursInForce,
  isHopelesslyFull,
  type KeeperRun,
  keeperRun,
  nextHours,
  shortenedHours,
  shortestHours,
} from '../../../electron/core/telemetry/retention.ts';

const minute = 60_000;
const hour = 60 * minute;
const gigabyte = 1e9;
const start = 1_700_000_000_000;
const week: Retention = { days: 7, gigabytes: 4 };

describe('the hours that are kept', () => {
  it('are those of the settings while there is room', () => {
    expect(nextHours('logs', week, 3 * gigabyte, undefined, start).hours).toBe(168);
    expect(nextHours('logs', week, undefined, undefined, start).hours).toBe(168);
  });

  it('become fewer in proportion to what is used, and are then left alone until that can be seen', () => {
    const first = nextHours('logs', week, 5 * gigabyte, undefined, start);
    expect(first.hours).toBe(Math.floor((168 * 0.85 * 4) / 5));
    expect(nextHours('logs', week, 5 * gigabyte, first, start + 30 * minute)).toBe(first);
    expect(nextHours('logs', week, 5 * gigabyte, first, start + hour).hours).toBeLessThan(first.hours);
  });

  it.each(cappedSignals)('are never fewer than the store of %s can do with', (signal) => {
    expect(nextHours(signal, week, 4000 * gigabyte, undefined, start).hours).toBe(shortestHours[signal]);
  });

  it('follow the settings at once, and what that deletes is waited for', () => {
    const before: HoursInForce = { hours: 168, most: 168, changedAt: -Infinity };
    const less = nextHours('logs', { ...week, days: 2 }, 5 * gigabyte, before, start);
    expect(less).toEqual({ hours: 48, most: 48, changedAt: start });
    expect(nextHours('logs', { ...week, days: 2 }, 5 * gigabyte, less, start + 30 * minute)).toBe(less);
    expect(nextHours('logs', { ...week, days: 30 }, gigabyte, before, start).hours).toBe(720);
  });

  it('stay shortened when the settings allow more: the cap is what counts', () => {
    const before: HoursInForce = { hours: 50, most: 168, changedAt: start };
    expect(nextHours('logs', { ...week, days: 30 }, 3.5 * gigabyte, before, start + hour).hours).toBe(50);
  });

  it('become more again no faster than time passes, so that nothing is deleted by it', () => {
    const before: HoursInForce = { hours: 50, most: 168, changedAt: start };
    expect(nextHours('logs', week, gigabyte, before, start + 50 * minute).hours).toBe(50);
    const after = nextHours('logs', week, gigabyte, before, start + 3.5 * hour);
    expect(after).toEqual({ hours: 53, most: 168, changedAt: start + 3 * hour });
    expect(nextHours('logs', week, gigabyte, before, start + 1000 * hour).hours).toBe(168);
  });

  it('stay between the two marks', () => {
    const before: HoursInForce = { hours: 50, most: 168, changedAt: start };
    for (const used of [3.1, 3.4, 3.7]) {
      expect(nextHours('logs', week, used * gigabyte, before, start + 10 * hour)).toBe(before);
    }
  });

  it('count as shortened only below the time of the settings', () => {
    expect(shortenedHours({ hours: 168, most: 168 })).toBeUndefined();
    expect(shortenedHours({ hours: 167, most: 168 })).toBe(167);
  });

  it('are found to be of no help only when the fewest had their time', () => {
    const fewest: HoursInForce = { hours: 24, most: 168, changedAt: start };
    expect(isHopelesslyFull('logs', week, 5 * gigabyte, fewest, start + 30 * minute)).toBe(false);
    expect(isHopelesslyFull('logs', week, 5 * gigabyte, fewest, start + hour)).toBe(true);
    expect(isHopelesslyFull('logs', week, 4 * gigabyte, fewest, start + hour)).toBe(false);
    expect(isHopelesslyFull('logs', week, 5 * gigabyte, { ...fewest, hours: 25 }, start + hour)).toBe(false);
    expect(isHopelesslyFull('logs', week, undefined, fewest, start + hour)).toBe(false);
  });
});

describe('the time that a store had to delete', () => {
  const container = (change: Partial<ObservedContainer> = {}): ObservedContainer => ({
    id: 'a',
    name: 'macula-loki',
    labels: {},
    imageId: 'i',
    phase: 'running',
    startedAt: start,
    restartCount: 0,
    outOfMemory: false,
    ...change,
  });
  type Look = readonly [minutes: number, container: ObservedContainer | undefined];
  // As it is after looks at these minutes.
  const had = (looks: readonly Look[]): boolean => {
    let run: KeeperRun | undefined;
    let now = start;
    for (const [minutes, found] of looks) {
      now = start + minutes * minute;
      run = keeperRun(found, run, now);
    }
    return run !== undefined && hasHadTime(run, now);
  };
  const every = (from: number, to: number, found: ObservedContainer | undefined): readonly Look[] =>
    Array.from({ length: (to - from) / 10 + 1 }, (_none, index) => [from + 10 * index, found]);
  const { startedAt: _unknown, ...timeless } = container();

  it.each([
    ['begins with its start, also before anybody looked', [[50, container()]], true],
    ['is too short', [[40, container()]], false],
    ['begins with the first look where the engine does not tell', [[500, timeless]], false],
    ['and is over then', every(500, 550, timeless), true],
    ['is none without a container', every(0, 100, undefined), false],
    ['is none while it does not run', every(0, 100, container({ phase: 'exited' })), false],
    [
      'begins anew with a start',
      [...every(0, 90, container()), [100, container({ startedAt: start + 91 * minute })]],
      false,
    ],
    ['begins anew with another container', [...every(0, 90, container()), [100, container({ id: 'b' })]], false],
    [
      'begins anew after a pause, which is no start',
      [...every(0, 90, container()), [100, container({ phase: 'paused' })], ...every(110, 150, container())],
      false,
    ],
    [
      'begins anew where nobody looked for long',
      [...every(0, 90, container()), ...every(500, 540, container())],
      false,
    ],
    ['and passes again', [...every(0, 90, container()), ...every(500, 550, container())], true],
  ] as const)('%s', (_what, looks, expected) => {
    expect(had(looks)).toBe(expected);
  });
});

interface Day {
  readonly at: number;
  readonly used: number;
  readonly hours: number;
  // Age of the oldest that is there, in hours.
  readonly reach: number;
}

// A store that takes in so much an hour and deletes what is too old half an hour late, as the real ones may; measured
// every ten minutes.
function simulate(
  signal: CappedSignal,
  policy: Retention,
  bytesAnHour: (at: number) => number,
  days: number,
  options: { readonly filledHours?: number; readonly overhead?: number } = {},
): readonly Day[] {
  const step = 10 * minute;
  const stored: { readonly at: number; readonly bytes: number }[] = [];
  const cutoffs: { readonly at: number; readonly cutoff: number }[] = [];
  let state: HoursInForce | undefined;
  const seen: Day[] = [];
  const filled = (options.filledHours ?? 0) * hour;
  for (let at = start - filled; at < start + days * 24 * hour; at += step) {
    stored.push({ at, bytes: bytesAnHour(at) / 6 });
    if (at < start) continue;
    const used = stored.reduce((sum, { bytes }) => sum + bytes, options.overhead ?? 0);
    state = nextHours(signal, policy, used, state, at);
    cutoffs.push({ at, cutoff: at - state.hours * hour });
    // Half an hour ago.
    const due = cutoffs.at(-4);
    while (due !== undefined && stored[0] !== undefined && stored[0].at < due.cutoff) stored.shift();
    seen.push({ at, used, hours: state.hours, reach: (at - (stored[0]?.at ?? at)) / hour });
  }
  return seen;
}

// How often the hours change their direction.
function turns(days: readonly Day[]): number {
  const steps = days
    .flatMap(({ hours }, index) => Math.sign(hours - (days[index - 1]?.hours ?? hours)))
    .filter((sign) => sign !== 0);
  return steps.filter((sign, index) => index > 0 && sign !== steps[index - 1]).length;
}

// Always the same numbers, spread as if by chance.
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe('with a store that deletes late', () => {
  const cap = capBytes(week);

  // Rates at which the cap is reached after so many hours: more than the fewest that can be kept.
  it.each([30, 40, 60, 90, 140])('the cap of %i hours of logs is kept to, and most of it is used', (hoursToFill) => {
    const days = simulate('logs', week, () => cap / hoursToFill, 30);
    expect(Math.max(...days.map(({ used }) => used))).toBeLessThan(1.15 * cap);
    const settled = days.slice(-10 * 144);
    expect(Math.max(...settled.map(({ used }) => used))).toBeLessThanOrEqual(cap);
    expect(Math.min(...settled.map(({ used }) => used))).toBeGreaterThan(0.6 * cap);
    // At rest: nothing is changed any more.
    expect(new Set(settled.map(({ hours }) => hours)).size).toBe(1);
    expect(turns(days)).toBeLessThanOrEqual(2);
  });

  it('a whole year that was allowed comes down to what fits', () => {
    const year: Retention = { days: 365, gigabytes: 4 };
    const days = simulate('traces', year, () => cap / 50, 30);
    expect(Math.max(...days.map(({ used }) => used))).toBeLessThan(1.5 * cap);
    expect(Math.max(...days.slice(-10 * 144).map(({ used }) => used))).toBeLessThanOrEqual(cap);
  });

  it('an app that starts with a store that is full already goes on from there', () => {
    const days = simulate('logs', week, () => cap / 60, 20, { filledHours: 55 });
    expect(Math.max(...days.map(({ used }) => used))).toBeLessThan(1.15 * cap);
    expect(Math.min(...days.slice(144).map(({ reach }) => reach))).toBeGreaterThan(30);
    expect(turns(days)).toBeLessThanOrEqual(2);
  });

  it('what comes by day only, and unevenly, never makes the time swing', () => {
    const chance = random(7);
    const byDay = (at: number): number => ((at / hour) % 24 < 9 ? ((2 * cap) / 40) * (0.5 + chance()) : 0);
    const days = simulate('logs', week, byDay, 60);
    const settled = days.slice(-30 * 144);
    expect(Math.max(...settled.map(({ used }) => used))).toBeLessThan(1.1 * cap);
    // Less than once a day.
    expect(turns(settled)).toBeLessThan(30);
  });

  it('the whole time comes back when less is sent', () => {
    const days = simulate('logs', week, (at) => cap / (at < start + 20 * 24 * hour ? 40 : 400), 60);
    expect(days.at(20 * 144 - 1)?.hours).toBeLessThan(60);
    expect(days.at(-1)?.hours).toBe(168);
    expect(turns(days)).toBeLessThanOrEqual(3);
  });

  it('more than a day can hold leaves the fewest hours in force, and says so', () => {
    const days = simulate('logs', week, () => cap / 10, 10);
    const last = days.at(-1)!;
    expect(last.hours).toBe(24);
    expect(isHopelesslyFull('logs', week, last.used, { hours: last.hours, changedAt: start }, last.at)).toBe(true);
    expect(new Set(days.slice(-144).map(({ hours }) => hours)).size).toBe(1);
  });

  it('any rate, any cap and any time come to rest below the cap or at the fewest hours', () => {
    const chance = random(42);
    for (let round = 0; round < 40; round += 1) {
      const signal: CappedSignal = chance() < 0.5 ? 'logs' : 'traces';
      const policy: Retention = { days: 1 + Math.floor(chance() * 30), gigabytes: 0.1 + chance() * 20 };
      const hoursToFill = 2 + chance() * 300;
      const days = simulate(signal, policy, () => capBytes(policy) / hoursToFill, 60, {
        filledHours: chance() * 40,
        overhead: 0.1 * chance() * capBytes(policy),
      });
      const settled = days.slice(-144);
      const what = JSON.stringify({ signal, policy, hoursToFill });
      expect(new Set(settled.map(({ hours }) => hours)).size, what).toBe(1);
      const isAtFewest = settled[0]?.hours === shortestHours[signal];
      const fits = settled.every(({ used }) => used <= capBytes(policy));
      expect(isAtFewest || fits, what).toBe(true);
    }
  });
});
