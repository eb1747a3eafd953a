import { useEffect, useState } from 'react';
import { durationWords } from './duration.ts';

// One timer per shown duration, set for the moment its words change, and none while nobody looks.
export function useDuration(since: number): string {
  const [, redraw] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function schedule() {
      clearTimeout(timer);
      if (document.hidden) return;
      timer = setTimeout(() => {
        redraw((count) => count + 1);
        schedule();
      }, durationWords(Date.now() - since).changesIn + 20);
    }
    function onVisibility() {
      if (!document.hidden) redraw((count) => count + 1);
      schedule();
    }
    schedule();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [since]);
  return durationWords(Date.now() - since).words;
}
