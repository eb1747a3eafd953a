// Passes the first value on at once, and of those that follow within the interval only the last one.
export interface Coalesced<T> {
  (value: T): void;
  cancel(): void;
}

export function coalesce<T>(intervalMilliseconds: number, apply: (value: T) => void): Coalesced<T> {
  let timer: NodeJS.Timeout | undefined;
  let waiting: { readonly value: T } | undefined;

  function fire(value: T): void {
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting === undefined) return;
      const next = waiting.value;
      waiting = undefined;
      fire(next);
    }, intervalMilliseconds);
    apply(value);
  }

  function push(value: T): void {
    if (timer === undefined) fire(value);
    else waiting = { value };
  }

  function cancel(): void {
    clearTimeout(timer);
    timer = undefined;
    waiting = undefined;
  }

  return Object.assign(push, { cancel });
}
