import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { openLogs } from '../logs/log-sessions.ts';
import { usePageVisible } from '../words/use-page-visible.ts';
import { TailStore, tailLength } from './tail-store.ts';

// As many as one session may follow.
const mostServices = 200;
// One session feeds all rows, and only while the page can be seen. It goes on through restarts, and waits for services
// that have no container yet.
export function useTails({ services, engine }: Snapshot): TailStore {
  const [store] = useState(() => new TailStore());
  const isVisible = usePageVisible();
  const isConnected = engine.kind === 'connected';
  const ids = services
    .filter((service) => service.enabled)
    .slice(0, mostServices)
    .map((service) => service.id)
    .join(' ');
  useEffect(() => {
    if (!isVisible || !isConnected || ids === '') return;
    store.expectRepetition();
    return openLogs(
      { services: ids.split(' '), tail: tailLength },
      {
        onLines: (lines) => store.append(lines),
        // A tail that cannot be had is no news here: the logs page says why.
        onEnd: () => undefined,
        onFailure: () => undefined,
      },
    );
  }, [isVisible, isConnected, ids, store]);
  return store;
}

export function useTail(store: TailStore, service: string) {
  const subscribe = useCallback((listener: () => void) => store.subscribe(service, listener), [store, service]);
  return useSyncExternalStore(subscribe, () => store.lines(service));
}
