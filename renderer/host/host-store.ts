// What is known of this machine. Asked for when somebody looks or something happened, never by the clock.
import type { HostView } from '../../electron/core/host/host-view.ts';
import { run } from '../bridge.ts';
import { shareEqual } from '../stores/share-equal.ts';
import { createStore } from '../stores/store.ts';

export interface HostKnowledge {
  // Undefined until the app has answered.
  readonly view: HostView | undefined;
  // The last question was not answered.
  readonly hasFailed: boolean;
}

export const hostStore = createStore<HostKnowledge>({ view: undefined, hasFailed: false });

let isAsking = false;
let mustAskAgain = false;
let accepted = 0;

export async function loadHost(): Promise<void> {
  mustAskAgain = isAsking;
  if (isAsking) return;
  isAsking = true;
  const before = accepted;
  const result = await run('host:get', undefined);
  isAsking = false;
  // An outcome that came in the meantime is newer.
  if (before === accepted) {
    if (result.ok) acceptView(result.value);
    else hostStore.set({ view: hostStore.get().view, hasFailed: true });
  }
  if (mustAskAgain) await loadHost();
}

export function acceptView(view: HostView): void {
  accepted += 1;
  hostStore.set({ view: shareEqual(hostStore.get().view, view), hasFailed: false });
}
