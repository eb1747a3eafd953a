// The samples of the last minutes, oldest first. Pure.
import type { FiguresSample, ServiceFigures } from '../../electron/core/figures.ts';
import { totalFigures } from '../../electron/core/figure-rates.ts';

export type History = readonly FiguresSample[];

export const historyMilliseconds = 5 * 60_000;

export function withSample(history: History, sample: FiguresSample): History {
  const last = history.at(-1);
  // The clock of this machine was set back: what was before has no place on the axis any more.
  if (last !== undefined && sample.at < last.at) return [sample];
  const kept = history.filter(({ at }) => at > sample.at - historyMilliseconds && at !== sample.at);
  return [...kept, sample];
}

// What is told of one service, or of all together.
export interface Point {
  // Milliseconds since 1970.
  readonly at: number;
  // undefined where it did not run.
  readonly figures: ServiceFigures | undefined;
}

export function pointsOf(history: History, service: string): readonly Point[] {
  return history.map(({ at, services }) => ({ at, figures: services[service] }));
}

const totals = new WeakMap<FiguresSample, ServiceFigures | undefined>();

export function totalPoints(history: History): readonly Point[] {
  return history.map((sample) => ({ at: sample.at, figures: totalOf(sample) }));
}

export function totalOf(sample: FiguresSample): ServiceFigures | undefined {
  if (!totals.has(sample)) {
    const all = Object.values(sample.services);
    totals.set(sample, all.length === 0 ? undefined : totalFigures(all));
  }
  return totals.get(sample);
}

// Those that run, and those that ran within these minutes: how one ended is worth a look.
export function servicesIn(history: History): ReadonlySet<string> {
  return new Set(history.flatMap(({ services }) => Object.keys(services)));
}
