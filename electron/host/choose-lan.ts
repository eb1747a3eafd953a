// The network that "the others on my LAN" means: that of the default route, if it is one that can be guarded. Pure.
import type { LanNetwork } from '../core/host/host-facts.ts';
import { contains, isPrivate4, isUnicast6, type Range, rangeOf } from './ip-range.ts';
import type { DefaultRoute } from './network-tables.ts';

export interface LanInput {
  readonly routes: readonly DefaultRoute[];
  // Interface -> its addresses with their prefix lengths.
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  readonly isVpn: (name: string) => boolean;
  readonly hardwareOf: (address: string, device: string) => string | undefined;
}

export interface LanOrProblem {
  readonly lan?: LanNetwork;
  readonly problem?: string;
}

// What the root program takes as the interface of a guard.
const guardable = /^(?!lo$|docker|macula|br-|veth)[a-zA-Z0-9][a-zA-Z0-9._-]{0,14}$/;
const mostRanges = 8;

export function chooseLan({ routes, addresses, isVpn, hardwareOf }: LanInput): LanOrProblem {
  const [route, ...others] = routes;
  if (route === undefined) return { problem: 'This machine is on no network: it has no default route.' };
  const { interface: name, gateway } = route;
  const rivals = others.filter((other) => other.interface !== name);
  if (rivals.length > 0) {
    const names = [name, ...rivals.map((other) => other.interface)].join(' and ');
    return { problem: `There is no telling which network is meant: ${names} are the default route at once.` };
  }
  if (isVpn(name)) return { problem: `Everything goes through a VPN (${name}), which is no network of this place.` };
  if (!guardable.test(name)) return { problem: `The network is reached over ${name}, which Macula does not guard.` };
  const own = addresses[name] ?? [];
  const all4 = own.filter((cidr) => !cidr.includes(':'));
  const chosen = all4.find((cidr) => isAround(rangeOf(cidr), gateway)) ?? all4[0];
  const range = chosen === undefined ? undefined : rangeOf(chosen);
  if (chosen === undefined || range === undefined) return { problem: `${name} has no IPv4 address.` };
  const problem = rangeProblem(name, range);
  if (problem !== undefined) return { problem };
  const hardware = gateway === undefined ? undefined : hardwareOf(gateway, name);
  const ranges6 = own.filter((cidr) => cidr.includes(':')).flatMap(onLink6);
  return {
    lan: {
      interface: name,
      address: chosen.replace(/\/.*/, ''),
      ranges: [range.text, ...[...new Set(ranges6)].sort()].slice(0, mostRanges),
      ...(hardware === undefined ? {} : { gateway: hardware }),
    },
  };
}

function isAround(range: Range | undefined, gateway: string | undefined): boolean {
  return range !== undefined && gateway !== undefined && contains(range, gateway);
}

function rangeProblem(name: string, range: Range): string | undefined {
  if (!isPrivate4(range)) return `${name} is on a public network (${range.text}), where anybody could be let in.`;
  if (range.length < 16) return `The network of ${name} (${range.text}) is larger than a LAN: /16 is the most.`;
  if (range.length > 30) return `${name} is alone on its network (${range.text}).`;
  return undefined;
}

// A whole address (/128) says nothing about who else is on the wire, and link-local addresses are the same on every
// network there is: who lets them in lets in the next café.
function onLink6(cidr: string): readonly string[] {
  const range = rangeOf(cidr);
  if (range?.text.startsWith('fe80:')) return [];
  return range !== undefined && isUnicast6(range) && range.length >= 48 && range.length < 128 ? [range.text] : [];
}
