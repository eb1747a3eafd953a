// The LAN that this machine is on now, without any privilege.
import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseLan, type LanOrProblem } from './choose-lan.ts';
import { type DefaultRoute, parseDefaultRoutes, parseNeighbour } from './network-tables.ts';
import { readText } from './read-text.ts';
import { isMacVpn, isVpnInterface } from './vpn.ts';

// A router on the wire answers within a few milliseconds.
const patienceMilliseconds = 200;
// Of /sys/class/net/<name>/type; a wireless one counts as it.
const ethernet = '1';

export async function lanNetwork(): Promise<LanOrProblem> {
  if (process.platform !== 'linux') return { problem: 'LAN mode needs a guard, which there is for Linux only.' };
  const routes = parseDefaultRoutes(readText('/proc/net/route') ?? '');
  await waitForHardware(routes[0]);
  return chooseLan({
    routes,
    addresses: interfaceAddresses(),
    isVpn: (name) => isVpnInterface(name, typeOf(name)),
    hardwareOf,
  });
}

function hardwareOf(address: string, device: string): string | undefined {
  return parseNeighbour(readText('/proc/net/arp') ?? '', address, device);
}

// The kernel forgets the hardware address of a router that nobody talked to for a while: an empty packet has it asked.
// A tunnel has none to ask for.
async function waitForHardware(route: DefaultRoute | undefined): Promise<void> {
  if (route?.gateway === undefined) return;
  const { interface: device, gateway } = route;
  if (hardwareOf(gateway, device) !== undefined || typeOf(device)?.trim() !== ethernet) return;
  const discard = 9;
  const socket = createSocket('udp4').unref();
  socket.on('error', () => undefined);
  socket.send('', discard, gateway, () => undefined);
  const deadline = performance.now() + patienceMilliseconds;
  while (hardwareOf(gateway, device) === undefined && performance.now() < deadline) await sleep(10);
  socket.close();
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
