// What is known of the images. Asked for when somebody looks or something changed, never by the clock.
import type { DownloadSize, ImagesView } from '../../electron/core/images/images-view.ts';
import { invoke, run } from '../bridge.ts';
import { shareEqual } from '../stores/share-equal.ts';
import { createStore } from '../stores/store.ts';
import { noteTransfer, transferStore } from './transfer-store.ts';

export interface ImagesKnowledge {
  // Undefined until the app has answered.
  readonly view: ImagesView | undefined;
  // The last question was not answered.
  readonly hasFailed: boolean;
}

export interface KnownSizes {
  // By service.
  readonly sizes: Readonly<Record<string, DownloadSize>>;
  readonly isAsking: boolean;
}

export const imagesStore = createStore<ImagesKnowledge>({ view: undefined, hasFailed: false });
export const sizesStore = createStore<KnownSizes>({ sizes: {}, isAsking: false });

let isLooking = false;
let mustLookAgain = false;
let accepted = 0;

export async function loadImages(): Promise<void> {
  mustLookAgain = isLooking;
  if (isLooking) return;
  isLooking = true;
  const before = accepted;
  const result = await run('images:get', undefined);
  isLooking = false;
  // What a removal answered in the meantime is newer.
  if (before === accepted) {
    if (result.ok) acceptImages(result.value);
    else imagesStore.set({ view: imagesStore.get().view, hasFailed: true });
  }
  if (mustLookAgain) await loadImages();
}

export function acceptImages(view: ImagesView): void {
  accepted += 1;
  imagesStore.set({ view: shareEqual(imagesStore.get().view, view), hasFailed: false });
  // What this window asked for itself it is told of as it comes.
  if (transferStore.get().asked === undefined) noteTransfer(view.transfer);
}

// Of these services; what the registries said before is forgotten.
export async function askSizes(services: readonly string[]): Promise<void> {
  if (sizesStore.get().isAsking || services.length === 0) return;
  sizesStore.set({ ...sizesStore.get(), isAsking: true });
  const result = await invoke('images:sizes', { services: [...services] });
  const answers = result.ok
    ? result.value
    : services.map((service) => ({ service, problem: 'unexpected' in result ? '' : result.text.title }));
  const told = Object.fromEntries(answers.map((answer) => [answer.service, answer]));
  // Who was not answered is not asked again by itself.
  const silent = Object.fromEntries(services.map((service) => [service, { service }]));
  sizesStore.set({ sizes: { ...sizesStore.get().sizes, ...silent, ...told }, isAsking: false });
}
