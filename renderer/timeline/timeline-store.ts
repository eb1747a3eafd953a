// What happened, as the app told it last. Kept while the page is away.
import type { TimelineView } from '../../electron/core/timeline.ts';
import { invoke } from '../bridge.ts';
import { shareEqual } from '../stores/share-equal.ts';
import { createStore } from '../stores/store.ts';
import { texts } from '../texts.ts';

export interface Timeline {
  // Undefined until the app has answered.
  readonly view: TimelineView | undefined;
  // Why the last look failed, in words; undefined while looks succeed.
  readonly problem: string | undefined;
}

export const timelineStore = createStore<Timeline>({ view: undefined, problem: undefined });

let isLooking = false;
let mustLookAgain = false;

export async function loadTimeline(): Promise<void> {
  mustLookAgain = isLooking;
  if (isLooking) return;
  isLooking = true;
  const result = await invoke('timeline:get', undefined);
  isLooking = false;
  const before = timelineStore.get();
  if (result.ok) timelineStore.set({ view: shareEqual(before.view, result.value), problem: undefined });
  else if ('unexpected' in result) {
    timelineStore.set({ ...before, problem: `${texts.banner.unexpectedTitle}: ${result.unexpected}` });
  } else {
    const { title, detail, nextStep } = result.text;
    timelineStore.set({ ...before, problem: `${title}. ${detail} ${nextStep}` });
  }
  if (mustLookAgain) await loadTimeline();
}
