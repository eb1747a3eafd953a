// The search of the page: what was typed becomes a search in its lines, and what was found is gone through.
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { announce } from '../stores/announcements.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { choicesStore } from './log-choices.ts';
import type { ListPlace } from './list-place.ts';
import type { KeptLine } from './log-ring.ts';
import { createSearch, type SearchTrouble } from './search/search.ts';
import type { Follow } from './use-follow.ts';
import type { LogCursor } from './use-log-cursor.ts';
import type { LogView } from './use-log-view.ts';

// Milliseconds without typing, before it is said how many there are.
const quiet = 700;

export interface LogSearch {
  readonly trouble: SearchTrouble | undefined;
  readonly isActive: boolean;
  readonly find: (isBackwards: boolean) => void;
}

interface Parts {
  readonly view: LogView;
  readonly place: ListPlace;
  readonly follow: Follow;
  readonly cursor: LogCursor;
}

export function useLogSearch({ view, place, follow, cursor }: Parts): LogSearch {
  const { words, isPattern, isCaseKept, isOnlyFound } = useStore(choicesStore).search;
  const { lines, draw } = view;
  const made = useMemo(
    () => (words === '' ? undefined : createSearch({ words, isPattern, isCaseKept })),
    [words, isPattern, isCaseKept],
  );
  const trouble = made !== undefined && 'trouble' in made ? made : undefined;
  const search = made !== undefined && 'trouble' in made ? undefined : made;

  useEffect(() => {
    lines.setSearch(search, isOnlyFound);
    draw();
  }, [lines, search, isOnlyFound, draw]);

  const { isSettled } = view;
  const told = useRef(search);
  useEffect(() => {
    if (search === told.current || !isSettled) return;
    const timer = setTimeout(() => {
      told.current = search;
      if (lines.found !== undefined) announce(countWords(lines.found.size));
    }, quiet);
    return () => clearTimeout(timer);
  }, [search, isSettled, lines]);

  const find = useCallback(
    (isBackwards: boolean) => {
      const next = nextFound({ view, place, follow, cursor }, isBackwards);
      if (next === undefined) {
        const { none, lasting } = texts.logs.search;
        if (lines.search !== undefined) announce(view.isSettled ? none : lasting);
        return;
      }
      follow.setFollowing(false);
      cursor.move(next);
      place.show(lines.shown, next);
      draw();
    },
    [view, place, follow, cursor, lines, draw],
  );
  return { trouble, isActive: search !== undefined, find };
}

// Beyond the last one comes the first.
function nextFound({ view, place, follow, cursor }: Parts, isBackwards: boolean): KeptLine | undefined {
  const { found, shown } = view.lines;
  if (found === undefined || found.size === 0) return undefined;
  const start = cursor.line ?? (follow.isFollowing ? undefined : place.topLine(shown));
  if (start === undefined) return found.at(isBackwards ? found.size - 1 : 0);
  const before = found.placeOf(start);
  const isAtFound = cursor.line !== undefined && found.at(before) === cursor.line;
  const index = isBackwards ? before - 1 : before + (isAtFound ? 1 : 0);
  return found.at((index + found.size) % found.size);
}

function countWords(count: number): string {
  return count === 0 ? texts.logs.search.none : texts.logs.search.count(undefined, count);
}
