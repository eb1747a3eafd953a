// How long, in the fewest words that are still right, and when those words will change.
import { formatNumber } from './numbers.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export interface DurationWords {
  readonly words: string;
  // Milliseconds until the words are no longer right.
  readonly changesIn: number;
}

export function durationWords(elapsed: number): DurationWords {
  // Two clocks may disagree a little: the future counts as now.
  const time = Math.max(0, elapsed);
  const untilNext = (step: number) => step - (time % step);
  if (time < 5 * second) return { words: 'just now', changesIn: 5 * second - time };
  if (time < minute) return { words: `for ${Math.floor(time / second)} s`, changesIn: untilNext(second) };
  if (time < hour) return { words: `for ${Math.floor(time / minute)} min`, changesIn: untilNext(minute) };
  if (time < day) {
    const minutes = Math.floor((time % hour) / minute);
    return {
      words: `for ${Math.floor(time / hour)} h${minutes === 0 ? '' : ` ${minutes} min`}`,
      changesIn: untilNext(minute),
    };
  }
  const days = Math.floor(time / day);
  return { words: `for ${days} ${days === 1 ? 'day' : 'days'}`, changesIn: untilNext(day) };
}

// Rounded up: the last minute is counted in seconds, and nothing is left at '0'. '' once the time is over.
export function timeLeftWords(remaining: number): DurationWords {
  if (remaining <= 0) return { words: '', changesIn: day };
  const sinceLast = (step: number) => remaining % step || step;
  if (remaining <= minute) return { words: `${Math.ceil(remaining / second)} s left`, changesIn: sinceLast(second) };
  const minutes = Math.ceil(remaining / minute);
  if (minutes < 100) return { words: `${minutes} min left`, changesIn: sinceLast(minute) };
  return { words: `${Math.floor(minutes / 60)} h ${minutes % 60} min left`, changesIn: sinceLast(minute) };
}

// A span that is over, as exact as somebody compares it: '340 ms', '1.2 s', '48 s', '3 min 12 s', '2 h 5 min'.
export function spanWords(milliseconds: number): string {
  const time = Math.max(0, milliseconds);
  if (time < 999.5) return `${formatNumber(time)} ms`;
  if (time < 9.95 * second) return `${formatNumber(time / second, 1)} s`;
  const seconds = Math.round(time / second);
  if (seconds < 60) return `${formatNumber(seconds)} s`;
  const minutes = seconds < 3600 ? Math.floor(seconds / 60) : Math.round(seconds / 60);
  if (minutes < 60) return withRest(minutes, 'min', seconds % 60, 's');
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function withRest(whole: number, unit: string, rest: number, smallUnit: string): string {
  const words = `${formatNumber(whole)} ${unit}`;
  return rest === 0 ? words : `${words} ${formatNumber(rest)} ${smallUnit}`;
}
