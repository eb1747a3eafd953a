// Requests from both sides of every rule. Some are for Linux or macOS only: `on` says where one is good.
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface Sample {
  readonly title: string;
  readonly request: Json;
  readonly good: boolean;
}

const hash = 'a1'.repeat(32);
const name = (host: Json, address: Json = '127.0.0.4'): Json => ({ host, address });
const names = (list: Json, method: Json = 'hosts'): Json => ({
  verb: 'plan',
  intent: { names: { method, names: list } },
});
const one = (host: Json, address: Json = '127.0.0.4'): Json => names([name(host, address)]);
const guardParts = { subnet: '172.23.0.0/16', ports: [3000], interface: 'eth0', ranges: ['192.168.1.0/24'] };
const guard = (more: Record<string, Json>): Json => ({ verb: 'plan', intent: { guard: { ...guardParts, ...more } } });
const range = (text: Json): Json => guard({ ranges: [text] });
const hour = 3_600_000;
const many = (count: number): Json[] =>
  Array.from({ length: count }, (_, index) => name(`n${index}.macula.local`, `127.0.0.${60 + index}`));

const good: Readonly<Record<string, Json>> = {
  'the state': { verb: 'status' },
  'nothing at all': { verb: 'plan', intent: {} },
  'an apply': { verb: 'apply', intent: { guard: guardParts }, plan: hash },
  'an undo': { verb: 'undo' },
  'an undo as shown': { verb: 'undo', plan: hash },
  'who holds ports': { verb: 'port-owner', ports: [1, 80, 65_535] },
  'a name': one('grafana.macula.local'),
  'a short name': one('a.b.lan'),
  'a service of 32': one(`${'a'.repeat(32)}.macula.local`),
  'a label of 63': one(`a.${'b'.repeat(63)}.test`),
  'a name of 200': one(`a.${`${'b'.repeat(47)}.`.repeat(4)}cc.lan`),
  'digits and hyphens': one('0-9.a--b.internal'),
  'a home': one('draw.macula.home.arpa'),
  'a long domain': one('a.b.c.d.e.test'),
  'the first address': one('a.b.test', '127.0.0.2'),
  'the last address': one('a.b.test', '127.0.0.249'),
  'beside an address of others': one('a.b.test', '127.0.0.12'),
  'an address of three digits': one('a.b.test', '127.0.0.153'),
  'two names at one address': names([name('a.b.test'), name('c.b.test')]),
  '32 names': names(many(32)),
  'a guard': guard({}),
  'all ports': guard({ ports: [3000, 3100, 3200, 4317, 4318, 8888, 9090] }),
  'ports of the user': guard({ ports: [1024, 13_000, 65_535] }),
  '14 ports': guard({ ports: Array.from({ length: 14 }, (_, index) => 20_000 + index) }),
  'an interface with marks': guard({ interface: 'enp0s31f6.10_-a' }),
  'an interface that begins like lo': guard({ interface: 'lo0' }),
  'a small network': guard({ subnet: '10.1.2.0/24' }),
  'eight ranges': guard({ ranges: [1, 2, 3, 4, 5, 6, 7, 8].map((part) => `10.0.${part}.0/24`) }),
  'a range of 16': range('10.1.0.0/16'),
  'a range of 30': range('192.168.1.252/30'),
  'the last of 172': range('172.31.0.0/16'),
  'a link-local range': range('169.254.0.0/16'),
  'IPv6 of the link': range('fe80::/64'),
  'IPv6 of the site': range('fd12:3456:789a::/48'),
  'IPv6 of a provider': range('2001:db8:1:2:3:4:5:6/128'),
  'IPv6 with its end cut': range('2001:db8:1:2:3:4:5::/64'),
  'a limit of an hour': guard({ until: Date.now() + hour }),
  'a limit of nearly a week': guard({ until: Date.now() + 167 * hour }),
};

