import { describe, expect, it } from 'vitest';
import type { ResolverFacts } from '../../../electron/core/host/host-facts.ts';
import { firewallWords, loopbackWords } from '../../../electron/core/host/host-words.ts';
import { backendOf, namesChoices } from '../../../electron/core/host/names-choice.ts';
import { namesMethods } from '../../../electron/core/host/host-request.ts';

// As they were found on machines that had just been installed.
const debian13: ResolverFacts = {
  platform: 'linux',
  nameservers: ['127.0.0.53'],
  resolvConfTarget: '/run/systemd/resolve/stub-resolv.conf',
  resolvedVersion: 257,
  resolvedGlobalServers: [],
  hasDnsmasq: true,
  hasOwnDnsmasq: false,
  hasSystemd: true,
  nssHosts: ['files', 'resolve', '[!UNAVAIL=return]', 'dns'],
  distribution: 'debian',
  isWsl: false,
  vpnInterfaces: [],
  foreignNames: [],
};
const debian12: ResolverFacts = {
  ...debian13,
  resolvedVersion: 252,
  hasDnsmasq: false,
  nssHosts: ['files', 'mdns4_minimal', '[NOTFOUND=return]', 'dns'],
};
const ubuntu2404: ResolverFacts = {
  ...debian13,
  resolvedVersion: 255,
  networkManagerMode: 'systemd-resolved',
  distribution: 'ubuntu',
  nssHosts: ['files', 'mdns4_minimal', '[NOTFOUND=return]', 'dns', 'mymachines'],
};
const fedora43: ResolverFacts = {
  ...debian13,
  resolvedVersion: 258,
  networkManagerMode: 'systemd-resolved',
  distribution: 'fedora',
  nssHosts: ['files', 'myhostname', 'mdns4_minimal', '[NOTFOUND=return]', 'resolve', '[!UNAVAIL=return]', 'dns'],
};
const { resolvedVersion: _version, resolvConfTarget: _target, ...unmanaged } = debian13;
const plain: ResolverFacts = { ...unmanaged, nameservers: ['192.168.1.1'], nssHosts: ['files', 'dns'] };
const mac: ResolverFacts = {
  ...unmanaged,
  platform: 'darwin',
  hasSystemd: false,
  nssHosts: [],
  distribution: 'macos',
  nameservers: ['192.168.1.1'],
};

// '*' is recommended, '-' can be used, 'x' cannot.
function text(facts: ResolverFacts): string {
  return namesChoices(facts)
    .map(({ backend, method, isUsable, isRecommended, reason, remedy }) => {
      const mark = isRecommended ? '*' : isUsable ? '-' : 'x';
      const way = method === undefined || method === backend ? '' : ` by ${method}`;
      return `${mark} ${backend}${way}: ${reason}${remedy === undefined ? '' : ` [${remedy}]`}`;
    })
    .join('\n');
}

const hosts = 'hosts: A few marked lines in /etc/hosts: they work whatever the network and its servers do.';
const hostsWithAvahi =
  'hosts: A few marked lines in /etc/hosts: they work whatever the network and its servers do; mdns4_minimal (Avahi) keeps .local names of two parts only, and ours have three.';
const localhost =
  'localhost: Needs no set-up and no password: browsers lead every name that ends in .localhost to this machine.';
const direct =
  'This machine asks its DNS servers directly (/etc/resolv.conf): no resolver of its own could be told these names.';
const wsl =
  'In WSL the browser is on Windows: it asks Windows for names, and what is set up in here does not reach it.';
const nixos = 'NixOS makes its files in /etc anew from its configuration: a change from outside would not last.';
const vpn = 'A VPN is up (wg0, tailscale0), and VPNs take over the resolver as they come and go; the hosts file stays.';

