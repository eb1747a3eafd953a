// What the app sees of real resolvers, networks and firewalls, as an ordinary user, and what it proposes.
import { describe, expect, it } from 'vitest';
import type { Machine } from './support/machine.ts';
import { copySources, see, type Seen } from './support/our-sources.ts';
import { resolvers } from './support/resolvers.ts';
import { useMachine } from './support/use-machine.ts';

// '*' is recommended, '-' can be used, 'x' cannot.
function choicesText({ choices }: Seen): readonly string[] {
  return choices.map(({ backend, method = 'nothing', isUsable, isRecommended }) => {
    return `${isRecommended ? '*' : isUsable ? '-' : 'x'} ${backend} by ${method}`;
  });
}

function reasonOf({ choices }: Seen, backend: string): string {
  return choices.find((choice) => choice.backend === backend)?.reason ?? '';
}

async function during<T>(machine: Machine, begin: string, end: string, look: () => Promise<T>): Promise<T> {
  await machine.must(['sh', '-c', begin]);
  try {
    return await look();
  } finally {
    await machine.must(['sh', '-c', end]);
  }
}

const usable = ['- hosts by hosts', '- localhost by nothing'];
const expected = [
  {
    facts: { resolvedVersion: 257, resolvConfTarget: '/run/systemd/resolve/stub-resolv.conf' },
    dnsmasq: '* dnsmasq by resolved',
  },
  { facts: { hasOwnDnsmasq: false }, dnsmasq: 'x dnsmasq by nothing' },
  { facts: { resolvedVersion: 257, nameservers: ['127.0.0.53'] }, dnsmasq: '* dnsmasq by resolved' },
  { facts: { hasOwnDnsmasq: true, nameservers: ['127.0.0.1'] }, dnsmasq: '* dnsmasq by dnsmasq' },
  { facts: { networkManagerMode: 'dnsmasq', hasOwnDnsmasq: false }, dnsmasq: '* dnsmasq by network-manager' },
];

describe.each(resolvers.map((resolver, index) => ({ ...resolver, expected: expected[index] })))(
  'a machine for $title',
  ({ prepare, link, expected: wanted = expected[0] }) => {
    const useIt = useMachine(async ({ machine, network }) => {
      await prepare(machine, network);
      copySources(machine);
    }, link);

    it('is seen as it is, and gets the way that fits it', async (context) => {
      const { machine } = useIt(context);
      const seen = await see(machine);
      expect(seen.facts.resolver).toMatchObject({ platform: 'linux', distribution: 'debian', ...wanted?.facts });
      expect(seen.facts.resolver).not.toHaveProperty('hostsProblem');
      const isBest = wanted?.dnsmasq.startsWith('*') === true;
      expect(choicesText(seen)).toEqual([wanted?.dnsmasq, ...(isBest ? usable : ['* hosts by hosts', usable[1]])]);
    });
  },
);

