// Whether the view stays at the end. Scrolling up pauses it, coming back to the end goes on.
import { useCallback, useEffect, useState } from 'react';
import type { ListPlace } from './list-place.ts';
import type { LogLines } from './log-lines.ts';

export interface Follow {
  readonly isFollowing: boolean;
  // Not of a moment: nothing comes.
  readonly canFollow: boolean;
  readonly setFollowing: (isFollowing: boolean) => void;
}

export function useFollow(lines: LogLines, place: ListPlace, canFollow: boolean): Follow {
  const [isWanted, setWanted] = useState(true);
  const isFollowing = isWanted && canFollow;
  const setFollowing = useCallback(
    (next: boolean) => {
      if (next && !canFollow) return;
      setWanted(next);
      if (next) {
        lines.resume();
        place.follow();
      } else {
        lines.pause();
        place.stay(lines.shown);
      }
    },
    [canFollow, lines, place],
  );
  // Whoever comes back from a moment wants to see what comes.
  useEffect(() => {
    if (canFollow) setFollowing(true);
  }, [canFollow, setFollowing]);
  return { isFollowing, canFollow, setFollowing };
}
