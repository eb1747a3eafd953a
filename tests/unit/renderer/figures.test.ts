import { describe, expect, it } from 'vitest';
import type { FiguresSample } from '../../../electron/core/figures.ts';
import { chartHeight, chartPaths, chartWidth } from '../../../renderer/figures/chart-path.ts';
import {
  historyMilliseconds,
  pointsOf,
  servicesIn,
  totalPoints,
  withSample,
} from '../../../renderer/figures/figures-history.ts';

const sampleAt = (at: number, ...ids: readonly string[]): FiguresSample => ({
  at,
  services: Object.fromEntries(ids.map((id) => [id, { memoryBytes: 10, memoryLimitBytes: 0, processes: 1 }])),
});

describe('the history', () => {
  it('keeps five minutes, whoever looks and however often', () => {
    let history = withSample([], sampleAt(0, 'loki'));
    for (let at = 2000; at <= 2 * historyMilliseconds; at += 2000) history = withSample(history, sampleAt(at, 'loki'));
    expect(history).toHaveLength(historyMilliseconds / 2000);
    expect(history.at(-1)?.at).toBe(2 * historyMilliseconds);
  });

  it('holds no moment twice, and begins anew where the clock went back', () => {
    const history = [10, 20, 20].reduce((kept, at) => withSample(kept, sampleAt(at)), [] as readonly FiguresSample[]);
    expect(history.map(({ at }) => at)).toEqual([10, 20]);
    expect(withSample(history, sampleAt(5)).map(({ at }) => at)).toEqual([5]);
  });

  it('knows who ran, when, and what all used', () => {
    const history = [sampleAt(1, 'loki', 'tempo'), sampleAt(2, 'tempo'), sampleAt(3)];
    expect([...servicesIn(history)]).toEqual(['loki', 'tempo']);
    expect(pointsOf(history, 'loki').map(({ figures }) => figures !== undefined)).toEqual([true, false, false]);
    expect(totalPoints(history).map(({ figures }) => figures?.memoryBytes)).toEqual([20, 10, undefined]);
  });
});

describe('the paths of a chart', () => {
  const frame = { from: 0, to: 10_000, most: 100 };

  it('go from left to right and from the lower edge up', () => {
    const values = [
      { at: 0, value: 0 },
      { at: 5000, value: 50 },
      { at: 10_000, value: 100 },
    ];
    const { line, area } = chartPaths(values, frame);
    expect(line).toBe(`M0 ${chartHeight}L${chartWidth / 2} ${chartHeight / 2}L${chartWidth} 0`);
    expect(area).toBe(`M0 60L0 60L150 30L300 0L300 60Z`);
  });

  it('break where nothing is known, and where nobody looked', () => {
    const unknown = [1000, 2000, 3000].map((at) => ({ at, value: at === 2000 ? undefined : 1 }));
    expect(chartPaths(unknown, frame).line.match(/M/g)).toHaveLength(2);
    const absent = [
      { at: 0, value: 1 },
      { at: 9000, value: 1 },
    ];
    expect(chartPaths(absent, frame).line).toBe('M0 59.4h0M270 59.4h0');
    expect(chartPaths(absent, frame).area).toBe('');
  });

  it('stay inside, and are nothing for nothing', () => {
    expect(chartPaths([{ at: 10_000, value: 500 }], frame).line).toBe(`M${chartWidth} 0h0`);
    expect(chartPaths([], frame)).toEqual({ line: '', area: '' });
    expect(chartPaths([{ at: 0, value: 0 }], { ...frame, most: 0 }).line).toBe(`M0 ${chartHeight}h0`);
  });
});