describe('a machine with systemd-resolved', () => {
  const useIt = useMachine(async ({ machine }) => copySources(machine));

  it('names that nobody set up lead nowhere, quickly', async (context) => {
    const { facts } = await see(useIt(context).machine);
    expect(facts.names.map(({ found }) => found)).toEqual([[], []]);
    expect(Math.max(...facts.names.map(({ milliseconds }) => milliseconds))).toBeLessThan(1000);
    expect(facts).toMatchObject({ isGuarded: false, state: { intent: {}, interrupted: false, edited: [] } });
  });

  it('the LAN is the network of the default route, with its router', async (context) => {
    const { machine } = useIt(context);
    await machine.must(['ip', 'neigh', 'flush', 'dev', 'lan0']);
    const { facts } = await see(machine);
    expect(facts.lan).toEqual({
      interface: 'lan0',
      address: '192.168.77.1',
      ranges: ['192.168.77.0/24', 'fd00:77::/64'],
      gateway: expect.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/),
    });
  });

  it('a default route to a public network, and none at all, are no LAN', async (context) => {
    const { machine } = useIt(context);
    const away = 'ip route del default';
    const back = 'ip route replace default via 192.168.77.2';
    const { facts: none } = await during(machine, away, back, () => see(machine));
    expect(none.lanProblem).toBe('This machine is on no network: it has no default route.');
    const wide = 'ip route replace default via 203.0.113.2';
    const { facts: open } = await during(machine, wide, back, () => see(machine));
    expect(open.lanProblem).toContain('wan0 is on a public network (203.0.113.0/24)');
    const vpn =
      'ip link add tun0 type veth peer name far0; ip link set far0 up; ip addr add 10.8.0.2/24 dev tun0; ip link set tun0 up';
    const halves = 'ip route add 0.0.0.0/1 via 10.8.0.1; ip route add 128.0.0.0/1 via 10.8.0.1';
    const through = await during(machine, `${vpn}; ${halves}`, 'ip link del tun0', () => see(machine));
    expect(through.facts.lanProblem).toContain('VPN (tun0)');
    expect(through.facts.resolver.vpnInterfaces).toEqual(['tun0']);
    expect(choicesText(through)).toEqual(['- dnsmasq by resolved', '* hosts by hosts', '- localhost by nothing']);
  });

  it('Avahi is no obstacle', async (context) => {
    const { machine } = useIt(context);
    const nss = machine.readFile('/etc/nsswitch.conf');
    const line = 'hosts: files mdns4_minimal [NOTFOUND=return] resolve [!UNAVAIL=return] dns';
    machine.writeFile('/etc/nsswitch.conf', nss.replace(/^hosts:.*$/m, line));
    await machine.enable('avahi-daemon');
    const seen = await see(machine);
    expect(seen.facts.resolver.nssHosts.slice(0, 3)).toEqual(['files', 'mdns4_minimal', '[NOTFOUND=return]']);
    expect(choicesText(seen)).toEqual(['* dnsmasq by resolved', ...usable]);
    expect(reasonOf(seen, 'dnsmasq')).toContain('ours have three');
    await machine.disable('avahi-daemon', 'avahi-daemon.socket');
    machine.writeFile('/etc/nsswitch.conf', nss);
  });

  it('DNS servers for everything speak against a dnsmasq behind it', async (context) => {
    const { machine } = useIt(context);
    const file = '/etc/systemd/resolved.conf.d/10-own.conf';
    machine.writeFile(file, '[Resolve]\nDNS=9.9.9.9\n');
    const seen = await see(machine);
    expect(reasonOf(seen, 'dnsmasq')).toContain('9.9.9.9');
    expect(choicesText(seen)).toEqual(['x dnsmasq by nothing', '* hosts by hosts', '- localhost by nothing']);
    await machine.must(['rm', file]);
  });

  it('without a dnsmasq, it says how to get one', async (context) => {
    const { machine } = useIt(context);
    const moved = 'mv /usr/sbin/dnsmasq /root/dnsmasq';
    const { choices } = await during(machine, moved, 'mv /root/dnsmasq /usr/sbin/dnsmasq', () => see(machine));
    expect(choices[0]).toMatchObject({ isUsable: false, remedy: 'sudo apt-get install dnsmasq-base' });
    expect(await machine.must(['apt-get', 'install', '--simulate', 'dnsmasq-base'])).toContain('dnsmasq-base');
  });

  it('a systemd-resolved whose stub is off answers where nsswitch.conf says so', async (context) => {
    const { machine } = useIt(context);
    const file = '/etc/systemd/resolved.conf.d/10-own.conf';
    machine.writeFile(file, '[Resolve]\nDNSStubListener=no\n');
    const nss = machine.readFile('/etc/nsswitch.conf');
    await machine.must(['systemctl', 'restart', 'systemd-resolved']);
    expect((await see(machine)).facts.resolver).toMatchObject({ resolvedVersion: 257 });
    machine.writeFile('/etc/nsswitch.conf', nss.replace(/^hosts:.*$/m, 'hosts: files dns'));
    expect((await see(machine)).facts.resolver).not.toHaveProperty('resolvedVersion');
    machine.writeFile('/etc/nsswitch.conf', nss);
    await machine.must(['rm', file]);
    await machine.must(['systemctl', 'restart', 'systemd-resolved']);
  });

  it.for([
    ['a link', 'mv /etc/hosts /etc/other; ln -s other /etc/hosts', 'mv /etc/other /etc/hosts', 'it is a link to other'],
    ['a hard link', 'ln /etc/hosts /etc/other', 'rm /etc/other', 'it has a second name (a hard link)'],
    [
      'mounted',
      'mount --bind /etc/hosts /etc/hosts',
      'umount /etc/hosts',
      'it is mounted from elsewhere, as in a container',
    ],
    ['not only of root', 'chown dev /etc/hosts', 'chown root /etc/hosts', 'others than root can change it'],
    ['read-only', 'mount --bind -o ro /etc /etc', 'umount /etc', 'it is on a read-only file system'],
  ])('an /etc/hosts that is %s is left alone', async ([, begin = '', end = '', problem], context) => {
    const { machine } = useIt(context);
    const seen = await during(machine, begin, end, () => see(machine));
    expect(seen.facts.resolver.hostsProblem).toBe(problem);
    expect(choicesText(seen)).toEqual(['* dnsmasq by resolved', 'x hosts by nothing', '- localhost by nothing']);
  });

  it("lines of the user's for our names are theirs", async (context) => {
    const { machine } = useIt(context);
    const hosts = machine.readFile('/etc/hosts');
    machine.writeFile('/etc/hosts', `${hosts}10.0.0.5 loki.macula.local\n127.0.0.4 grafana.macula.local\n`);
    const seen = await see(machine);
    const line = hosts.split('\n').length;
    expect(seen.facts.resolver.foreignNames).toEqual([{ host: 'loki.macula.local', address: '10.0.0.5', line }]);
    expect(seen.facts.names.map(({ found }) => found)).toEqual([['127.0.0.4'], ['10.0.0.5']]);
    expect(choicesText(seen)[2]).toBe('* localhost by nothing');
    machine.writeFile('/etc/hosts', hosts);
  });

  it('firewalls that are on are seen without root', async (context) => {
    const { machine } = useIt(context);
    expect((await see(machine)).facts.firewall.active).toEqual([]);
    await machine.must(['ufw', '--force', 'enable']);
    expect((await see(machine)).facts.firewall.active).toEqual(['ufw']);
    await machine.must(['ufw', 'disable']);
    await machine.enable('firewalld');
    expect((await see(machine)).facts.firewall.active).toEqual(['firewalld']);
    await machine.disable('firewalld');
  });
});
