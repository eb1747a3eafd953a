// Only the rows in sight are in the page. All rows are equally high, so places are plain arithmetic.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { LogRow } from './log-row.tsx';
import type { Follow } from './use-follow.ts';
import type { LogView } from './use-log-view.ts';

interface LogListProps {
  readonly view: LogView;
  readonly follow: Follow;
  // Service id -> title.
  readonly titles: ReadonlyMap<string, string>;
  // Why there are no lines, as long as there are none.
  readonly emptyWords: string;
}

// Rows drawn beyond each edge, so that quick scrolling shows no gaps.
const margin = 20;

export function LogList({ view, follow, titles, emptyWords }: LogListProps) {
  const { ring, version } = view;
  const { isFollowing, setFollowing } = follow;
  const viewport = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const seenDropped = useRef(0);
  // The wheel was turned up, and the place has not followed yet.
  const isLeaving = useRef(false);
  const [place, setPlace] = useState({ top: 0, height: 0, row: 24 });

  // Text size and window size decide what is in sight.
  useEffect(() => {
    if (viewport.current === null || ruler.current === null) return;
    const observer = new ResizeObserver(() => {
      const row = ruler.current?.getBoundingClientRect().height ?? 0;
      const height = viewport.current?.clientHeight ?? 0;
      setPlace((before) => ({ ...before, height, row: row > 0 ? row : before.row }));
    });
    observer.observe(viewport.current);
    observer.observe(ruler.current);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const dropped = ring.dropped - seenDropped.current;
    seenDropped.current = ring.dropped;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    // What is being read stays where it is while older lines go.
    else if (dropped > 0) element.scrollTop -= dropped * place.row;
  }, [version, isFollowing, place.height, place.row, ring]);

  function onScroll() {
    const element = viewport.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isUp = scrollTop < place.top;
    setPlace((before) => ({ ...before, top: scrollTop }));
    const isAtEnd = scrollHeight - scrollTop - clientHeight < place.row;
    if (isUp) isLeaving.current = false;
    if (isAtEnd && !isLeaving.current) setFollowing(true);
    else if (isUp) setFollowing(false);
  }

  // In a flood the next lines would take the place back to the end before it is seen to have moved.
  function onWheel({ deltaY }: { readonly deltaY: number }) {
    if (deltaY >= 0 || (viewport.current?.scrollTop ?? 0) === 0) return;
    isLeaving.current = isFollowing;
    setFollowing(false);
  }

  const first = Math.max(0, Math.floor(place.top / place.row) - margin);
  const last = Math.min(ring.size, Math.ceil((place.top + place.height) / place.row) + margin);
  return (
    <div className="log-frame">
      <div
        ref={viewport}
        className="log-viewport"
        role="log"
        aria-live="off"
        aria-label={texts.logs.lines}
        tabIndex={0}
        onScroll={onScroll}
        onWheel={onWheel}
      >
        <div ref={ruler} className="log-row log-ruler" aria-hidden="true" />
        {ring.size === 0 && <p className="logs-empty">{emptyWords}</p>}
        <div className="log-all" style={{ height: ring.size * place.row }}>
          <div className="log-shown" style={{ top: first * place.row }}>
            {ring.slice(first, last).map((line) => (
              <LogRow
                key={line.key}
                line={line}
                title={titles.size > 1 ? (titles.get(line.service) ?? line.service) : ''}
              />
            ))}
          </div>
        </div>
      </div>
      {!isFollowing && (
        <div className="log-new">
          <Button kind="primary" icon="end" onPress={() => setFollowing(true)}>
            {texts.logs.newLines(follow.newLines)}
          </Button>
        </div>
      )}
    </div>
  );
}
