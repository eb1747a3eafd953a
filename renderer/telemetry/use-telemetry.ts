// When the telemetry is looked at: on opening, when services changed, and every few seconds while somebody sees it.
import { useEffect, useRef } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { useStore } from '../stores/store.ts';
import { usePageVisible } from '../words/use-page-visible.ts';
import { forgetSaved, loadTelemetry, type Telemetry, telemetryStore } from './telemetry-store.ts';

const everyMilliseconds = 15_000;
// Services that start change many times a second.
const leastMilliseconds = 2000;

export function useTelemetry({ services }: Snapshot): Telemetry {
  const isVisible = usePageVisible();
  const lastAt = useRef(0);
  useEffect(() => forgetSaved(), []);
  // Equal parts of a snapshot are the same object: this runs when a service changed.
  useEffect(() => {
    if (!isVisible) return;
    const look = () => {
      lastAt.current = Date.now();
      void loadTelemetry();
    };
    const wait = Math.max(0, lastAt.current + leastMilliseconds - Date.now());
    const first = wait === 0 ? undefined : setTimeout(look, wait);
    if (first === undefined) look();
    const timer = setInterval(look, everyMilliseconds);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [isVisible, services]);
  return useStore(telemetryStore);
}
