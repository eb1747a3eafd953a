// The LAN that this machine is on now, without any privilege.
import { networkInterfaces } from 'node:os';
import { chooseLan, type LanOrProblem } from './choose-lan.ts';
import { parseDefaultRoutes, parseNeighbour } from './network-tables.ts';
import { readText } from './read-text.ts';
import { isMacVpn, isVpnInterface } from './vpn.ts';

export function lanNetwork(): LanOrProblem {
  if (process.platform !== 'linux') return { problem: 'LAN mode needs a guard, which there is for Linux only.' };
  const neighbours = readText('/proc/net/arp') ?? '';
  return chooseLan({
    routes: parseDefaultRoutes(readText('/proc/net/route') ?? ''),
    addresses: interfaceAddresses(),
    isVpn: (name) => isVpnInterface(name, typeOf(name)),
    hardwareOf: (address, device) => parseNeighbour(neighbours, address, device),
  });
}

// That are up and have an address.
export function vpnInterfaces(): readonly string[] {
  return Object.entries(interfaceAddresses()).flatMap(([name, addresses]) => {
    const isVpn = process.platform === 'darwin' ? isMacVpn(name, addresses) : isVpnInterface(name, typeOf(name));
    return isVpn ? [name] : [];
  });
}

function interfaceAddresses(): Readonly<Record<string, readonly string[]>> {
  const listed = Object.entries(networkInterfaces()).map(([name, addresses = []]) => [
    name,
    addresses.flatMap(({ cidr }) => cidr ?? []),
  ]);
  return Object.fromEntries(listed) as Record<string, string[]>;
}

function typeOf(name: string): string | undefined {
  return readText(`/sys/class/net/${name}/type`);
}
