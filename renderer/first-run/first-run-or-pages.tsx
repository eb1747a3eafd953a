import { useEffect, useRef } from 'react';
import { App } from '../shell/app.tsx';
import { placeStore } from '../stores/navigation.ts';
import { snapshotStore } from '../stores/snapshot-store.ts';
import { useStore } from '../stores/store.ts';
import { FirstRunPage } from './first-run-page.tsx';
import { firstRunStore, isFirstRunShown, putFirstRunAside } from './first-run-store.ts';

// The first steps take the place of all pages until they are done, skipped or put aside.
export function FirstRunOrPages() {
  const snapshot = useStore(snapshotStore);
  const isShown = isFirstRunShown(useStore(firstRunStore), snapshot);
  const wasShown = useRef(isShown);
  const place = useStore(placeStore);
  const lastPlace = useRef(place);

  useEffect(() => {
    // A failure's button or the tray leads to a page: then that is what is wanted.
    if (lastPlace.current !== place && wasShown.current) putFirstRunAside();
    lastPlace.current = place;
  }, [place]);
  useEffect(() => {
    if (wasShown.current && !isShown) document.getElementById('main')?.focus({ preventScroll: true });
    wasShown.current = isShown;
  }, [isShown]);

  return isShown && snapshot !== undefined ? <FirstRunPage snapshot={snapshot} /> : <App />;
}
