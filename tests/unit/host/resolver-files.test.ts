import { describe, expect, it } from 'vitest';
import { answersHere, dnsListeners } from '../../../electron/host/dns-listeners.ts';
import { blockText } from '../../../electron/host/helper/block.ts';
import { type FileLook, foreignNames, hostsProblem } from '../../../electron/host/hosts-file.ts';
import {
  confDirsOf,
  parseBusText,
  parseConfDirs,
  parseDistribution,
  parseGlobalServers,
  parseNameservers,
  parseNssHosts,
  parseSystemdVersion,
  parseUnits,
  readsDropIn,
} from '../../../electron/host/resolver-files.ts';

describe('files of the resolver', () => {
  it('resolv.conf', () => {
    const text = `# nameserver 1.1.1.1
search home
nameserver 127.0.0.53
 nameserver\tfe80::1%eth0
;nameserver 9.9.9.9
nameserver
options edns0 trust-ad`;
    expect(parseNameservers(text)).toEqual(['127.0.0.53', 'fe80::1%eth0']);
    expect(parseNameservers('')).toEqual([]);
  });

  it.each([
    [
      'passwd: files\nhosts:          files mdns4_minimal [NOTFOUND=return] dns\n',
      'files|mdns4_minimal|[NOTFOUND=return]|dns',
    ],
    [
      'hosts: mymachines resolve [!UNAVAIL=return SUCCESS=continue]files # dns',
      'mymachines|resolve|[!UNAVAIL=return SUCCESS=continue]|files',
    ],
    ['# hosts: dns\n', ''],
    ['', ''],
  ])('nsswitch.conf %j', (text, words) => {
    expect(parseNssHosts(text).join('|')).toBe(words);
  });

  it('versions of systemd', () => {
    expect(parseSystemdVersion('systemd 257 (257.9-1~deb13u1)\n+PAM +AUDIT')).toBe(257);
    expect(parseSystemdVersion('systemd 258~rc2 (258~rc2-1.fc43)\n')).toBe(258);
    expect(parseSystemdVersion('')).toBeUndefined();
  });

  it('distributions, and what they are like', () => {
    expect(parseDistribution('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n')).toEqual([
      'linuxmint',
      'ubuntu',
      'debian',
    ]);
    expect(parseDistribution("VERSION_ID=13\nID='debian'\n")).toEqual(['debian']);
    expect(parseDistribution('')).toEqual([]);
  });

  it.each([
    [['[Resolve]\n#DNS=1.1.1.1\nFallbackDNS=8.8.8.8\n'], ''],
    [['[Resolve]\nDNS=1.1.1.1#one.test  9.9.9.9:53\nDNS=9.9.9.9:53\n'], '1.1.1.1 9.9.9.9:53'],
    [['[Resolve]\nDNS=1.1.1.1\n', '[Resolve]\nDNS=\nDNS=2.2.2.2\n'], '2.2.2.2'],
    [['[Network]\nDNS=1.1.1.1\n[Resolve]\nDomains=~.\n'], ''],
    [[], ''],
  ])('servers for everything in %j', (texts, servers) => {
    expect(parseGlobalServers(texts).join(' ')).toBe(servers);
  });

  it('where a dnsmasq looks for drop-ins', () => {
    expect(parseConfDirs('#conf-dir=/etc/x\nconf-dir=/etc/dnsmasq.d,.rpmnew\n conf-dir = /etc/more # x\n')).toEqual([
      '/etc/dnsmasq.d,.rpmnew',
      '/etc/more',
    ]);
    expect(confDirsOf('/usr/sbin/dnsmasq\0-x\0/run/p\0-7\0/etc/dnsmasq.d,.dpkg-old\0--local-service\0')).toEqual([
      '/etc/dnsmasq.d,.dpkg-old',
    ]);
    expect(confDirsOf('dnsmasq\0--conf-dir=/etc/a\0-7/etc/b\0')).toEqual(['/etc/a', '/etc/b']);
    expect(confDirsOf('')).toEqual([]);
  });

  it.each([
    ['/etc/dnsmasq.d', true],
    ['/etc/dnsmasq.d/', true],
    ['/etc/dnsmasq.d/,*.conf', true],
    ['/etc/dnsmasq.d,.dpkg-dist,.dpkg-old,.dpkg-new', true],
    ['/etc/dnsmasq.d,*.dnsmasq', false],
    ['/etc/dnsmasq.d,.conf', false],
    ['/etc/other', false],
  ])('a dnsmasq with the drop-ins of %s reads ours: %s', (word, isRead) => {
    expect(readsDropIn([word], '/etc/dnsmasq.d', '60-macula-host.conf')).toBe(isRead);
  });

  it('what busctl and systemctl print', () => {
    expect(parseBusText('s "dnsmasq"\n')).toBe('dnsmasq');
    expect(parseBusText('')).toBeUndefined();
    const units = parseUnits(
      'MainPID=812\nId=dnsmasq.service\nActiveState=active\n\nMainPID=0\nId=firewalld.service\nActiveState=inactive\n',
    );
    expect([...units]).toEqual([
      ['dnsmasq.service', { isActive: true, process: 812 }],
      ['firewalld.service', { isActive: false, process: 0 }],
    ]);
    expect(parseUnits('').size).toBe(0);
  });
});

