// When it is asked what happened: on opening, and when services or the command under way changed. Only a start that
// goes on is asked for again by time, since another program's may end without a further change.
import { useEffect, useRef } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { useStore } from '../stores/store.ts';
import { usePageVisible } from '../words/use-page-visible.ts';
import { loadTimeline, type Timeline, timelineStore } from './timeline-store.ts';

// Services that start change many times a second.
const leastMilliseconds = 400;
const whileRunningMilliseconds = 2000;

export function useTimeline({ services, activity }: Snapshot): Timeline {
  const isVisible = usePageVisible();
  const timeline = useStore(timelineStore);
  const lastAt = useRef(0);
  const isRunning = timeline.view?.lastUp?.outcome === 'running';

  // Equal parts of a snapshot are the same object.
  useEffect(() => {
    if (!isVisible) return;
    const look = () => {
      lastAt.current = Date.now();
      void loadTimeline();
    };
    const wait = Math.max(0, lastAt.current + leastMilliseconds - Date.now());
    if (wait === 0) return look();
    const timer = setTimeout(look, wait);
    return () => clearTimeout(timer);
  }, [isVisible, services, activity]);

  useEffect(() => {
    if (!isVisible || !isRunning) return;
    const timer = setInterval(() => void loadTimeline(), whileRunningMilliseconds);
    return () => clearInterval(timer);
  }, [isVisible, isRunning]);

  return timeline;
}
