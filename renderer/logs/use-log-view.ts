// The lines of one logs page: its ring, the stream that fills it, and when to draw.
import { useEffect, useRef, useState } from 'react';
import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { LogRing } from './log-ring.ts';
import { openLogs } from './log-sessions.ts';
import { streamKey } from './stream-key.ts';

export const keptLines = 50_000;
const tail = 500;
const settleTime = 150;

export interface StreamEnd {
  // In words; undefined when it just ended.
  readonly problem: string | undefined;
}

export interface LogView {
  readonly ring: LogRing;
  // Changes whenever the ring did, at most once a frame.
  readonly version: number;
  readonly end: StreamEnd | undefined;
  readonly openAgain: () => void;
  readonly clear: () => void;
}

export function useLogView(services: readonly ServiceSnapshot[]): LogView {
  const [ring] = useState(() => new LogRing(keptLines));
  const [version, setVersion] = useState(0);
  const [end, setEnd] = useState<StreamEnd>();
  const [attempt, setAttempt] = useState(0);
  const frame = useRef(0);
  const shownIds = useRef('');
  const ids = services.map((service) => service.id).join(' ');
  const key = streamKey(services);

  function draw() {
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      setVersion((count) => count + 1);
    });
  }

  useEffect(() => {
    // The same services read again go on where they were; others begin with an empty page.
    if (shownIds.current === ids) ring.expectRepetition();
    else ring.clear();
    shownIds.current = ids;
    setEnd(undefined);
    draw();
    if (ids === '') return;
    let close: (() => void) | undefined;
    const timer = setTimeout(() => {
      close = openLogs(ids.split(' '), tail, {
        onLines: (lines) => {
          ring.append(lines);
          draw();
        },
        onEnd: (problem) => setEnd({ problem }),
        onFailure: (failure) =>
          setEnd({ problem: 'unexpected' in failure ? failure.unexpected : `${failure.text.title}. ${failure.text.nextStep}` }),
      });
    }, settleTime);
    return () => {
      clearTimeout(timer);
      close?.();
    };
    // The key and the attempt are not used inside: they say when to open anew.
  }, [ids, key, attempt, ring]);

  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );

  return {
    ring,
    version,
    end,
    openAgain: () => setAttempt((count) => count + 1),
    clear: () => {
      ring.clear();
      draw();
    },
  };
}
