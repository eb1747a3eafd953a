// Tells the desktop what core/notices.ts finds worth it, unless the user wants none or looks at the window.
import { type Notice, nothingNoticed, noteSnapshot, tellFailures } from '../core/notices.ts';
import type { Snapshot } from '../core/snapshot.ts';

// Services that fail of one cause fail one after the other.
const gatherMilliseconds = 1500;

export interface NoticeParts {
  // The user wants to be told at all.
  isWanted(): boolean;
  // The window is in front: what happens is seen there.
  isWatched(): boolean;
  notify(notice: Notice): void;
  readonly now?: () => number;
}

export interface Notices {
  accept(snapshot: Snapshot): void;
  close(): void;
}

export function createNotices(parts: NoticeParts): Notices {
  const now = parts.now ?? Date.now;
  let memory = nothingNoticed;
  let last: Snapshot | undefined;
  let timer: NodeJS.Timeout | undefined;

  function tell(notices: readonly Notice[]): void {
    if (!parts.isWanted()) return;
    for (const notice of notices) if (notice.isAlways || !parts.isWatched()) parts.notify(notice);
  }

  function gather(): void {
    if (memory.failed.length === 0 || last?.activity !== undefined) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // A command that began meanwhile may come to more.
      if (last === undefined || last.activity !== undefined) return;
      const told = tellFailures(memory, last, now());
      memory = told.memory;
      tell(told.notices);
    }, gatherMilliseconds);
  }

  return {
    accept(snapshot) {
      const noted = noteSnapshot(memory, last, snapshot, now());
      memory = noted.memory;
      last = snapshot;
      tell(noted.notices);
      gather();
    },
    close() {
      clearTimeout(timer);
    },
  };
}
