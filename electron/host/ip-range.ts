// Networks out of addresses with a prefix length: '192.168.1.17/24' is on 192.168.1.0/24. Pure.
import { isIPv4, isIPv6 } from 'node:net';

export interface Range {
  // '192.168.1.0/24', 'fd00:77::/64': nothing but zeros behind the prefix.
  readonly text: string;
  readonly length: number;
}

export function rangeOf(cidr: string): Range | undefined {
  const [address = '', lengthText = ''] = cidr.split('/');
  const length = Number(lengthText);
  const groups = isIPv4(address) ? address.split('.').map(Number) : isIPv6(address) ? groupsOf(address) : undefined;
  const groupBits = isIPv4(address) ? 8 : 16;
  if (groups === undefined || !/^\d{1,3}$/.test(lengthText) || length > groups.length * groupBits) return undefined;
  const first = groups.map((group, index) => {
    const kept = Math.min(Math.max(length - index * groupBits, 0), groupBits);
    const size = 2 ** (groupBits - kept);
    return Math.floor(group / size) * size;
  });
  return { text: `${groupBits === 8 ? first.join('.') : shortened(first)}/${length}`, length };
}

export function contains(range: Range, address: string): boolean {
  return rangeOf(`${address}/${range.length}`)?.text === range.text;
}

// Addresses that no one on the Internet has.
export function isPrivate4(range: Range): boolean {
  const [a = 0, b = 0] = range.text.split('.').map(Number);
  return a === 10 || (a === 172 && b >> 4 === 1) || (a === 192 && b === 168) || (a === 169 && b === 254);
}

// Of a link, of a site, or given out for the Internet.
export function isUnicast6(range: Range): boolean {
  return /^(fe80|f[cd][0-9a-f]{2}|[23][0-9a-f]{3}):/.test(range.text);
}

function groupsOf(address: string): readonly number[] | undefined {
  if (address.includes('.') || address.includes('%')) return undefined;
  const [head = '', tail] = address.split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return numbers(head);
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

// The longest run of zeros is left out, as everybody writes it.
function shortened(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = [...text.matchAll(/(?<![^:])0(:0)+(?![^:])/g)].sort((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
