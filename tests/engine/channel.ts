// Values from one side to the other, kept until they are taken.

export interface Channel<T> {
  push(value: T): void;
  end(error?: unknown): void;
  values(signal: AbortSignal): AsyncIterable<T>;
}

export function createChannel<T>(): Channel<T> {
  const waiting: T[] = [];
  let ended = false;
  let failure: unknown;
  let wake = () => {};

  async function* values(signal: AbortSignal): AsyncIterable<T> {
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        const [value] = waiting.splice(0, 1);
        if (value !== undefined) yield value;
        else if (ended && failure !== undefined) throw failure;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    push(value) {
      waiting.push(value);
      wake();
    },
    end(error) {
      ended = true;
      failure = error;
      wake();
    },
    values,
  };
}
