// The samples and the last measurement. Kept while the window lives, also while another page is shown.
import type { DiskView, FiguresSample } from '../../electron/core/figures.ts';
import { run } from '../bridge.ts';
import { createStore } from '../stores/store.ts';
import { type History, withSample } from './figures-history.ts';

export const historyStore = createStore<History>([]);

let gathered: History = historyStore.get();
let frame = 0;

// Told once a frame: what comes at once is drawn at once.
export function acceptSample(sample: FiguresSample): void {
  gathered = withSample(gathered, sample);
  if (frame !== 0) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    historyStore.set(gathered);
  });
}

export interface Disk {
  readonly view: DiskView | undefined;
  readonly isMeasuring: boolean;
}

export const diskStore = createStore<Disk>({ view: undefined, isMeasuring: false });

// Returns what was measured; undefined where it was not, which a banner tells.
export async function measureDisk(anew: boolean): Promise<DiskView | undefined> {
  const { view, isMeasuring } = diskStore.get();
  if (isMeasuring) return undefined;
  diskStore.set({ view, isMeasuring: true });
  const result = await run('figures:disk', { anew });
  const measured = result.ok ? result.value : undefined;
  diskStore.set({ view: measured ?? view, isMeasuring: false });
  return measured;
}
