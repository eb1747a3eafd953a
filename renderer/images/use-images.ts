import { useEffect } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { createStore, useStore } from '../stores/store.ts';
import { usePageVisible } from '../words/use-page-visible.ts';
import { type AskedDownload, followDownload, neededServices } from './download.ts';
import { askSizes, imagesStore, type ImagesKnowledge, loadImages, sizesStore } from './images-store.ts';
import { connectTransfers } from './transfer-store.ts';

// Outlives the page: what was asked for is still known when it is opened again.
export const downloadStore = createStore<AskedDownload | undefined>(undefined);

export function useImages(snapshot: Snapshot): ImagesKnowledge {
  const knowledge = useStore(imagesStore);
  const isVisible = usePageVisible();
  const isConnected = snapshot.engine.kind === 'connected';
  const { view } = knowledge;
  const seen = seenOf(snapshot);

  useEffect(connectTransfers, []);
  useEffect(() => {
    if (isVisible && isConnected) void loadImages();
  }, [isVisible, isConnected, seen]);
  useEffect(() => {
    downloadStore.set(followDownload(downloadStore.get(), view === undefined ? [] : neededServices(view), snapshot));
  }, [view, snapshot]);

  const { sizes, isAsking } = useStore(sizesStore);
  const mayAsk = isVisible && isConnected && !isAsking && snapshot.activity === undefined;
  const needed = view === undefined ? [] : neededServices(view);
  const unasked = needed.filter((service) => sizes[service] === undefined).join(' ');
  useEffect(() => {
    if (mayAsk && unasked !== '') void askSizes(unasked.split(' '));
  }, [mayAsk, unasked]);
  return knowledge;
}

// What of a snapshot tells that images or what runs from them changed.
function seenOf({ services }: Snapshot): string {
  return services
    .map(({ id, enabled, image, containerId = '' }) =>
      [id, enabled, image.digest, image.present, image.substitute ?? '', containerId].join(' '),
    )
    .join('\n');
}
