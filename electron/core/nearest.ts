// The known word that was probably meant. Pure.

export function nearest(word: string, known: readonly string[]): string | undefined {
  const begins = (candidate: string): number => Number(candidate.startsWith(word.toLowerCase()));
  const best = known
    .map((candidate) => ({ candidate, distance: distanceBetween(word.toLowerCase(), candidate) }))
    .toSorted((a, b) => a.distance - b.distance || begins(b.candidate) - begins(a.candidate))[0];
  if (best === undefined) return undefined;
  // Half the word wrong is another word, unless it is the beginning of one.
  const isNear = best.distance <= Math.max(1, Math.floor(best.candidate.length / 3));
  if (isNear) return best.candidate;
  return word.length >= 2 ? known.find((candidate) => candidate.startsWith(word.toLowerCase())) : undefined;
}

// Letters to add, drop, change or swap with their neighbour.
function distanceBetween(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_row, i) =>
    Array.from({ length: b.length + 1 }, (_cell, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const distance = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      const row = rows[i];
      if (row !== undefined) row[j] = distance;
    }
  }
  return at(a.length, b.length);
}