describe('who answers on port 53', () => {
  const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  212: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   992        0 18345 2 0000000000000000 0
  212: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000   992        0 18346 2 0000000000000000 0
`;
  it('is in the table of UDP sockets', () => {
    expect(dnsListeners([table, ''])).toEqual(['127.0.0.53']);
  });

  it.each([
    ['127.0.0.1', ['127.0.0.1'], true],
    ['127.0.0.1', ['0.0.0.0'], true],
    ['127.0.0.1', ['::'], true],
    ['127.0.0.1', ['192.168.122.1'], false],
    ['192.168.1.9', ['0.0.0.0'], true],
    ['192.168.1.1', ['0.0.0.0'], false],
    ['::1', ['::'], true],
    ['::1', ['0.0.0.0'], false],
    [undefined, ['0.0.0.0'], false],
  ])('%s with listeners on %j: %s', (nameserver, listeners, isHere) => {
    expect(answersHere(nameserver, listeners, ['192.168.1.9', '::1'])).toBe(isHere);
  });
});

describe('the hosts file', () => {
  const mounts = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
`;
  const usual: FileLook = { isFile: true, links: 1, owner: 0, mode: 0o100644, size: 200 };
  it.each<readonly [string, FileLook | undefined, string, string | undefined]>([
    ['as on most machines', usual, mounts, undefined],
    ['none', undefined, mounts, undefined],
    ['a link', { ...usual, link: '/etc/static/hosts', isFile: false }, mounts, 'it is a link to /etc/static/hosts'],
    ['a folder', { ...usual, isFile: false }, mounts, 'it is no regular file'],
    ['a hard link', { ...usual, links: 2 }, mounts, 'it has a second name (a hard link)'],
    ["somebody else's", { ...usual, owner: 1000 }, mounts, 'others than root can change it'],
    ['open to a group', { ...usual, mode: 0o100664 }, mounts, 'others than root can change it'],
    ['a long list of advertisers', { ...usual, size: 3 << 20 }, mounts, 'it is larger than 1 MiB'],
    [
      'in a container',
      usual,
      `${mounts}700 27 254:0 /var/lib/x/hosts /etc/hosts rw - ext4 /dev/vda rw\n`,
      'it is mounted from elsewhere, as in a container',
    ],
    ['on a read-only system', usual, mounts.replace('/ / rw', '/ / ro'), 'it is on a read-only file system'],
    [
      'in a folder of its own, read-only as a whole',
      usual,
      `${mounts}30 27 0:40 / /etc rw - overlay overlay ro,lowerdir=/x\n`,
      'it is on a read-only file system',
    ],
    ['beside a folder that is read-only', usual, `${mounts}30 27 0:40 / /et ro - tmpfs tmpfs ro\n`, undefined],
  ])('%s', (_name, look, mountInfo, problem) => {
    expect(hostsProblem('/etc/hosts', look, mountInfo)).toBe(problem);
  });

  it("the user's lines for names of ours, but not our own lines", () => {
    const names = [
      { host: 'grafana.macula.local', address: '127.0.0.4' },
      { host: 'loki.macula.local', address: '127.0.0.5' },
    ];
    const text = `127.0.0.1 localhost
10.0.0.5\tmine Grafana.macula.local  # loki.macula.local
127.0.0.5 loki.macula.local
::1 loki.macula.local
${blockText(
  names.map((name) => ({ ...name, address: '127.0.0.9' })),
  false,
)}# 10.0.0.6 loki.macula.local
10.0.0.7 loki.macula.local`;
    expect(foreignNames(text, names)).toEqual([
      { host: 'grafana.macula.local', address: '10.0.0.5', line: 2 },
      { host: 'loki.macula.local', address: '10.0.0.7', line: 10 },
    ]);
    expect(foreignNames(text, [])).toEqual([]);
    expect(foreignNames('', names)).toEqual([]);
  });
});
