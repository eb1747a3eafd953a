import type { Snapshot } from '../../electron/core/snapshot.ts';
import { createStore } from './store.ts';

// The window's mirror of the app's state; undefined until the app has answered.
export const snapshotStore = createStore<Snapshot | undefined>(undefined);
