import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { openLogs } from '../logs/log-sessions.ts';
import { streamKey } from '../logs/stream-key.ts';
import { usePageVisible } from '../words/use-page-visible.ts';
import { TailStore, tailLength } from './tail-store.ts';

// As many as one session may follow.
const mostServices = 200;
// While a stack comes up its containers appear one after the other: one new session for all of them is enough.
const settleTime = 250;

// One session feeds all rows, and only while the page can be seen.
export function useTails(services: readonly ServiceSnapshot[]): TailStore {
  const [store] = useState(() => new TailStore());
  const isVisible = usePageVisible();
  const followed = services.filter((service) => service.actions.logs).slice(0, mostServices);
  const ids = followed.map((service) => service.id).join(' ');
  const key = streamKey(followed);
  useEffect(() => {
    if (!isVisible || ids === '') return;
    let close: (() => void) | undefined;
    const timer = setTimeout(() => {
      store.expectRepetition();
      close = openLogs(ids.split(' '), tailLength, {
        onLines: (lines) => store.append(lines),
        // A tail that cannot be had is no news here: the logs page says why.
        onEnd: () => undefined,
        onFailure: () => undefined,
      });
    }, settleTime);
    return () => {
      clearTimeout(timer);
      close?.();
    };
    // The key is not used inside: it says when the same services have to be followed anew.
  }, [isVisible, ids, key, store]);
  return store;
}

export function useTail(store: TailStore, service: string) {
  const subscribe = useCallback((listener: () => void) => store.subscribe(service, listener), [store, service]);
  return useSyncExternalStore(subscribe, () => store.lines(service));
}
