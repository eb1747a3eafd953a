// Whether the view stays at the end. Scrolling up pauses it, coming back to the end goes on.
import { useState } from 'react';
import type { LogRing } from './log-ring.ts';

export interface Follow {
  readonly isFollowing: boolean;
  // Lines that came while paused.
  readonly newLines: number;
  readonly setFollowing: (isFollowing: boolean) => void;
}

export function useFollow(ring: LogRing, _version: number): Follow {
  // While paused: how many lines had come by then.
  const [pausedAt, setPausedAt] = useState<number>();
  const isFollowing = pausedAt === undefined;
  return {
    isFollowing,
    // Less than nothing when the ring began anew meanwhile.
    newLines: isFollowing ? 0 : Math.max(0, ring.added - pausedAt),
    setFollowing(next) {
      if (next !== isFollowing) setPausedAt(next ? undefined : ring.added);
    },
  };
}
