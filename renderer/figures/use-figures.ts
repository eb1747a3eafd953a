// Samples come while the page is seen. What is out of sight is not drawn.
import { type RefObject, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { listen, invoke, run } from '../bridge.ts';
import { usePageVisible } from '../words/use-page-visible.ts';
import type { History } from './figures-history.ts';
import { acceptSample, historyStore } from './figures-store.ts';

export function useWatch(): void {
  const isVisible = usePageVisible();
  useEffect(() => {
    if (!isVisible) return;
    const unlisten = listen('figures', acceptSample);
    void run('figures:watch', undefined);
    return () => {
      unlisten();
      void invoke('figures:unwatch', undefined);
    };
  }, [isVisible]);
}

// Of an element that is out of sight it is as it was.
export function useHistory(isSeen: boolean): History {
  const subscribe = useCallback(
    (listener: () => void) => (isSeen ? historyStore.subscribe(listener) : () => undefined),
    [isSeen],
  );
  return useSyncExternalStore(subscribe, historyStore.get);
}

// A value made from the samples; whoever follows it is drawn when it changes.
export function useFromHistory(valueOf: (history: History) => string): string {
  return useSyncExternalStore(historyStore.subscribe, () => valueOf(historyStore.get()));
}

// A little before it comes into sight.
const margin = '200px';

export function useSeen(element: RefObject<Element | null>): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new IntersectionObserver((entries) => setIsSeen(entries.at(-1)?.isIntersecting === true), {
      rootMargin: margin,
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return isSeen;
}
