// What services use and take, as tables for a terminal and as data for programs. Pure.
import { diskTotals } from '../core/figure-disk.ts';
import { totalFigures } from '../core/figure-rates.ts';
import type { DiskView, FiguresSample, ServiceFigures } from '../core/figures.ts';
import type { Paint } from './paint.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(unit === 0 || value >= 99.95 ? 0 : 1)} ${units[unit]}`;
}

const rate = (bytes: number | undefined): string => (bytes === undefined ? '-' : `${size(bytes)}/s`);
const percent = (processors: number | undefined): string =>
  processors === undefined ? '-' : `${(processors * 100).toFixed(processors < 0.0995 ? 1 : 0)} %`;

const heads = ['processor', 'memory', 'network in', 'network out', 'disk read', 'disk written', 'processes'];

function cells(figures: ServiceFigures): readonly string[] {
  const { memoryBytes, memoryLimitBytes: limit } = figures;
  return [
    percent(figures.processors),
    limit > 0 ? `${size(memoryBytes)} of ${size(limit)}` : size(memoryBytes),
    rate(figures.receivedPerSecond),
    rate(figures.sentPerSecond),
    rate(figures.readPerSecond),
    rate(figures.writtenPerSecond),
    String(figures.processes),
  ];
}

export function figuresText({ services, machine, problem }: FiguresSample, paint: Paint): string {
  const remark = problem === undefined ? '' : `${paint('yellow', problem)}\n`;
  const entries = Object.entries(services);
  if (entries.length === 0) {
    return remark === '' ? 'Nothing of the stack runs, so there are no figures. macula up starts it.\n' : remark;
  }
  const rows = [
    ...entries.map(([service, figures]) => [service, ...cells(figures)]),
    ['all', ...cells(totalFigures(entries.map(([, figures]) => figures)))],
  ];
  const whole =
    machine === undefined
      ? ''
      : paint('dim', `The machine has ${machine.processors} processors and ${size(machine.memoryBytes)} of memory.\n`);
  return `${table(['service', ...heads], rows, paint)}${whole}${remark}`;
}

export function diskText(view: DiskView, paint: Paint): string {
  const { volumes, images } = diskTotals(view);
  const words = (bytes: number | undefined): string => (bytes === undefined ? 'cannot be measured' : size(bytes));
  const part = (head: string, items: DiskView['volumes' | 'images'], total: number): string => {
    const rows = items.map(({ name, service, bytes }) => [name, words(bytes), service]);
    return table([head, 'size', 'service'], [...rows, ['all', size(total), '']], paint);
  };
  return `${part('volume', view.volumes, volumes)}\n${part('image', view.images, images)}`;
}

// The first column to the left, figures to the right.
function table(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const isText = (column: number): boolean => column === 0 || head[column] === 'service';
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${paint('dim', line(head))}\n${rows.map((row) => `${line(row)}\n`).join('')}`;
}

// Its names are a promise: keys may be added, none changes.
export function figuresJson(sample: FiguresSample): Record<string, unknown> {
  const all = Object.values(sample.services);
  return {
    at: new Date(sample.at).toISOString(),
    machine: sample.machine ?? null,
    services: Object.entries(sample.services).map(([service, figures]) => ({ service, ...serviceJson(figures) })),
    all: all.length === 0 ? null : serviceJson(totalFigures(all)),
    problem: sample.problem ?? null,
  };
}

function serviceJson(figures: ServiceFigures): Record<string, unknown> {
  return {
    processors: figures.processors ?? null,
    memoryBytes: figures.memoryBytes,
    memoryLimitBytes: figures.memoryLimitBytes > 0 ? figures.memoryLimitBytes : null,
    receivedPerSecond: figures.receivedPerSecond ?? null,
    sentPerSecond: figures.sentPerSecond ?? null,
    readPerSecond: figures.readPerSecond ?? null,
    writtenPerSecond: figures.writtenPerSecond ?? null,
    processes: figures.processes,
  };
}

export function diskJson(view: DiskView): Record<string, unknown> {
  const { volumes, images } = diskTotals(view);
  return {
    measuredAt: new Date(view.measuredAt).toISOString(),
    volumes: view.volumes.map(({ name, service, bytes }) => ({
      name,
      service: service === '' ? null : service,
      bytes: bytes ?? null,
    })),
    images: view.images,
    volumeBytes: volumes,
    imageBytes: images,
  };
}
