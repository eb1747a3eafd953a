import { createStore } from '../stores/store.ts';

// Whether somebody asked to remove the containers: the dialog is open then.
export const removeStore = createStore(false);

export function askToRemove(): void {
  removeStore.set(true);
}
