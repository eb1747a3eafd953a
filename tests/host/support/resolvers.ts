// Machines whose names come from different resolvers, and what can be asked of any of them.
import type { HostName, NamesMethod } from '../../../electron/core/host/host-request.ts';
import type { Machine } from './machine.ts';
import type { Network } from './network.ts';
import { waitUntil } from './processes.ts';

export interface Resolver {
  readonly method: NamesMethod;
  readonly title: string;
  // Whether systemd-resolved knows the Internet from its link, or a file does.
  readonly link: 'link' | 'plain';
  // Where programs send their questions.
  readonly server: string;
  prepare(machine: Machine, network: Network): Promise<void>;
}

async function startDnsmasq(machine: Machine, { upstream }: Network): Promise<void> {
  const lines = ['no-resolv', `server=${upstream.address}`, 'listen-address=127.0.0.1', 'bind-interfaces', ''];
  machine.writeFile('/etc/dnsmasq.d/own.conf', lines.join('\n'));
  machine.writeFile('/etc/resolv.conf', 'nameserver 127.0.0.1\n');
  await machine.enable('dnsmasq');
}

async function startNetworkManager(machine: Machine, { upstream }: Network): Promise<void> {
  await machine.must(['rm', '-f', '/etc/resolv.conf']);
  // The package of systemd-resolved brings a resolvconf, which NetworkManager would hand its resolv.conf to.
  const settings =
    '[main]\ndns=dnsmasq\nrc-manager=symlink\nplugins=keyfile\n[keyfile]\nunmanaged-devices=interface-name:wan0\n';
  machine.writeFile('/etc/NetworkManager/conf.d/own.conf', settings);
  const profile = '/etc/NetworkManager/system-connections/lan.nmconnection';
  const ipv4 = `[ipv4]\nmethod=manual\naddress1=192.168.77.1/24,192.168.77.2\ndns=${upstream.address};\n`;
  const connection = '[connection]\nid=lan\ntype=ethernet\ninterface-name=lan0\n';
  machine.writeFile(profile, `${connection}${ipv4}[ipv6]\nmethod=disabled\n`);
  await machine.must(['chmod', '600', profile]);
  await machine.enable('NetworkManager');
  // Its addresses are there already, so it takes the interface for somebody else's.
  await machine.onStarted(async () => void (await machine.must(['nmcli', 'connection', 'up', 'lan'])));
  const isUp = async () => (await machine.run(['getent', 'ahosts', 'example.com'])).code === 0;
  await waitUntil(isUp, 'names are resolved through NetworkManager');
}

export const resolvers: readonly Resolver[] = [
  {
    method: 'hosts',
    title: 'lines in /etc/hosts, beside systemd-resolved',
    link: 'link',
    server: '127.0.0.53',
    prepare: async () => undefined,
  },
  {
    method: 'hosts',
    title: 'lines in /etc/hosts, with nothing but a resolv.conf',
    link: 'plain',
    server: '',
    prepare: async () => undefined,
  },
  {
    method: 'resolved',
    title: 'a dnsmasq of our own behind systemd-resolved',
    link: 'link',
    server: '127.0.0.53',
    prepare: async () => undefined,
  },
  { method: 'dnsmasq', title: "the user's own dnsmasq", link: 'plain', server: '127.0.0.1', prepare: startDnsmasq },
  {
    method: 'network-manager',
    title: "NetworkManager's dnsmasq",
    link: 'plain',
    server: '127.0.0.1',
    prepare: startNetworkManager,
  },
];

// As any program would ask; empty where there is no such name.
export async function addressesOf(machine: Machine, host: string): Promise<readonly string[]> {
  const { stdout } = await machine.run(['getent', 'ahosts', host]);
  return [...new Set(stdout.split('\n').flatMap((line) => line.split(' ')[0] || []))];
}

export async function resolvedAs(machine: Machine, names: readonly HostName[]): Promise<readonly HostName[]> {
  const found = await Promise.all(names.map(({ host }) => addressesOf(machine, host)));
  return names.map(({ host }, index) => ({ host, address: found[index]?.join(' ') ?? '' }));
}

// 'NOERROR 1': the code of the answer and how many records it holds.
export async function askDirectly(machine: Machine, server: string, type: string, host: string): Promise<string> {
  const said = await machine.must(['dig', '+time=2', '+tries=1', `@${server}`, type, host]);
  return `${/status: (\w+)/.exec(said)?.[1]} ${/ANSWER: (\d+)/.exec(said)?.[1]}`;
}

// Who listens at port 53.
export async function listenersAt53(machine: Machine): Promise<readonly string[]> {
  const table = await machine.must(['ss', '-Hlntu', 'sport = :53']);
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([protocol, , , , address]) => (address === undefined ? [] : [`${protocol} ${address}`]))
    .toSorted();
}

const measure = `
const { lookup } = require('node:dns/promises');
(async () => {
  const names = process.argv.slice(1);
  const times = names.map(() => []);
  for (let round = 0; round < 150; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      // Each as often behind each of the others: what was asked just before counts too.
      const step = (round + turn) % names.length;
      const index = round % 2 === 0 ? step : names.length - 1 - step;
      const begun = performance.now();
      await lookup(names[index], { all: true }).catch(() => undefined);
      times[index].push(performance.now() - begun);
    }
  }
  process.stdout.write(JSON.stringify(times.map((each) => each.sort((a, b) => a - b)[75])));
})();
`;

// Medians, in milliseconds, of look-ups in turn.
export async function costOf(machine: Machine, names: readonly string[]): Promise<readonly number[]> {
  return JSON.parse(await machine.must(['/opt/node/bin/node', '--eval', measure, ...names])) as number[];
}
