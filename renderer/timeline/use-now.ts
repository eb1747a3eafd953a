import { useEffect, useState } from 'react';
import { usePageVisible } from '../words/use-page-visible.ts';

const everyMilliseconds = 500;

// Milliseconds since 1970; goes on only while somebody looks, and only if it is to.
export function useNow(isTicking: boolean): number {
  const isVisible = usePageVisible();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking || !isVisible) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [isTicking, isVisible]);
  return now;
}
