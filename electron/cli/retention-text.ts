// What is kept of each signal, as a table; and the words that change it. Pure.
import { isRetention, type Retention } from '../core/settings.ts';
import { gigabytesWords, storeNote } from '../core/telemetry/signal-stores.ts';
import type { SignalStore } from '../core/telemetry/telemetry-view.ts';
import type { Paint } from './paint.ts';

const heads = ['signal', 'kept for', 'at most', 'used now'];

export function retentionText(stores: readonly SignalStore[], paint: Paint): string {
  const rows = stores.map((store) => [
    store.signal,
    `${store.retention.days} ${store.retention.days === 1 ? 'day' : 'days'}`,
    gigabytesWords(store.retention.gigabytes),
    store.usedBytes === undefined ? 'not known' : gigabytesWords(store.usedBytes / 1e9),
  ]);
  const widths = heads.map((_head, column) => Math.max(...[heads, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = rows.map((row, index) => {
    const store = stores[index];
    const words = store === undefined ? '' : storeNote(store);
    return words === '' ? `${line(row)}\n` : `${line(row)}\n  ${paint('yellow', words)}\n`;
  });
  return `${paint('dim', line(heads))}\n${lines.join('')}`;
}

export function storeJson(store: SignalStore): Record<string, unknown> {
  const { signal, service, retention, usedBytes, shortenedToHours, isOverCap } = store;
  return {
    signal,
    service,
    days: retention.days,
    capBytes: Math.round(retention.gigabytes * 1e9),
    usedBytes: usedBytes ?? null,
    shortenedToHours: shortenedToHours ?? null,
    isOverCap,
    note: storeNote(store),
  };
}

// What --days and --size make of it, or what is wrong with them.
export function chosenRetention(values: Readonly<Record<string, string>>, before: Retention): Retention | string {
  const { days, size } = values;
  const chosenDays = days === undefined ? before.days : /^\d{1,3}$/.test(days) ? Number(days) : NaN;
  if (!isRetention({ ...before, days: chosenDays })) return `--days wants a whole number from 1 to 365, not "${days}".`;
  const gigabytes = size === undefined ? before.gigabytes : gigabytesOf(size);
  const chosen = { days: chosenDays, gigabytes };
  return isRetention(chosen) ? chosen : `--size wants a size from 100MB to 10TB, such as 4GB, not "${size}".`;
}

const units: Readonly<Record<string, number>> = { m: 1e-3, g: 1, t: 1e3 };

function gigabytesOf(size: string): number {
  const [, number, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?) ?([mgt])b?$/i.exec(size.trim()) ?? [];
  return Number(number) * (units[unit.toLowerCase()] ?? NaN);
}
