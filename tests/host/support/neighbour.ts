// Another host on one of the machine's networks: a network namespace with the real machine's programs.
import { type Ended, inNetwork, must, runCommand, type RunOptions } from './commands.ts';
import type { Machine } from './machine.ts';

// open: it answered. mute: it took the connection and said nothing. refused: it said no. silent: it said nothing at all.
// unreachable: something on the way said no.
export type Reached = 'open' | 'mute' | 'refused' | 'silent' | 'unreachable';

export interface Neighbour {
  readonly namespace: string;
  run(argv: readonly string[], options?: RunOptions): Promise<Ended>;
  must(argv: readonly string[], options?: RunOptions): Promise<string>;
  // Asks for a page, so that it is known who is at the other end. A link-local address needs its %eth0.
  reach(address: string, port: number): Promise<Reached>;
  // From now on packets to this address go to the machine, whoever else it may belong to: also a loopback address.
  routeToMachine(address: string): Promise<void>;
}

export interface Wire {
  // On the machine's side.
  readonly interface: string;
  readonly machineAddresses: readonly string[];
  readonly addresses: readonly string[];
}

// Fixed ones instead of what follows from a random hardware address.
export const linkLocal = { machine: 'fe80::1', neighbour: 'fe80::2' };

export async function createNamespace(namespace: string): Promise<void> {
  await must(['ip', 'netns', 'add', namespace]);
  await must(['ip', '-n', namespace, 'link', 'set', 'lo', 'up']);
}

interface End {
  readonly namespace: string;
  readonly interface: string;
  readonly addresses: readonly string[];
}

// A cable between two namespaces, both ends up at once with all their addresses.
export async function connectEnds(one: End, other: End): Promise<void> {
  // Of a namespace that was here before the kernel takes the last away when it comes to it.
  await runCommand(['ip', '-n', other.namespace, 'link', 'delete', other.interface]);
  const to = ['peer', 'name', other.interface, 'netns', other.namespace];
  await must(['ip', 'link', 'add', one.interface, 'netns', one.namespace, 'type', 'veth', ...to]);
  for (const end of [one, other]) {
    const ip = ['ip', '-n', end.namespace];
    await must([...ip, 'link', 'set', end.interface, 'addrgenmode', 'none']);
    await must([...ip, 'link', 'set', end.interface, 'up']);
    // Without waiting for somebody else to claim them.
    for (const address of end.addresses) {
      const flags = address.includes(':') ? ['nodad'] : [];
      await must([...ip, 'address', 'add', address, 'dev', end.interface, ...flags]);
    }
  }
}

const probe = `
const [host, port] = process.argv.slice(1);
const socket = require('node:net').connect({ host, port: Number(port) });
let outcome = 'silent';
const say = (word) => { process.stdout.write(word); process.exit(); };
setTimeout(() => say(outcome), 1500);
socket.on('connect', () => { outcome = 'mute'; socket.write('GET / HTTP/1.0\\r\\n\\r\\n'); });
socket.on('data', () => say('open'));
socket.on('end', () => say(outcome));
socket.on('error', ({ code }) => {
  if (outcome === 'mute') say('mute');
  say(code === 'ECONNREFUSED' ? 'refused' : code === 'ETIMEDOUT' ? 'silent' : 'unreachable');
});
`;

export async function createNeighbour(machine: Machine, kind: string, wire: Wire): Promise<Neighbour> {
  const namespace = `${machine.name}-${kind}`;
  await createNamespace(namespace);
  const inside = { namespace: machine.namespace, interface: wire.interface, addresses: wire.machineAddresses };
  const outside = { namespace, interface: 'eth0', addresses: wire.addresses };
  await machine.onWiring(() => connectEnds(inside, outside));
  const enter = inNetwork(namespace);
  const neighbour: Neighbour = {
    namespace,
    run: (argv, options) => runCommand([...enter, ...argv], options),
    must: (argv, options) => must([...enter, ...argv], options),
    async reach(address, port) {
      return (await neighbour.must([process.execPath, '--eval', probe, address, `${port}`])) as Reached;
    },
    async routeToMachine(address) {
      const gateway = wire.machineAddresses[0]?.replace(/\/.*$/, '') ?? '';
      // One's own loopback range comes before all routes, and what comes from there is taken for a forgery.
      await neighbour.run(['ip', 'route', 'delete', 'local', '127.0.0.0/8', 'dev', 'lo', 'table', 'local']);
      await machine.onWiring(async () => {
        await neighbour.must(['sysctl', '-qw', 'net.ipv4.conf.all.route_localnet=1', 'net.ipv4.conf.all.rp_filter=0']);
        await neighbour.must(['ip', 'route', 'replace', `${address}/32`, 'via', gateway, 'dev', 'eth0']);
      });
    },
  };
  return neighbour;
}
