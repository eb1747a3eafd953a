// Which /16 the stack's network takes: the one it has, else the first that nobody uses.
import { defaultSubnetPrefix } from './desired.ts';
import { isOurs, networkName } from './identity.ts';
import type { Observed } from './observed.ts';

const candidates: readonly string[] = [
  defaultSubnetPrefix,
  ...Array.from({ length: 8 }, (_unused, index) => `172.${24 + index}`),
  ...Array.from({ length: 8 }, (_unused, index) => `10.${213 + index}`),
];

export type SubnetChoice =
  | { readonly kind: 'chosen'; readonly prefix: string; readonly note?: string }
  | { readonly kind: 'none-free'; readonly tried: readonly string[] };

export function chooseSubnet(observed: Pick<Observed, 'networks' | 'hostSubnets'>): SubnetChoice {
  const existing = observed.networks.find((network) => network.name === networkName && isOurs(network.labels));
  const kept = existing?.subnets.map(prefixOf16).find((prefix) => prefix !== undefined);
  if (kept !== undefined) return withNote(kept, 'is the one the network already has');
  const others = observed.networks.filter((network) => network !== existing);
  const taken = [...others.flatMap((network) => network.subnets), ...observed.hostSubnets].flatMap((subnet) => {
    const range = parseSubnet(subnet);
    // A default route covers everything and takes nothing.
    return range === undefined || range.bits === 0 ? [] : [range];
  });
  const free = candidates.find((prefix) => {
    const wanted = parseSubnet(`${prefix}.0.0/16`);
    return wanted !== undefined && !taken.some((range) => overlaps(range, wanted));
  });
  if (free === undefined) return { kind: 'none-free', tried: candidates.map((prefix) => `${prefix}.0.0/16`) };
  return withNote(free, `was free, ${defaultSubnetPrefix}.0.0/16 is taken on this machine`);
}

function withNote(prefix: string, why: string): SubnetChoice {
  if (prefix === defaultSubnetPrefix) return { kind: 'chosen', prefix };
  return { kind: 'chosen', prefix, note: `The network uses ${prefix}.0.0/16, which ${why}.` };
}

function prefixOf16(subnet: string): string | undefined {
  return /^(\d+\.\d+)\.0\.0\/16$/.exec(subnet)?.[1];
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

// undefined for IPv6 and for what is no subnet: neither can clash.
function parseSubnet(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if (bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / size) * size;
  return { first, last: first + size - 1, bits };
}

function overlaps(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}
