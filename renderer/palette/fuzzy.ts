// How well words fit a command. Accents and case are of no matter; letters may be left out.

export interface Fit {
  // The more, the better; comparable between commands for one query.
  readonly score: number;
  // Places in the title that were meant, in order.
  readonly places: readonly number[];
}

interface Plain {
  readonly text: string;
  // Of each character: its place in the original, which may have had more or fewer.
  readonly origin: readonly number[];
}

// Titles stay the same from key to key.
const known = new Map<string, Plain>();
const mostKnown = 5000;

function plain(text: string): Plain {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const made = makePlain(text);
  known.set(text, made);
  return made;
}

function makePlain(text: string): Plain {
  let result = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of text) {
    const bare = character.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (let index = 0; index < bare.length; index += 1) origin.push(at);
    result += bare;
    at += character.length;
  }
  return { text: result, origin };
}

const isWordStart = (text: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');

// undefined where one of the words does not fit at all. `also` holds more words that lead here.
export function fit(query: string, title: string, also = ''): Fit | undefined {
  const words = plain(query)
    .text.split(/\s+/)
    .filter((word) => word !== '');
  const { text, origin } = plain(title);
  const others = plain(also).text;
  const places = new Set<number>();
  let score = 0;
  for (const word of words) {
    const found = fitWord(word, text);
    if (found === undefined && !hasWordStart(others, word)) return undefined;
    score += found?.score ?? 40;
    for (const place of found?.places ?? []) places.add(origin[place] ?? 0);
  }
  const perWord = words.length === 0 ? 0 : score / words.length;
  // Of two that fit alike the shorter one was meant.
  return { score: perWord - Math.min(text.length, 60) / 20, places: [...places].sort((one, other) => one - other) };
}

function fitWord(word: string, text: string): Fit | undefined {
  const run = (at: number): readonly number[] => Array.from(word, (_, index) => at + index);
  let best: Fit | undefined;
  let inside = -1;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (isWordStart(text, at)) {
      const isWhole = at + word.length === text.length || isWordStart(text, at + word.length + 1);
      const score = (at === 0 ? 100 : 85) + (isWhole ? 8 : 0);
      if (best === undefined || score > best.score) best = { score, places: run(at) };
    } else if (inside === -1) inside = at;
  }
  if (best !== undefined) return best;
  const initials = inOrder(word, text, (at) => isWordStart(text, at));
  if (initials !== undefined && word.length > 1) return { score: 70, places: initials };
  if (inside !== -1) return { score: 55, places: run(inside) };
  return word.length < 3 ? undefined : scattered(word, text);
}

// From the beginning of a word on, with letters left out. Far apart it is chance.
function scattered(word: string, text: string): Fit | undefined {
  let best: Fit | undefined;
  for (let start = text.indexOf(word[0] ?? ''); start !== -1; start = text.indexOf(word[0] ?? '', start + 1)) {
    const places = isWordStart(text, start) ? inOrder(word, text, () => true, start) : undefined;
    if (places === undefined) continue;
    const gaps = (places.at(-1) ?? 0) - start + 1 - word.length;
    if (gaps <= word.length && (best === undefined || 30 - gaps > best.score)) best = { score: 30 - gaps, places };
  }
  return best;
}

function inOrder(word: string, text: string, mayBe: (at: number) => boolean, from = 0): readonly number[] | undefined {
  const places: number[] = [];
  let at = from;
  for (const character of word) {
    while (at < text.length && !(text[at] === character && mayBe(at))) at += 1;
    if (at >= text.length) return undefined;
    places.push(at);
    at += 1;
  }
  return places;
}

function hasWordStart(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) if (isWordStart(text, at)) return true;
  return false;
}
