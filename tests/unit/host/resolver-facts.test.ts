// What is concluded from machines that are described here; a real systemd, resolver and dnsmasq are looked at in
// tests/host.
import { describe, expect, it } from 'vitest';
import { namesChoices } from '../../../electron/core/host/names-choice.ts';
import { systemFacts } from '../../../electron/host/resolver-facts.ts';
import { type SystemView, thisSystem } from '../../../electron/host/system-view.ts';

interface Machine {
  readonly files: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  // What programs print, by the beginning of their command line.
  readonly programs?: Readonly<Record<string, string>>;
  readonly platform?: 'linux' | 'darwin';
  readonly vpns?: readonly string[];
}

function view({ files, links = {}, programs = {}, platform = 'linux', vpns = [] }: Machine): SystemView {
  const paths = [...Object.keys(files), ...Object.keys(links)];
  return {
    platform,
    text: (path) => files[links[path] ?? path],
    names: (folder) =>
      paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
    exists: (path) => paths.some((each) => each === path || each.startsWith(`${path}/`)),
    target: (path) => links[path],
    look: (path) =>
      paths.includes(path)
        ? {
            ...(links[path] === undefined ? {} : { link: links[path] }),
            isFile: links[path] === undefined,
            links: 1,
            owner: 0,
            mode: 0o100644,
            size: 100,
          }
        : undefined,
    addresses: () => ['127.0.0.1', '192.168.1.9'],
    vpns: () => vpns,
    run: (argv) => {
      const line = argv.join(' ');
      const [, printed] = Object.entries(programs).find(([begin]) => line.startsWith(begin)) ?? [];
      return Promise.resolve(printed);
    },
  };
}

const udp = (...rows: string[]) =>
  `  sl  local_address rem_address   st\n${rows.map((row) => `  1: ${row}:0035 00000000:0000 07 0:0 0:0 0   0        0 1 2 0 0\n`).join('')}`;
const showUnits = 'systemctl show';
const active = (unit: string, process = 1) => `MainPID=${process}\nId=${unit}.service\nActiveState=active\n`;

const debian13: Machine = {
  files: {
    '/run/systemd/system/x': '',
    '/run/systemd/resolve/stub-resolv.conf': 'nameserver 127.0.0.53\noptions edns0\n',
    '/proc/net/udp': udp('3500007F', '3600007F'),
    '/etc/nsswitch.conf': 'hosts: files resolve [!UNAVAIL=return] dns\n',
    '/etc/os-release': 'ID=debian\nVERSION_ID="13"\n',
    '/proc/sys/kernel/osrelease': '6.12.0-amd64\n',
    '/etc/hosts': '127.0.0.1 localhost\n',
    '/usr/sbin/dnsmasq': '',
  },
  links: { '/etc/resolv.conf': '/run/systemd/resolve/stub-resolv.conf' },
  programs: {
    [showUnits]: active('systemd-resolved'),
    'resolvectl --version': 'systemd 257 (257.9-1)\n',
    'busctl --system': 's "systemd-resolved"\n',
  },
};
const machine = (change: Machine): Machine => ({
  ...debian13,
  ...change,
  files: { ...debian13.files, ...change.files },
  programs: { ...debian13.programs, ...change.programs },
});
// With a resolv.conf that nobody manages.
const plain = (files: Machine['files'], programs: Machine['programs'] = {}): Machine =>
  machine({ files: { '/etc/resolv.conf': 'nameserver 127.0.0.1\n', ...files }, links: {}, programs });

const names = [{ host: 'grafana.macula.local', address: '127.0.0.4' }];

