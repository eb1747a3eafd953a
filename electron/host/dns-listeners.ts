// Who answers on port 53 of this machine. Pure.
import { isIPv6 } from 'node:net';
import { parseProcNetUdp } from './ports.ts';

const dnsPort: ReadonlySet<number> = new Set([53]);

// Addresses, '0.0.0.0' and '::' among them, out of /proc/net/udp and /proc/net/udp6.
export function dnsListeners(tables: readonly string[]): readonly string[] {
  return tables.flatMap((table) => parseProcNetUdp(table, dnsPort).map(({ address }) => address));
}

// Whether a question to this nameserver is answered on this machine.
export function answersHere(
  nameserver: string | undefined,
  listeners: readonly string[],
  ownAddresses: readonly string[],
): boolean {
  if (nameserver === undefined) return false;
  const isOwn = nameserver.startsWith('127.') || ownAddresses.includes(nameserver);
  const wide = isIPv6(nameserver) ? ['::'] : ['0.0.0.0', '::'];
  return isOwn && listeners.some((address) => address === nameserver || wide.includes(address));
}
