// Only the rows in sight are in the page; where they stand is list-place.ts's to say.
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
} from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import type { Drawing } from './line-parts.ts';
import type { ListPlace, Row } from './list-place.ts';
import { listKey } from './list-keys.ts';
import type { KeptLine } from './log-ring.ts';
import { LogRow, rowId } from './log-row.tsx';
import type { LogCursor } from './use-log-cursor.ts';
import type { Follow } from './use-follow.ts';
import type { LogView } from './use-log-view.ts';

interface LogListProps {
  readonly view: LogView;
  readonly place: ListPlace;
  readonly follow: Follow;
  readonly cursor: LogCursor;
  // Service id -> title.
  readonly titles: ReadonlyMap<string, string>;
  readonly drawing: Drawing;
  readonly isWrapped: boolean;
  // Why there are no lines, as long as there are none.
  readonly emptyWords: string;
  // Where a moment begins; in words.
  readonly divider: { readonly at: number; readonly words: string } | undefined;
  readonly onOpen: () => void;
  readonly onCopy: () => void;
  readonly onFind: (isBackwards: boolean) => void;
}

export function LogList(props: LogListProps) {
  const { view, place, follow, cursor, titles, drawing, isWrapped, divider } = props;
  const { lines } = view;
  const { shown } = lines;
  const viewport = useRef<HTMLDivElement>(null);
  const all = useRef<HTMLDivElement>(null);
  const block = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  // Set by ourselves: not somebody's scrolling.
  const ownScroll = useRef(0);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { from, to } = place.range(shown);
  const drawn = shown.slice(from, to);
  const { isFollowing, setFollowing } = follow;

  const current = useRef(cursor.line);
  useEffect(() => {
    current.current = cursor.line;
  });

  // Text size and window size decide what is in sight.
  useEffect(() => {
    if (viewport.current === null || ruler.current === null) return;
    const observer = new ResizeObserver(() => {
      const before = place.height;
      place.height = viewport.current?.clientHeight ?? 0;
      // The line that is being looked at is not lost behind its own detail.
      if (place.height < before && current.current !== undefined) place.show(lines.shown, current.current);
      place.row = ruler.current?.getBoundingClientRect().height || place.row;
      redraw();
    });
    observer.observe(viewport.current);
    observer.observe(ruler.current);
    return () => observer.disconnect();
  }, [place, lines]);

  useLayoutEffect(() => {
    if (viewport.current === null || all.current === null || block.current === null) return;
    const settled = place.settle(shown, from, rowsOf(block.current));
    all.current.style.height = `${settled.total}px`;
    if (Math.abs(viewport.current.scrollTop - settled.scrollTop) > 0.5) viewport.current.scrollTop = settled.scrollTop;
    ownScroll.current = viewport.current.scrollTop;
    block.current.style.top = `${ownScroll.current + settled.top}px`;
  });

  const moveBy = useCallback(
    (pixels: number) => {
      if (pixels < 0) setFollowing(false);
      place.moveBy(shown, pixels);
      flushSync(redraw);
      if (pixels > 0 && place.isAtEnd) setFollowing(true);
    },
    [place, shown, setFollowing],
  );

  // The wheel is ours: in a flood, and among lines of unequal height, the browser's own scrolling would lose its place.
  useEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    function onWheel(event: WheelEvent) {
      if (event.ctrlKey || element === null) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? place.row : 1;
      element.scrollLeft += event.deltaX * unit;
      if (event.deltaY !== 0) moveBy(event.deltaY * unit);
    }
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [place, moveBy]);

  function onScroll() {
    const top = viewport.current?.scrollTop ?? 0;
    if (Math.abs(top - ownScroll.current) < 1) return;
    const isUp = top < ownScroll.current;
    place.scrollTo(shown, top);
    flushSync(redraw);
    if (isUp) setFollowing(false);
    else if (place.isAtEnd) setFollowing(true);
  }

  function moveTo(line: KeptLine | undefined, isExtending: boolean) {
    if (line === undefined) return;
    setFollowing(false);
    cursor.move(line, isExtending);
    place.show(shown, line);
    redraw();
  }

  function onKeyDown(event: KeyboardEvent) {
    const key = listKey(event);
    if (key === undefined) return;
    event.preventDefault();
    const top = place.topLine(shown);
    const start = cursor.line ?? (isFollowing ? shown.at(shown.size) : top);
    const index = start === undefined ? shown.size : shown.placeOf(start);
    const page = Math.max(1, Math.floor(place.height / place.row) - 1);
    const last = shown.size - 1;
    const to = (steps: number) => shown.at(Math.max(0, Math.min(last, index + steps)));
    if (key.kind === 'open' && cursor.line !== undefined) props.onOpen();
    if (key.kind === 'copy') props.onCopy();
    if (key.kind === 'find') props.onFind(key.isBackwards);
    if (key.kind === 'line') moveTo(cursor.line === undefined && !isFollowing ? top : to(key.steps), key.isExtending);
    if (key.kind === 'page') moveTo(to(key.steps * page), key.isExtending);
    if (key.kind === 'first') moveTo(shown.at(0), key.isExtending);
    if (key.kind === 'last' && (key.isExtending || !follow.canFollow)) moveTo(shown.at(last), key.isExtending);
    else if (key.kind === 'last') {
      cursor.move(undefined);
      setFollowing(true);
    }
  }

  function onClick(event: MouseEvent) {
    const row = event.target instanceof Element ? event.target.closest('.log-row') : null;
    const line = drawn.find((each) => rowId(each) === row?.id);
    // Whoever marks text with the pointer does not want another view.
    if (line === undefined || (document.getSelection()?.isCollapsed === false && !event.shiftKey)) return;
    setFollowing(false);
    cursor.move(line, event.shiftKey);
    if (event.shiftKey) document.getSelection()?.removeAllRanges();
    else props.onOpen();
  }

  const firstBehind = divider === undefined ? -1 : shown.placeOfTime(divider.at);
  return (
    // Live, but not read out: nobody could listen as quickly.
    <div className="log-frame" role="log" aria-live="off" aria-label={texts.logs.lines} data-wrapped={isWrapped}>
      <div
        ref={viewport}
        className="log-viewport"
        role="listbox"
        aria-label={texts.logs.lines}
        aria-multiselectable
        aria-activedescendant={
          cursor.line !== undefined && drawn.includes(cursor.line) ? rowId(cursor.line) : undefined
        }
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div ref={ruler} className="log-row log-ruler" aria-hidden="true" />
        <div ref={all} className="log-all" role="presentation">
          <div ref={block} className="log-shown" role="presentation">
            {drawn.map((line, index) => (
              <LogRow
                // In a flood every row is another line at each frame: to write over them costs less than to make them.
                key={isFollowing ? index : line.key}
                line={line}
                title={titles.size > 1 ? (titles.get(line.service) ?? line.service) : ''}
                drawing={drawing}
                foundBy={lines.found?.has(line) === true ? lines.search : undefined}
                isCurrent={line === cursor.line}
                isChosen={line === cursor.line || isBetween(from + index, cursor.chosen)}
                divider={from + index === firstBehind ? (divider?.words ?? '') : ''}
              />
            ))}
          </div>
        </div>
      </div>
      {shown.size === 0 && <p className="logs-empty logs-none">{props.emptyWords}</p>}
      {follow.canFollow && !isFollowing && (
        <div className="log-new">
          <Button kind="primary" icon="end" onPress={() => setFollowing(true)}>
            {texts.logs.newLines(view.lines.newLines)}
          </Button>
        </div>
      )}
    </div>
  );
}

function rowsOf(block: HTMLElement): readonly Row[] {
  const { top } = block.getBoundingClientRect();
  return Array.from(block.children, (row) => {
    const box = row.getBoundingClientRect();
    return { top: box.top - top, height: box.height };
  });
}

function isBetween(index: number, chosen: LogCursor['chosen']): boolean {
  return chosen !== undefined && index >= chosen.from && index < chosen.to;
}
