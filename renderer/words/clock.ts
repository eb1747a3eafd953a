// Moments, in milliseconds since 1970, by the wall clock of this machine and as the chosen language writes them.
import { countWords, formatNumber } from './numbers.ts';
import { dateFormat } from './locale.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// '15:40'
export function clockTime(time: number): string {
  return dateFormat({ timeStyle: 'short' }).format(time);
}

// '15:40:07'
export function clockWords(time: number): string {
  return dateFormat({ timeStyle: 'medium' }).format(time);
}

// '29 Nov 2026'
export function dateWords(time: number): string {
  return dateFormat({ dateStyle: 'medium' }).format(time);
}

// '29 Nov 2026, 15:40:07'
export function dateTimeWords(time: number): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'medium' }).format(time);
}

// The time alone where it is of today, else with its day.
export function momentWords(time: number, now: number): string {
  return isSameDay(time, now) ? clockWords(time) : dateTimeWords(time);
}

export function isSameDay(time: number, other: number): boolean {
  return new Date(time).toDateString() === new Date(other).toDateString();
}

// 'just now', '3 min ago', '2 h ago', '5 days ago'. Another clock may be a little ahead: the future counts as now.
export function timeAgoWords(time: number, now: number): string {
  const past = now - time;
  if (past < 5 * second) return 'just now';
  if (past < minute) return `${formatNumber(Math.floor(past / second))} s ago`;
  if (past < hour) return `${formatNumber(Math.floor(past / minute))} min ago`;
  if (past < day) return `${formatNumber(Math.floor(past / hour))} h ago`;
  return `${countWords(Math.floor(past / day), 'day')} ago`;
}
