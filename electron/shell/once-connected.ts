// What waits for the engine: at login the app may well be up before it.
import type { Runtime } from '../runtime/runtime-api.ts';

// Calls back once, as soon as an engine is connected.
export function onceConnected(runtime: Pick<Runtime, 'snapshot' | 'subscribe'>, callback: () => void): void {
  let unsubscribe: (() => void) | undefined;
  let isDone = false;

  function check(): void {
    if (isDone || runtime.snapshot().engine.kind !== 'connected') return;
    isDone = true;
    unsubscribe?.();
    // A command makes a snapshot of its own, which must not overtake the one that is being handed out.
    queueMicrotask(callback);
  }

  check();
  if (!isDone) unsubscribe = runtime.subscribe(check);
}
