// What is around a test machine: a LAN with the way to the Internet, and a network that nobody there should trust.
import { must } from './commands.ts';
import type { Machine } from './machine.ts';
import { connectEnds, createNamespace, createNeighbour, linkLocal, type Neighbour } from './neighbour.ts';
import { folderOf } from './places.ts';
import { startUpstream, type Upstream } from './upstream.ts';

export interface Network {
  readonly lan: Neighbour;
  readonly wan: Neighbour;
  readonly upstream: Upstream;
}

// The machine's own addresses, and what of them can be asked from where.
export const lanAddress = '192.168.77.1';
export const lanAddress6 = 'fd00:77::1';
export const wanAddress = '203.0.113.1';
export const neighbourAddresses = { lan: '192.168.77.2', wan: '203.0.113.2' };
export const linkLocalFromOutside = `${linkLocal.machine}%eth0`;

const upstreamNetwork = { router: '198.51.100.1', resolver: '198.51.100.2' };

// The LAN host is the router to the upstream too.
async function createUpstream(machine: Machine, lan: Neighbour): Promise<Upstream> {
  const namespace = `${machine.name}-up`;
  await createNamespace(namespace);
  await connectEnds(
    { namespace: lan.namespace, interface: 'up0', addresses: [`${upstreamNetwork.router}/24`] },
    { namespace, interface: 'eth0', addresses: [`${upstreamNetwork.resolver}/24`] },
  );
  await lan.must(['sysctl', '-qw', 'net.ipv4.ip_forward=1']);
  await must(['ip', '-n', namespace, 'route', 'add', 'default', 'via', upstreamNetwork.router]);
  return startUpstream(namespace, upstreamNetwork.resolver, folderOf(machine.name));
}

// How the machine comes to know its resolver: 'link' as most networks tell it, with systemd-resolved; 'plain' in a
// resolv.conf that nobody manages, without it.
export async function createNetwork(machine: Machine, resolver: 'link' | 'plain' = 'link'): Promise<Network> {
  const lan = await createNeighbour(machine, 'lan', {
    interface: 'lan0',
    machineAddresses: [`${lanAddress}/24`, `${lanAddress6}/64`, `${linkLocal.machine}/64`],
    addresses: ['192.168.77.2/24', 'fd00:77::2/64', `${linkLocal.neighbour}/64`],
  });
  const wan = await createNeighbour(machine, 'wan', {
    interface: 'wan0',
    machineAddresses: [`${wanAddress}/24`, `${linkLocal.machine}/64`],
    addresses: ['203.0.113.2/24', `${linkLocal.neighbour}/64`],
  });
  await machine.onWiring(async () => {
    await must(['ip', '-n', machine.namespace, 'link', 'set', 'lo', 'up']);
    await must(['ip', '-n', machine.namespace, 'route', 'add', 'default', 'via', neighbourAddresses.lan]);
  });
  const upstream = await createUpstream(machine, lan);
  if (resolver === 'link') {
    await machine.onStarted(async () => {
      await machine.must(['resolvectl', 'dns', 'lan0', upstream.address]);
    });
  } else {
    await machine.disable('systemd-resolved');
    await machine.must(['rm', '-f', '/etc/resolv.conf']);
    machine.writeFile('/etc/resolv.conf', `nameserver ${upstream.address}\n`);
  }
  return { lan, wan, upstream };
}