describe('facts of a resolver', () => {
  it('systemd-resolved with everything that is told of it', async () => {
    const seen = machine({
      files: {
        '/run/NetworkManager/resolv.conf': '',
        '/etc/systemd/resolved.conf': '[Resolve]\nDNS=1.1.1.1\n',
        '/usr/lib/systemd/resolved.conf': '[Resolve]\nDNS=8.8.8.8\n',
        '/usr/lib/systemd/resolved.conf.d/10-a.conf': '[Resolve]\nDNS=7.7.7.7\n',
        '/etc/systemd/resolved.conf.d/10-a.conf': '[Resolve]\nDNS=9.9.9.9\n',
        '/etc/systemd/resolved.conf.d/60-macula-host.conf': '[Resolve]\nDNS=127.0.0.1:5354\n',
        '/etc/hosts': '127.0.0.1 localhost\n10.0.0.5 grafana.macula.local\n',
      },
      vpns: ['wg0'],
    });
    expect(await systemFacts(view(seen), names)).toEqual({
      resolver: {
        platform: 'linux',
        nameservers: ['127.0.0.53'],
        resolvConfTarget: '/run/systemd/resolve/stub-resolv.conf',
        resolvedVersion: 257,
        resolvedGlobalServers: ['1.1.1.1', '9.9.9.9'],
        networkManagerMode: 'systemd-resolved',
        hasDnsmasq: true,
        hasOwnDnsmasq: false,
        hasSystemd: true,
        nssHosts: ['files', 'resolve', '[!UNAVAIL=return]', 'dns'],
        distribution: 'debian',
        isWsl: false,
        vpnInterfaces: ['wg0'],
        foreignNames: [{ host: 'grafana.macula.local', address: '10.0.0.5', line: 2 }],
      },
      firewall: { active: [] },
    });
  });

  const { '/etc/nsswitch.conf': _nss, ...withoutNss } = debian13.files;
  it.each<readonly [string, Machine, number | undefined]>([
    ['by its stub', debian13, 257],
    ['a stub that does not listen', machine({ files: { '/proc/net/udp': udp() } }), undefined],
    ['not active', machine({ files: {}, programs: { [showUnits]: '' } }), undefined],
    ['a file that names the stub', plain({ '/etc/resolv.conf': 'nameserver 127.0.0.53\n' }), 257],
    ['the stub and others', plain({ '/etc/resolv.conf': 'nameserver 127.0.0.53\nnameserver 1.1.1.1\n' }), undefined],
    ['another resolver', plain({ '/etc/resolv.conf': 'nameserver 1.1.1.1\n' }), undefined],
    [
      'its list of servers, asked by way of nsswitch.conf',
      machine({
        files: { '/run/systemd/resolve/resolv.conf': 'nameserver 192.168.1.1\n' },
        links: { '/etc/resolv.conf': '/run/systemd/resolve/resolv.conf' },
      }),
      257,
    ],
    [
      'its list of servers, and nobody asks it',
      {
        ...debian13,
        files: { ...withoutNss, '/run/systemd/resolve/resolv.conf': 'nameserver 192.168.1.1\n' },
        links: { '/etc/resolv.conf': '/run/systemd/resolve/resolv.conf' },
      },
      undefined,
    ],
    [
      'no resolvectl',
      machine({ files: {}, programs: { 'resolvectl --version': '', 'systemctl --version': 'systemd 249\n' } }),
      undefined,
    ],
  ])('systemd-resolved serves: %s', async (_name, seen, version) => {
    expect((await systemFacts(view(seen), names)).resolver.resolvedVersion).toBe(version);
  });

  const own = active('dnsmasq', 812);
  it.each<readonly [string, Machine, boolean]>([
    [
      "Debian's, which is told its folder",
      plain(
        {
          '/proc/net/udp': udp('00000000'),
          '/proc/812/cmdline': '/usr/sbin/dnsmasq\0-x\0/run/dnsmasq/dnsmasq.pid\0-7\0/etc/dnsmasq.d,.dpkg-old\0',
        },
        { [showUnits]: own },
      ),
      true,
    ],
    [
      "Fedora's, which reads it in its file",
      plain(
        {
          '/proc/net/udp': udp('0100007F'),
          '/proc/812/cmdline': '/usr/sbin/dnsmasq\0',
          '/etc/dnsmasq.conf': 'conf-dir=/etc/dnsmasq.d,.rpmnew\n',
        },
        { [showUnits]: own },
      ),
      true,
    ],
    [
      'one with another file',
      plain(
        {
          '/proc/net/udp': udp('0100007F'),
          '/proc/812/cmdline': '/usr/sbin/dnsmasq\0-C\0/etc/other.conf\0',
          '/etc/dnsmasq.conf': 'conf-dir=/etc/dnsmasq.d\n',
        },
        { [showUnits]: own },
      ),
      false,
    ],
    [
      'one that only serves virtual machines',
      plain(
        {
          '/etc/resolv.conf': 'nameserver 192.168.1.1\n',
          '/proc/net/udp': udp('017AA8C0'),
          '/proc/812/cmdline': '-7\0/etc/dnsmasq.d',
        },
        { [showUnits]: own },
      ),
      false,
    ],
    [
      'one that is not a unit',
      plain(
        { '/proc/net/udp': udp('0100007F'), '/etc/dnsmasq.conf': 'conf-dir=/etc/dnsmasq.d\n' },
        { [showUnits]: '' },
      ),
      false,
    ],
  ])("the user's own dnsmasq: %s", async (_name, seen, isOwn) => {
    expect((await systemFacts(view(seen), names)).resolver.hasOwnDnsmasq).toBe(isOwn);
  });

  it('a machine without systemd, and one without anything', async () => {
    const bare = await systemFacts(view({ files: {} }), names);
    expect(bare.resolver).toMatchObject({ hasSystemd: false, distribution: 'linux', nssHosts: [], hasDnsmasq: false });
    expect(bare.firewall.active).toEqual([]);
  });

  it('a distribution that is like another, WSL, a link, firewalls', async () => {
    const seen = machine({
      files: {
        '/etc/os-release': 'ID=zorin\nID_LIKE="ubuntu debian"\n',
        '/proc/sys/kernel/osrelease': '5.15.167.4-microsoft-standard-WSL2\n',
        '/etc/ufw/ufw.conf': 'ENABLED=yes\n',
      },
      links: { ...debian13.links, '/etc/hosts': '/etc/static/hosts' },
      programs: { [showUnits]: active('firewalld') },
    });
    const { resolver, firewall } = await systemFacts(view(seen), names);
    expect(resolver).toMatchObject({
      distribution: 'ubuntu',
      isWsl: true,
      hostsProblem: 'it is a link to /etc/static/hosts',
    });
    expect(firewall.active).toEqual(['ufw', 'firewalld']);
  });

  it('a Mac', async () => {
    const mac: Machine = {
      platform: 'darwin',
      files: {
        '/etc/resolv.conf': 'nameserver 192.168.1.1\n',
        '/private/etc/hosts': '127.0.0.1 localhost\n',
        '/opt/homebrew/sbin/dnsmasq': '',
        '/etc/nsswitch.conf': 'hosts: dns\n',
      },
    };
    const { resolver } = await systemFacts(view(mac), names);
    expect(resolver).toMatchObject({ platform: 'darwin', distribution: 'macos', hasDnsmasq: true, nssHosts: [] });
  });

  it('the machine that this runs on: they can be chosen from, and took no time to speak of', async () => {
    const begun = performance.now();
    const { resolver } = await systemFacts(thisSystem(), names);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(namesChoices(resolver).filter(({ isRecommended }) => isRecommended)).toHaveLength(1);
  });
});
