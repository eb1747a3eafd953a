// What a screen reader is told in its own time. Nothing here is shown.
import { createStore } from './store.ts';

export const announcementStore = createStore('');

export function announce(words: string): void {
  if (words === '') return;
  // The same words twice would not be read again.
  announcementStore.set(announcementStore.get() === words ? `${words}\u00a0` : words);
}
