// Sets of UTF-16 code units, as sorted ranges that do not touch: [from, to, from, to, ...], both ends included.
export type CharacterSet = readonly number[];

const last = 0xffff;

export const everything: CharacterSet = [0, last];
export const digits: CharacterSet = [48, 57];
export const wordCharacters: CharacterSet = [48, 57, 65, 90, 95, 95, 97, 122];
export const blanks: CharacterSet = [
  ...[9, 13, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff],
];

export function union(...sets: readonly CharacterSet[]): CharacterSet {
  const ranges: [number, number][] = [];
  for (const set of sets) {
    for (let at = 0; at < set.length; at += 2) ranges.push([set[at] ?? 0, set[at + 1] ?? 0]);
  }
  ranges.sort(([one], [other]) => one - other);
  const joined: number[] = [];
  for (const [from, to] of ranges) {
    const end = joined.at(-1);
    if (end !== undefined && from <= end + 1) joined[joined.length - 1] = Math.max(end, to);
    else joined.push(from, to);
  }
  return joined;
}

export function negation(set: CharacterSet): CharacterSet {
  const others: number[] = [];
  let from = 0;
  for (let at = 0; at < set.length; at += 2) {
    const start = set[at] ?? 0;
    if (start > from) others.push(from, start - 1);
    from = (set[at + 1] ?? 0) + 1;
  }
  if (from <= last) others.push(from, last);
  return others;
}

export function isIn(set: CharacterSet, code: number): boolean {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < (set[middle * 2] ?? 0)) high = middle - 1;
    else if (code > (set[middle * 2 + 1] ?? 0)) low = middle + 1;
    else return true;
  }
  return false;
}

// Small and capital letters of all scripts: one, other, one, other, ...
let pairs: readonly number[] | undefined;

function casePairs(): readonly number[] {
  if (pairs !== undefined) return pairs;
  const found: number[] = [];
  for (let code = 0; code <= last; code += 1) {
    const text = String.fromCharCode(code);
    for (const other of [text.toLowerCase(), text.toUpperCase()]) {
      if (other.length === 1 && other !== text) found.push(code, other.charCodeAt(0));
    }
  }
  pairs = found;
  return found;
}

export function withBothCases(set: CharacterSet): CharacterSet {
  const all = casePairs();
  const others: number[] = [];
  for (let at = 0; at < all.length; at += 2) {
    const other = all[at + 1] ?? 0;
    if (isIn(set, all[at] ?? 0) && !isIn(set, other)) others.push(other, other);
  }
  return others.length === 0 ? set : union(set, others);
}
