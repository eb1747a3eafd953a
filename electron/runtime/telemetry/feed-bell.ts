// Something changed: whoever waits for it looks again.
import type { Clock } from '../runtime-parts.ts';

export interface Bell {
  ring(): void;
  // Resolves at the next ring, at the end of the signal, or after the time where one is given.
  wait(signal: AbortSignal, milliseconds?: number): Promise<void>;
}

export function createBell(clock: Clock): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of [...waiting]) wake();
    },
    wait(signal, milliseconds) {
      return new Promise((resolve) => {
        let cancel: () => void = () => undefined;
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          cancel();
          resolve();
        };
        if (signal.aborted) return resolve();
        if (milliseconds !== undefined) cancel = clock.after(milliseconds, wake);
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    },
  };
}
