// What a container uses a second, from two looks at it; and what all use together. Pure.
import type { ContainerStats } from './engine-port.ts';
import type { ServiceFigures } from './figures.ts';

const rates = {
  processors: 'cpuSeconds',
  receivedPerSecond: 'networkReceivedBytes',
  sentPerSecond: 'networkSentBytes',
  readPerSecond: 'diskReadBytes',
  writtenPerSecond: 'diskWrittenBytes',
} as const satisfies Partial<Record<keyof ServiceFigures, keyof ContainerStats>>;

export type FigureRate = keyof typeof rates;

export const figureRates = Object.keys(rates) as readonly FigureRate[];

// `before` is an earlier look at the same run of the same container. What counts less than before was begun anew: its
// rate is not known until the next look.
export function figuresBetween(before: ContainerStats | undefined, now: ContainerStats): ServiceFigures {
  const { memoryBytes, memoryLimitBytes, processes } = now;
  const seconds = before === undefined ? 0 : (now.at - before.at) / 1000;
  const known = figureRates.flatMap((rate) => {
    const counted = now[rates[rate]] - (before?.[rates[rate]] ?? 0);
    return seconds > 0 && counted >= 0 ? [[rate, counted / seconds] as const] : [];
  });
  return { memoryBytes, memoryLimitBytes, processes, ...Object.fromEntries(known) };
}

// A rate is that of the services whose rate is known, and undefined where none is. There is no common limit.
export function totalFigures(services: readonly ServiceFigures[]): ServiceFigures {
  const known = figureRates.flatMap((rate) => {
    const values = services.flatMap((figures) => figures[rate] ?? []);
    return values.length === 0 ? [] : [[rate, sum(values)] as const];
  });
  return {
    memoryBytes: sum(services.map((figures) => figures.memoryBytes)),
    memoryLimitBytes: 0,
    processes: sum(services.map((figures) => figures.processes)),
    ...Object.fromEntries(known),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
