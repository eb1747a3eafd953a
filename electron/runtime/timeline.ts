// Remembers the last start step by step, and the changes of state of the last day, also over the end of the app.
import type { TimelineView } from '../core/timeline.ts';

export interface Timeline {
  view(): TimelineView;
}

export function createTimeline(): Timeline {
  return { view: () => ({ changes: [], isCut: false }) };
}
