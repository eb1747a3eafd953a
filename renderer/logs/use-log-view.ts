// The lines of one logs page: what it keeps, the stream that fills it, and when to draw.
import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { usePageVisible } from '../words/use-page-visible.ts';
import { LogLines } from './log-lines.ts';
import { type LogRequest, openLogs } from './log-sessions.ts';

const tail = 500;
const mostTail = 200_000;
// Times as long as drawing took, from its beginning on: in a flood the rest of the time is the lines'.
const restAfterDrawing = 2.5;
// Milliseconds on each side of a moment.
export const aroundMoment = 5 * 60_000;

export interface StreamEnd {
  // In words; undefined when it just ended.
  readonly problem: string | undefined;
}

export interface LogView {
  readonly lines: LogLines;
  // Changes whenever they did, at most once a frame.
  readonly version: number;
  // Nothing waits to be filtered or searched.
  readonly isSettled: boolean;
  readonly end: StreamEnd | undefined;
  // More of a moment's lines follow than half of what is kept.
  readonly isEnough: boolean;
  readonly draw: () => void;
  readonly openAgain: () => void;
  readonly clear: () => void;
}

interface Wanted {
  readonly services: readonly string[];
  readonly isConnected: boolean;
  // Milliseconds since 1970: the lines around it, and none that come.
  readonly moment: number | undefined;
  // Lines to keep.
  readonly capacity: number;
}

// The stream goes on through restarts of a service and waits for one that has no container yet; it ends with the engine.
// It is closed while nobody sees the page, and reads on where it was.
export function useLogView({ services, isConnected, moment, capacity }: Wanted): LogView {
  const [lines] = useState(() => new LogLines(capacity));
  const [drawn, setDrawn] = useState({ version: 0, isSettled: true });
  const [end, setEnd] = useState<StreamEnd>();
  const [isEnough, setEnough] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const isVisible = usePageVisible();
  const frame = useRef(0);
  const notBefore = useRef(0);
  // What is in the ring.
  const shown = useRef({ key: '', isWhole: false });
  const ids = services.join(' ');

  const draw = useCallback(() => {
    function schedule() {
      frame.current ||= requestAnimationFrame(step);
    }
    function step() {
      frame.current = 0;
      if (performance.now() < notBefore.current) {
        schedule();
        return;
      }
      const isSettled = lines.advance();
      const begin = performance.now();
      flushSync(() => setDrawn(({ version }) => ({ version: version + 1, isSettled })));
      notBefore.current = begin + (performance.now() - begin) * restAfterDrawing;
      if (!isSettled) schedule();
    }
    schedule();
  }, [lines]);

  useEffect(() => {
    lines.ring.resize(capacity);
    draw();
  }, [capacity, lines, draw]);

  useEffect(() => {
    if (!isVisible) return;
    const key = `${moment ?? ''} ${ids}`;
    const isSame = shown.current.key === key;
    // All lines of that time are here already.
    if (isSame && shown.current.isWhole) return;
    // The same services read again go on where they were; others, and another time, begin with an empty page.
    const isContinued = isSame && moment === undefined;
    if (isContinued) lines.ring.expectRepetition();
    else lines.clear();
    shown.current = { key, isWhole: false };
    setEnd(undefined);
    setEnough(false);
    draw();
    if (ids === '' || !isConnected) return;
    const more = isContinued && lines.ring.size > 0 ? Math.min(lines.ring.capacity, mostTail) : tail;
    const close = openLogs(requestOf(ids.split(' '), more, moment), {
      onLines: (batch) => {
        lines.append(batch);
        draw();
        if (moment === undefined || !hasEnough(lines, moment)) return;
        shown.current.isWhole = true;
        setEnough(true);
        close();
      },
      onEnd: (problem) => {
        if (moment === undefined || problem !== undefined) setEnd({ problem });
        else shown.current.isWhole = true;
        draw();
      },
      onFailure: (failure) =>
        setEnd({
          problem: 'unexpected' in failure ? failure.unexpected : `${failure.text.title}. ${failure.text.nextStep}`,
        }),
    });
    return close;
    // The attempt is not used inside: it says when to open anew.
  }, [ids, isConnected, isVisible, moment, attempt, lines, draw]);

  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );

  return {
    lines,
    ...drawn,
    end,
    isEnough,
    draw,
    openAgain: () => setAttempt((count) => count + 1),
    clear: () => {
      lines.clear();
      draw();
    },
  };
}

function requestOf(services: string[], lines: number, moment: number | undefined): LogRequest {
  if (moment === undefined) return { services, tail: lines };
  return { services, tail: 0, span: { from: Math.max(0, moment - aroundMoment), to: moment + aroundMoment } };
}

// More would push the moment itself out of what is kept.
function hasEnough({ ring }: LogLines, moment: number): boolean {
  return ring.size - ring.lines.placeOfTime(moment) >= ring.capacity / 2;
}
