// In a terminal Ctrl-C reaches the whole process group, and npm (and a bootstrap that runs us on a newer Node) sends it
// on once more. A program that takes the second one for impatience would then never stop in order.

const sameKeyPressMs = 300;

export function mergeRepeatedInterrupts() {
  const emit = /** @type {(...event: unknown[]) => boolean} */ (process.emit.bind(process));
  let last = Number.NEGATIVE_INFINITY;
  // Node binds this method when a signal gets its first listener, so it has to be in place before.
  const merged = (/** @type {unknown[]} */ ...event) => {
    if (event[0] === 'SIGINT') {
      const now = performance.now();
      const isRepeated = now - last < sameKeyPressMs;
      last = now;
      if (isRepeated) return true;
    }
    return emit(...event);
  };
  process.emit = /** @type {typeof process.emit} */ (merged);
}
