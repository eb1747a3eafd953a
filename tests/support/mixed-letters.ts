// Letters a and b without order, the same at each run: what keeps a search from meeting places that it knows.
export function mixedLetters(length: number): string {
  let seed = 1;
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % 2 === 0 ? 'a' : 'b';
  }).join('');
}
