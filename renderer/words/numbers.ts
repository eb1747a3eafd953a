// Numbers as the chosen language writes them.
import { numberFormat } from './locale.ts';

// '1,234' and '0.5'; `digits` after the point, always that many.
export function formatNumber(value: number, digits = 0): string {
  return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

// Of 0 to 1: '42 %' in some languages, '42%' in others. One digit more below 10 %.
export function percentWords(share: number): string {
  const digits = share > 0 && share < 0.0995 ? 1 : 0;
  return numberFormat({
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

// '1 line', '1,234 lines'
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
