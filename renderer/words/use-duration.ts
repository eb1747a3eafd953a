import { useEffect, useState } from 'react';
import { type DurationWords, durationWords, timeLeftWords } from './duration.ts';

// One timer per shown duration, set for the moment its words change, and none while nobody looks.
function useWords(wordsAt: (distance: number) => DurationWords, moment: number, isAhead: boolean): string {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function schedule() {
      clearTimeout(timer);
      if (document.hidden) return;
      const distance = isAhead ? moment - Date.now() : Date.now() - moment;
      timer = setTimeout(() => {
        setNow(Date.now());
        schedule();
      }, wordsAt(distance).changesIn + 20);
    }
    function onVisibility() {
      if (!document.hidden) setNow(Date.now());
      schedule();
    }
    onVisibility();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [wordsAt, moment, isAhead]);
  return wordsAt(isAhead ? moment - now : now - moment).words;
}

export function useDuration(since: number): string {
  return useWords(durationWords, since, false);
}

export function useTimeLeft(until: number): string {
  return useWords(timeLeftWords, until, true);
}