const machines: readonly (readonly [string, ResolverFacts, string])[] = [
  [
    'Debian 13 with systemd-resolved and dnsmasq',
    debian13,
    `* dnsmasq by resolved: systemd-resolved (257) asks a dnsmasq of its own for just these names.
- ${hosts}
- ${localhost}`,
  ],
  [
    'Debian 12 with systemd-resolved and Avahi, without dnsmasq',
    debian12,
    `x dnsmasq: It would fit, but dnsmasq is not installed. [sudo apt-get install dnsmasq-base]
* ${hostsWithAvahi}
- ${localhost}`,
  ],
  [
    'Ubuntu 24.04, where NetworkManager leaves names to systemd-resolved',
    ubuntu2404,
    `* dnsmasq by resolved: systemd-resolved (255) asks a dnsmasq of its own for just these names; mdns4_minimal (Avahi) keeps .local names of two parts only, and ours have three.
- ${hostsWithAvahi}
- ${localhost}`,
  ],
  [
    'Fedora with the systemd that knows delegates',
    fedora43,
    `* dnsmasq by delegate: systemd-resolved (258) asks a dnsmasq of its own for just these names; mdns4_minimal (Avahi) keeps .local names of two parts only, and ours have three.
- ${hostsWithAvahi}
- ${localhost}`,
  ],
  [
    'a delegate is asked for its own names only, whatever servers are set for everything',
    { ...fedora43, nssHosts: ['files', 'dns'], resolvedGlobalServers: ['9.9.9.9'] },
    `* dnsmasq by delegate: systemd-resolved (258) asks a dnsmasq of its own for just these names.
- ${hosts}
- ${localhost}`,
  ],
  [
    'servers that are set for everything would be asked too',
    { ...debian13, resolvedGlobalServers: ['9.9.9.9', '1.1.1.1'] },
    `x dnsmasq: systemd-resolved has DNS servers for everything (9.9.9.9, 1.1.1.1): it would ask them for these names too.
* ${hosts}
- ${localhost}`,
  ],
  [
    'a systemd-resolved that cannot ask at another port (Debian 10)',
    { ...debian13, resolvedVersion: 241 },
    `x dnsmasq: systemd-resolved is too old for it (241; 246 is needed).
* ${hosts}
- ${localhost}`,
  ],
  [
    'systemd-resolved without its systemd, as in a container',
    { ...debian13, hasSystemd: false },
    `x dnsmasq: It needs systemd, which does not run here.
* ${hosts}
- ${localhost}`,
  ],
  [
    'a plain resolv.conf, though dnsmasq is installed',
    plain,
    `x dnsmasq: ${direct}
* ${hosts}
- ${localhost}`,
  ],
  [
    'a dnsmasq that NetworkManager runs',
    { ...plain, nameservers: ['127.0.0.1'], networkManagerMode: 'dnsmasq' },
    `* dnsmasq by network-manager: The dnsmasq that NetworkManager runs takes these names in.
- ${hosts}
- ${localhost}`,
  ],
  [
    'a dnsmasq that NetworkManager runs, and that nobody asks',
    { ...plain, networkManagerMode: 'dnsmasq' },
    `x dnsmasq: ${direct}
* ${hosts}
- ${localhost}`,
  ],
  [
    "a dnsmasq of the user's",
    { ...plain, nameservers: ['127.0.0.1'], hasOwnDnsmasq: true },
    `* dnsmasq: Your own dnsmasq answers for this machine and takes these names in.
- ${hosts}
- ${localhost}`,
  ],
  [
    'a VPN is up',
    { ...debian13, vpnInterfaces: ['wg0', 'tailscale0'] },
    `- dnsmasq by resolved: ${vpn}
* ${hosts}
- ${localhost}`,
  ],
  [
    'a VPN is up where /etc/hosts must not be touched',
    { ...debian13, vpnInterfaces: ['wg0', 'tailscale0'], hostsProblem: 'it is a link to /nix/store/hosts' },
    `* dnsmasq by resolved: ${vpn}
x hosts: /etc/hosts is left alone: it is a link to /nix/store/hosts.
- ${localhost}`,
  ],
  [
    'a VPN is up, and dnsmasq is missing on a Fedora',
    { ...fedora43, vpnInterfaces: ['tun0'], hasDnsmasq: false },
    `x dnsmasq: It would fit, but dnsmasq is not installed. [sudo dnf install dnsmasq]
* ${hostsWithAvahi}
- ${localhost}`,
  ],
  [
    'a distribution whose packages we do not know',
    { ...debian13, distribution: 'solus', hasDnsmasq: false },
    `x dnsmasq: It would fit, but dnsmasq is not installed.
* ${hosts}
- ${localhost}`,
  ],
  [
    'Avahi in its greedy form, behind the hosts file',
    { ...debian13, nssHosts: ['files', 'mdns4', '[NOTFOUND=return]', 'dns'] },
    `- dnsmasq by resolved: /etc/nsswitch.conf asks mdns4 before any server, and that may keep every .local name to itself.
* ${hosts}
- ${localhost}`,
  ],
  [
    'Avahi in its greedy form, before everything',
    { ...plain, nssHosts: ['mdns', 'files', 'dns'] },
    `x dnsmasq: ${direct}
x hosts: /etc/nsswitch.conf asks mdns before /etc/hosts, which may then not be looked at any more.
* ${localhost}`,
  ],
  [
    'a hosts file that nobody reads',
    { ...debian13, nssHosts: ['resolve', '[!UNAVAIL=return]', 'dns'] },
    `* dnsmasq by resolved: systemd-resolved (257) asks a dnsmasq of its own for just these names.
x hosts: /etc/nsswitch.conf does not have /etc/hosts looked at (no "files" behind "hosts:").
- ${localhost}`,
  ],
  [
    'a DNS server whose word is final, before the hosts file',
    { ...plain, nssHosts: ['dns', '[!UNAVAIL=return]', 'files'] },
    `x dnsmasq: ${direct}
x hosts: /etc/nsswitch.conf asks dns before /etc/hosts, which may then not be looked at any more.
* ${localhost}`,
  ],
  [
    'Arch, where systemd-resolved comes first and reads the hosts file itself',
    {
      ...debian13,
      distribution: 'arch',
      hasDnsmasq: false,
      nssHosts: ['mymachines', 'resolve', '[!UNAVAIL=return]', 'files', 'myhostname', 'dns'],
    },
    `x dnsmasq: It would fit, but dnsmasq is not installed. [sudo pacman -S dnsmasq]
* ${hosts}
- ${localhost}`,
  ],
  [
    'NixOS',
    { ...debian13, distribution: 'nixos', hostsProblem: 'it is a link to /etc/static/hosts' },
    `x dnsmasq: ${nixos}
x hosts: ${nixos}
* ${localhost}`,
  ],
  [
    'WSL2',
    { ...plain, nameservers: ['172.27.160.1'], isWsl: true, distribution: 'ubuntu' },
    `x dnsmasq: ${wsl}
x hosts: ${wsl}
* ${localhost}`,
  ],
  [
    'lines of the user for the same names',
    {
      ...debian13,
      foreignNames: [
        { host: 'grafana.macula.local', address: '10.0.0.5', line: 12 },
        { host: 'loki.macula.local', address: '10.0.0.5', line: 13 },
      ],
    },
    `x dnsmasq: Line 12 of /etc/hosts already leads grafana.macula.local to 10.0.0.5 (and 1 more such): take it out first.
x hosts: Line 12 of /etc/hosts already leads grafana.macula.local to 10.0.0.5 (and 1 more such): take it out first.
* ${localhost}`,
  ],
  [
    'macOS with dnsmasq',
    mac,
    `* dnsmasq by resolver: macOS can ask a dnsmasq of its own for just this domain.
- ${hosts}
- ${localhost}`,
  ],
  [
    'macOS without dnsmasq',
    { ...mac, hasDnsmasq: false },
    `x dnsmasq: It would fit, but dnsmasq is not installed. [brew install dnsmasq]
* ${hosts}
- ${localhost}`,
  ],
];

