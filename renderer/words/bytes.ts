import { numberFormat } from './locale.ts';

// Decimal units, as engines and registries print them.
const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function bytesWords(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  const number = numberFormat({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: 'min2',
  });
  return `${number.format(value)} ${units[unit]}`;
}

// '84.3 MB/s'
export function rateWords(bytesPerSecond: number): string {
  return `${bytesWords(bytesPerSecond)}/s`;
}
