// A request that is nearly one of the corpus: other bytes, other types, other values, at random places.
type Random = () => number;

const strange: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  '',
  ' ',
  '\0',
  '\u2028',
  '../../etc/passwd',
  '$(id)',
  '127.0.0.4\n',
  [],
  {},
  [[]],
  ['hosts'],
  { host: 'a.b.test' },
  '127.0.0.4',
  'a.b.test',
  '10.0.0.0/24',
  'fe80::/64',
  3000,
  'hosts',
  'status',
  'undo',
];
const snippets = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\u0000',
  '\\ud800',
  '"__proto__":{}',
  '"verb":"undo",',
  '1e999',
  '-0',
  '\ufeff',
  '.',
  '-',
];

const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[Math.floor(random() * items.length)];

export function mutated(random: Random, requests: readonly string[]): string {
  const text = pick(random, requests) ?? '{}';
  const ways = [changeValue, changeValue, changeString, changeString, changeBytes, addKey, duplicateKey, nest];
  const times = 1 + Math.floor(random() * 2);
  return Array.from({ length: times }).reduce<string>((now) => (pick(random, ways) ?? changeBytes)(random, now), text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Every place in it, as the object and the key that lead there.
function places(value: unknown): readonly (readonly [Record<string, unknown>, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  return Object.keys(object).flatMap((key) => [[object, key] as const, ...places(object[key])]);
}

function changePlace(
  random: Random,
  text: string,
  change: (holder: Record<string, unknown>, key: string) => void,
): string {
  // Deep ones have changed enough.
  const value = text.length > 2500 ? undefined : parsed(text);
  const place = pick(random, places(value));
  if (place === undefined) return changeBytes(random, text);
  change(...place);
  return JSON.stringify(value);
}

function changeValue(random: Random, text: string): string {
  return changePlace(random, text, (holder, key) => {
    if (random() < 0.2 && !Array.isArray(holder)) delete holder[key];
    else if (random() < 0.2) holder[key] = [holder[key], holder[key]];
    else if (typeof holder[key] === 'number' && random() < 0.7)
      holder[key] += pick(random, [1, -1, 0.5, 1000, -1e6, 6e8]) as never;
    else holder[key] = pick(random, strange);
  });
}

const letters = '0123456789abcdefABCxyz.-_:/ *%\n"\\\u00fc';

function changeString(random: Random, text: string): string {
  return changePlace(random, text, (holder, key) => {
    const before = holder[key];
    if (typeof before !== 'string') return;
    const at = Math.floor(random() * (before.length + 1));
    const letter = letters[Math.floor(random() * letters.length)] ?? '';
    const isLonger = random() < 0.5;
    holder[key] = before.slice(0, at) + letter + before.slice(isLonger ? at : at + 1);
    if (random() < 0.1) holder[key] = before.repeat(2 + Math.floor(random() * 30));
  });
}

function changeBytes(random: Random, text: string): string {
  const at = Math.floor(random() * (text.length + 1));
  const put = random() < 0.5 ? (pick(random, snippets) ?? '') : String.fromCodePoint(Math.floor(random() * 256));
  return text.slice(0, at) + put + text.slice(at + Math.floor(random() * 3));
}

function addKey(random: Random, text: string): string {
  const key =
    pick(random, ['__proto__', 'constructor', 'toString', 'verb', 'intent', 'plan', 'until', 'names', '', '0']) ?? '';
  const word = JSON.stringify(key);
  const value = JSON.stringify(pick(random, strange));
  const at =
    pick(
      random,
      [...text.matchAll(/\{/g)].map((match) => match.index),
    ) ?? 0;
  return `${text.slice(0, at + 1)}${word}:${value}${text[at + 1] === '}' ? '' : ','}${text.slice(at + 1)}`;
}

function duplicateKey(random: Random, text: string): string {
  const keys = [...text.matchAll(/"(\w+)":("[^"]*"|\d+)/g)];
  const [pair = '', , value = ''] = pick(random, keys) ?? [];
  if (pair === '') return changeBytes(random, text);
  const other = random() < 0.5 ? pair : pair.replace(value, JSON.stringify(pick(random, strange)));
  return text.replace(pair, `${pair},${other}`);
}

function nest(random: Random, text: string): string {
  const depth = Math.floor(random() * 3000);
  const value =
    random() < 0.5 ? `${'['.repeat(depth)}${']'.repeat(depth)}` : `${'{"intent":'.repeat(depth)}1${'}'.repeat(depth)}`;
  return random() < 0.5 ? value : text.replace(/:("[^"]*"|\d+)/, () => `:${value}`);
}