describe('the ways for names', () => {
  it.each(machines)('%s', (_name, facts, expected) => {
    expect(text(facts)).toBe(expected);
  });

  it('one is recommended everywhere, it can be used, and each reason is one sentence', () => {
    for (const [, facts] of machines) {
      const choices = namesChoices(facts);
      expect(choices.filter((choice) => choice.isRecommended).map(({ isUsable }) => isUsable)).toEqual([true]);
      for (const { reason } of choices) expect(reason).toMatch(/^\S.*[^.]\.$/);
    }
  });
});

describe('the words of the host', () => {
  it('every method belongs to what a user chooses', () => {
    expect(namesMethods.map((method) => `${method}: ${backendOf(method)}`)).toEqual([
      'hosts: hosts',
      'resolved: dnsmasq',
      'delegate: dnsmasq',
      'network-manager: dnsmasq',
      'dnsmasq: dnsmasq',
      'resolver: dnsmasq',
    ]);
  });

  it('loopback addresses and firewalls', () => {
    expect(loopbackWords('linux')).toBe('Built into Linux: nothing to do.');
    expect(loopbackWords('darwin')).toContain('127.0.0.1 only');
    expect(firewallWords({ active: [] })).toEqual([]);
    expect(firewallWords({ active: ['ufw'] })).toEqual([
      "ufw is on, but does not filter ports that Docker publishes; Macula's guard does.",
    ]);
  });
});
