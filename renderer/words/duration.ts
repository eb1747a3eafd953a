// How long, in the fewest words that are still right, and when those words will change.

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