const bad: Readonly<Record<string, Json>> = {
  nothing: null,
  'a word': 'status',
  'a number': 7,
  'a list': [{ verb: 'status' }],
  'no verb': { intent: {} },
  'another verb': { verb: 'purge' },
  'a verb in capitals': { verb: 'Status' },
  'a verb that objects have': { verb: 'constructor' },
  'a list for a verb': { verb: ['status'] },
  'more than the state': { verb: 'status', intent: {} },
  'a plan of nothing': { verb: 'plan' },
  'a plan with a hash': { verb: 'plan', intent: {}, plan: hash },
  'an intent that is a list': { verb: 'plan', intent: [] },
  'an intent that is null': { verb: 'plan', intent: null },
  'more in the intent': { verb: 'plan', intent: { files: [] } },
  'an apply without a plan': { verb: 'apply', intent: {} },
  'a short hash': { verb: 'apply', intent: {}, plan: hash.slice(1) },
  'a hash in capitals': { verb: 'apply', intent: {}, plan: hash.toUpperCase() },
  'a hash and a line end': { verb: 'undo', plan: `${hash}\n` },
  'an undo of null': { verb: 'undo', plan: null },
  'an undo of something': { verb: 'undo', intent: {} },
  'no ports': { verb: 'port-owner', ports: [] },
  'port zero': { verb: 'port-owner', ports: [0] },
  'a port too many': { verb: 'port-owner', ports: [65_536] },
  'half a port': { verb: 'port-owner', ports: [80.5] },
  'a port in words': { verb: 'port-owner', ports: ['80'] },
  'a port twice': { verb: 'port-owner', ports: [80, 80] },
  '33 ports': { verb: 'port-owner', ports: Array.from({ length: 33 }, (_, index) => index + 1) },
  'another method': names([name('a.b.test')], 'resolv.conf'),
  'no names': names([]),
  '33 names': names(many(33)),
  'a name twice': names([name('a.b.test'), name('a.b.test', '127.0.0.5')]),
  'the same twice': names([name('a.b.test'), name('a.b.test')]),
  'two domains': names([name('a.b.test'), name('a.c.test')]),
  'a domain within': names([name('a.b.test'), name('a.c.b.test')]),
  'a name of the Internet': one('grafana.example.com'),
  'a name that ends like ours': one('grafana.xlocal'),
  'a domain alone': one('macula.local'),
  'a home alone': one('macula.home.arpa'),
  'only home.arpa': one('home.arpa'),
  capitals: one('Grafana.macula.local'),
  'a leading hyphen': one('-a.macula.local'),
  'a trailing hyphen': one('a-.macula.local'),
  'a hyphen at the domain': one('a.-macula.local'),
  'a service of 33': one(`${'a'.repeat(33)}.macula.local`),
  'a label of 64': one(`a.${'b'.repeat(64)}.test`),
  'a name of 201': one(`a.${`${'b'.repeat(47)}.`.repeat(4)}ccc.lan`),
  'an empty label': one('a..local'),
  'a final dot': one('a.b.local.'),
  'a space': one('a b.macula.local'),
  'a line end in a name': one('a.macula.local\n'),
  'a line in a name': one('a\n127.0.0.1 b.macula.local'),
  'an underscore': one('a_b.macula.local'),
  'a letter beyond ASCII': one('gr\u00fcn.macula.local'),
  'a star': one('*.macula.local'),
  'a name that is a number': one(7),
  'localhost itself': one('a.b.test', '127.0.0.1'),
  'the address of Docker': one('a.b.test', '127.0.0.11'),
  'the address of the resolver': one('a.b.test', '127.0.0.53'),
  'the other address of it': one('a.b.test', '127.0.0.54'),
  'the network': one('a.b.test', '127.0.0.0'),
  'an address too high': one('a.b.test', '127.0.0.250'),
  'a leading zero': one('a.b.test', '127.0.0.04'),
  'another loopback network': one('a.b.test', '127.0.1.4'),
  'an address of others': one('a.b.test', '10.0.0.4'),
  'an address in IPv6': one('a.b.test', '::1'),
  'an address and a line end': one('a.b.test', '127.0.0.4\n'),
  'an address that is a number': one('a.b.test', 4),
  'more in a name': names([{ host: 'a.b.test', address: '127.0.0.4', path: '/etc/passwd' }]),
  'a port that may not be opened': guard({ ports: [22] }),
  'the last port of the system': guard({ ports: [1023] }),
  'a guarded port too many': guard({ ports: [65_536] }),
  'half a guarded port': guard({ ports: [3000.5] }),
  'a guarded port in words': guard({ ports: ['3000'] }),
  '15 guarded ports': guard({ ports: Array.from({ length: 15 }, (_, index) => 20_000 + index) }),
  'a guard of no ports': guard({ ports: [] }),
  'a guarded port twice': guard({ ports: [3000, 3000] }),
  'the loopback interface': guard({ interface: 'lo' }),
  'an interface of Docker': guard({ interface: 'docker0' }),
  'a bridge of Docker': guard({ interface: 'br-0123456789ab' }),
  'our own bridge': guard({ interface: 'macula0' }),
  'one end of a pair': guard({ interface: 'veth12ab' }),
  'an interface of 16': guard({ interface: 'a'.repeat(16) }),
  'no interface': guard({ interface: '' }),
  'an interface with a quote': guard({ interface: 'eth0"' }),
  'all interfaces that begin so': guard({ interface: 'eth*' }),
  'a subnet too wide': guard({ subnet: '172.16.0.0/12' }),
  'a subnet too narrow': guard({ subnet: '10.1.2.0/25' }),
  'a subnet in IPv6': guard({ subnet: 'fd00::/64' }),
  'no ranges': guard({ ranges: [] }),
  'nine ranges': guard({ ranges: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((part) => `10.0.${part}.0/24`) }),
  'the same range twice': guard({ ranges: ['10.0.1.0/24', '10.0.1.0/24'] }),
  everybody: range('0.0.0.0/0'),
  'a range too wide': range('10.0.0.0/15'),
  'a range too narrow': range('10.0.0.0/31'),
  'a range of the Internet': range('8.8.8.0/24'),
  'below 172.16': range('172.15.0.0/16'),
  'above 172.31': range('172.32.0.0/16'),
  'a machine in the range': range('192.168.1.7/24'),
  'a range without a length': range('192.168.1.0'),
  'a range with a sign': range('192.168.1.0/+24'),
  'a range with a zero': range('192.168.01.0/24'),
  'a range that is too large a number': range('192.168.256.0/24'),
  'a range with a command': range('192.168.1.0/24 } accept'),
  'a list for a range': range(['192.168.1.0/24']),
  'everybody in IPv6': range('::/0'),
  'IPv6 too wide': range('2001:db8::/32'),
  'IPv6 too narrow': range('fe80::/129'),
  'IPv6 of nobody': range('ff02::/64'),
  'IPv6 with two gaps': range('fe80::1::2/64'),
  'IPv6 of an interface': range('fe80::%eth0/64'),
  'IPv6 with IPv4 in it': range('fd00::10.0.0.1/64'),
  'IPv6 with too much': range('fd00:1:2:3:4:5:6:7:8/64'),
  'IPv6 with a gap of nothing': range('fd00:1:2:3::4:5:6:7/64'),
  'IPv6 in capitals': range('FD00::/64'),
  'a limit that is over': guard({ until: Date.now() - 1000 }),
  'a limit of more than a week': guard({ until: Date.now() + 169 * hour }),
  'half a millisecond': guard({ until: Date.now() + hour + 0.5 }),
  'a limit of nothing': guard({ until: null }),
  'more in the guard': guard({ table: 'x' }),
  'less in the guard': { verb: 'plan', intent: { guard: { subnet: '172.23.0.0/16' } } },
};

const onLinux: Readonly<Record<string, Json>> = {
  'by resolved': names([name('a.b.test')], 'resolved'),
  'by delegate': names([name('a.b.test')], 'delegate'),
  'by NetworkManager': names([name('a.b.test')], 'network-manager'),
  'by dnsmasq': names([name('a.b.test')], 'dnsmasq'),
};

const onMac: Readonly<Record<string, Json>> = {
  'by a resolver': names([name('a.b.test')], 'resolver'),
  aliases: { verb: 'plan', intent: { aliases: ['127.0.0.3', '127.0.0.4'] } },
};

const samples = (requests: Readonly<Record<string, Json>>, isGood: boolean): readonly Sample[] =>
  Object.entries(requests).map(([title, request]) => ({ title, request, good: isGood }));

export function corpus(isMac: boolean): readonly Sample[] {
  const aliases = (list: Json): Json => ({ verb: 'plan', intent: { aliases: list } });
  const badAliases = { 'no aliases': aliases([]), 'an alias twice': aliases(['127.0.0.3', '127.0.0.3']) };
  return [
    ...samples(good, true),
    ...samples(bad, false),
    ...samples(badAliases, false),
    ...samples(onLinux, !isMac),
    ...samples(onMac, isMac),
  ];
}
