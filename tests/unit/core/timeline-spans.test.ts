import { describe, expect, it } from 'vitest';
import { markDistance, serviceLength, slowest, stepLength, upLength } from '../../../electron/core/timeline-spans.ts';
import type { ServiceTimeline, TimelineStep, UpTimeline } from '../../../electron/core/timeline.ts';

const step = (kind: TimelineStep['kind'], from: number, to?: number): TimelineStep => ({
  ...{ kind, from, result: to === undefined ? 'running' : 'done' },
  ...(to === undefined ? {} : { to }),
});
const service = (title: string, ...steps: readonly TimelineStep[]): ServiceTimeline => ({
  ...{ service: title.toLowerCase(), title, steps },
});
const up = (services: readonly ServiceTimeline[], change: Partial<UpTimeline> = {}): UpTimeline => ({
  ...{ startedAt: 0, endedAt: 9000, outcome: 'done', services },
  ...change,
});

const store = service('Store', step('create', 100, 400), step('start', 900, 1000));
const shop = service('Shop', step('pull', 100, 3000), step('ready', 3500, 8000));

describe('lengths', () => {
  it('count what a service waited for, and what is under way up to now', () => {
    expect(serviceLength(store, 0)).toBe(900);
    expect(serviceLength(service('Shop', step('pull', 100)), 700)).toBe(600);
    expect(serviceLength(service('Shop'), 700)).toBe(0);
    expect(stepLength(step('pull', 800), 700)).toBe(0);
    expect(upLength(up([store, shop]), 50_000)).toBe(9000);
    expect(upLength({ startedAt: 0, outcome: 'running', services: [store] }, 1500)).toBe(1500);
  });
});

describe('the slowest', () => {
  it('is the one that took longest, with what it took longest for', () => {
    expect(slowest(up([store, shop]))).toEqual({
      ...{ title: 'Shop', length: 7900, longest: { kind: 'ready', length: 4500 } },
    });
  });

  it('is none of one, none while it goes on, and none where something did not get there', () => {
    expect(slowest(up([shop]))).toBeUndefined();
    expect(slowest({ startedAt: 0, outcome: 'running', services: [store, shop] })).toBeUndefined();
    expect(slowest(up([store, shop], { outcome: 'failed' }))).toBeUndefined();
  });
});

it.each([
  [900, 6, 200],
  [14_000, 6, 5000],
  [61_000, 6, 15_000],
  [10 * 3_600_000, 5, 2 * 3_600_000],
  [0, 6, 50],
])('an axis of %d ms with at most %d marks has one every %d ms', (length, most, distance) => {
  expect(markDistance(length, most)).toBe(distance);
});
