// Ctrl-C and its polite relatives. The first asks to end in order, the next one leaves at once.
import { exitInterrupted } from './exit-codes.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// Returns the function that gives the signals back.
export function onInterrupt(first: () => void): () => void {
  let isAsked = false;
  const listener = (): void => {
    if (isAsked) process.exit(exitInterrupted);
    isAsked = true;
    first();
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
