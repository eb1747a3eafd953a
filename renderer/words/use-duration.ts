import { useEffect, useState } from 'react';
import { durationWords } from './duration.ts';

// One timer per shown duration, set for the moment its words change, and none while nobody looks.
export function useDuration(since: number): string {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function schedule() {
      clearTimeout(timer);
      if (document.hidden) return;
      timer = setTimeout(
        () => {
          setNow(Date.now());
          schedule();
        },
        durationWords(Date.now() - since).changesIn + 20,
      );
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
  }, [since]);
  return durationWords(now - since).words;
}
