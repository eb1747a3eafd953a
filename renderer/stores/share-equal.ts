// A snapshot crosses the bridge as a copy, so every part of it is a new object. Parts that are equal to the last
// snapshot's are replaced by those: components compare by identity and draw only what changed.
export function shareEqual<Value>(previous: unknown, next: Value): Value {
  if (Object.is(previous, next)) return next;
  if (typeof previous !== 'object' || typeof next !== 'object' || previous === null || next === null) return next;
  if (Array.isArray(previous) !== Array.isArray(next)) return next;
  const before = previous as Record<string, unknown>;
  const after = next as Record<string, unknown>;
  const keys = Object.keys(after);
  let isSame = keys.length === Object.keys(before).length;
  const shared: Record<string, unknown> = {};
  for (const key of keys) {
    shared[key] = shareEqual(before[key], after[key]);
    if (shared[key] !== before[key] || !(key in before)) isSame = false;
  }
  if (isSame) return previous as Value;
  return (Array.isArray(next) ? keys.map((key) => shared[key]) : shared) as Value;
}
