// The lines of one logs page: its ring, the stream that fills it, and when to draw.
import { useEffect, useRef, useState } from 'react';
import { LogRing } from './log-ring.ts';
import { openLogs } from './log-sessions.ts';

export const keptLines = 50_000;
const tail = 500;

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

// The stream goes on through restarts of a service and waits for one that has no container yet; it ends with the engine.
export function useLogView(services: readonly string[], isConnected: boolean): LogView {
  const [ring] = useState(() => new LogRing(keptLines));
  const [version, setVersion] = useState(0);
  const [end, setEnd] = useState<StreamEnd>();
  const [attempt, setAttempt] = useState(0);
  const frame = useRef(0);
  const shownIds = useRef('');
  const ids = services.join(' ');

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
    if (ids === '' || !isConnected) return;
    return openLogs(ids.split(' '), tail, {
      onLines: (lines) => {
        ring.append(lines);
        draw();
      },
      onEnd: (problem) => setEnd({ problem }),
      onFailure: (failure) =>
        setEnd({
          problem: 'unexpected' in failure ? failure.unexpected : `${failure.text.title}. ${failure.text.nextStep}`,
        }),
    });
    // The attempt is not used inside: it says when to open anew.
  }, [ids, isConnected, attempt, ring]);

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
