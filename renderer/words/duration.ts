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
