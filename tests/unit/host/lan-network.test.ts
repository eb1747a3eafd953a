import { describe, expect, it } from 'vitest';
import { chooseLan, type LanInput } from '../../../electron/host/choose-lan.ts';
import { activeFirewalls, isUfwOn } from '../../../electron/host/firewalls.ts';
import { rangeOf } from '../../../electron/host/ip-range.ts';
import { lanNetwork, vpnInterfaces } from '../../../electron/host/lan-network.ts';
import { parseDefaultRoutes, parseNeighbour } from '../../../electron/host/network-tables.ts';
import { isMacVpn, isVpnInterface } from '../../../electron/host/vpn.ts';
import { parseRequest } from '../../../electron/host/helper/validate.ts';

describe('ranges', () => {
  it.each([
    ['192.168.1.17/24', '192.168.1.0/24'],
    ['10.1.2.3/20', '10.1.0.0/20'],
    ['172.16.5.6/30', '172.16.5.4/30'],
    ['fe80::5054:ff:fe1c:aab6/64', 'fe80::/64'],
    ['fd00:77::1/64', 'fd00:77::/64'],
    ['2001:db8:1:2:3:4:5:6/56', '2001:db8:1::/56'],
    ['2001:db8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128'],
    ['2001:db8:0:1:1:1:1:1/112', '2001:db8:0:1:1:1:1:0/112'],
    ['::1/0', '::/0'],
    ['1.2.3.4/0', '0.0.0.0/0'],
  ])('%s is on %s', (cidr, range) => {
    expect(rangeOf(cidr)?.text).toBe(range);
  });

  it.each(['', '1.2.3.4', '1.2.3.4/33', '1.2.3/24', 'fe80::1%eth0/64', '::/129', '1.2.3.4/x', 'name/24'])(
    '%j is none',
    (cidr) => {
      expect(rangeOf(cidr)).toBeUndefined();
    },
  );
});

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
const routes = (...rows: string[]) =>
  parseDefaultRoutes([head, ...rows.map((row) => row.replaceAll(' ', '\t')), ''].join('\n'));
const viaEthernet = 'eth0 00000000 0101A8C0 0003 0 0 100 00000000 0 0 0';
const viaWireless = 'wlan0 00000000 0102A8C0 0003 0 0 600 00000000 0 0 0';

describe('the default route', () => {
  it.each([
    ['none', [], ''],
    ['one', [viaEthernet, 'eth0 0001A8C0 00000000 0001 0 0 100 00FFFFFF 0 0 0'], 'eth0 192.168.1.1'],
    ['the one that costs least', [viaWireless, viaEthernet], 'eth0 192.168.1.1'],
    ['two that cost the same', [viaEthernet, viaWireless.replace('600', '100')], 'eth0 192.168.1.1, wlan0 192.168.2.1'],
    ['without a router', ['ppp0 00000000 00000000 0001 0 0 0 00000000 0 0 0'], 'ppp0 -'],
    ['a refusal is none', ['lo 00000000 00000000 0201 0 0 0 00000000 0 0 0'], ''],
    [
      'a VPN in two halves is ahead',
      [
        'tun0 00000000 0100080A 0003 0 0 0 00000080 0 0 0',
        viaEthernet,
        'tun0 00000080 0100080A 0003 0 0 0 00000080 0 0 0',
      ],
      'tun0 10.8.0.1',
    ],
    [
      'one half is not everything',
      ['tun0 00000000 0100080A 0003 0 0 0 00000080 0 0 0', viaEthernet],
      'eth0 192.168.1.1',
    ],
  ])('%s', (_name, rows, expected) => {
    expect(
      routes(...rows)
        .map((route) => `${route.interface} ${route.gateway ?? '-'}`)
        .join(', '),
    ).toBe(expected);
  });

  it('nothing and half a row are no routes', () => {
    expect(parseDefaultRoutes('')).toEqual([]);
    expect(parseDefaultRoutes(`${head}\neth0\t0000`)).toEqual([]);
  });

  it('the hardware address of the router, once it has answered', () => {
    const table = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         02:fc:00:00:00:05     *        eth0
192.168.1.9      0x1         0x0         00:00:00:00:00:00     *        eth0
`;
    expect(parseNeighbour(table, '192.168.1.1', 'eth0')).toBe('02:fc:00:00:00:05');
    expect(parseNeighbour(table, '192.168.1.1', 'wlan0')).toBeUndefined();
    expect(parseNeighbour(table, '192.168.1.9', 'eth0')).toBeUndefined();
    expect(parseNeighbour('', '192.168.1.1', 'eth0')).toBeUndefined();
  });
});

const home: LanInput = {
  routes: [{ interface: 'eth0', gateway: '192.168.1.1', metric: 100 }],
  addresses: {
    lo: ['127.0.0.1/8', '::1/128'],
    eth0: ['192.168.1.17/24', 'fe80::5054:ff:fe1c:aab6/64', 'fd00:77::5/64', 'fd00:77::6/64', '2001:db8:7::17/128'],
    wlan0: ['192.168.2.9/24'],
  },
  isVpn: (name) => name.startsWith('tun'),
  hardwareOf: (address, device) => `hardware of ${address} on ${device}`,
};
const on = (name: string, ...addresses: string[]): LanInput => ({
  ...home,
  routes: [{ interface: name, gateway: '192.168.1.1', metric: 0 }],
  addresses: { [name]: addresses },
});

describe('the LAN', () => {
  it('is the network of the default route, with what else is on the wire', () => {
    expect(chooseLan(home)).toEqual({
      lan: {
        interface: 'eth0',
        address: '192.168.1.17',
        ranges: ['192.168.1.0/24', 'fd00:77::/64'],
        gateway: 'hardware of 192.168.1.1 on eth0',
      },
    });
  });

  it('is the network that the router is on, where there are several on one wire', () => {
    expect(chooseLan(on('eth0', '10.9.9.9/24', '192.168.1.17/24')).lan).toMatchObject({ address: '192.168.1.17' });
  });

  it('is known without a router that has answered', () => {
    expect(chooseLan({ ...home, hardwareOf: () => undefined }).lan).not.toHaveProperty('gateway');
    expect(chooseLan({ ...home, routes: [{ interface: 'eth0', metric: 0 }] }).lan).not.toHaveProperty('gateway');
  });

  it.each<readonly [string, LanInput, string]>([
    ['no network', { ...home, routes: [] }, 'This machine is on no network: it has no default route.'],
    [
      'two at once',
      { ...home, routes: [...home.routes, { interface: 'wlan0', gateway: '192.168.2.1', metric: 100 }] },
      'There is no telling which network is meant: eth0 and wlan0 are the default route at once.',
    ],
    ['a VPN', on('tun0', '10.8.0.2/24'), 'Everything goes through a VPN (tun0), which is no network of this place.'],
    [
      'a public network',
      on('eth0', '203.0.113.7/24'),
      'eth0 is on a public network (203.0.113.0/24), where anybody could be let in.',
    ],
    [
      'a network for millions',
      on('eth0', '10.1.2.3/8'),
      'The network of eth0 (10.0.0.0/8) is larger than a LAN: /16 is the most.',
    ],
    ['a network for one', on('eth0', '10.1.2.3/32'), 'eth0 is alone on its network (10.1.2.3/32).'],
    ['IPv6 only', on('eth0', 'fd00:77::5/64'), 'eth0 has no IPv4 address.'],
    [
      'a bridge of Docker',
      on('br-4f1', '192.168.1.2/24'),
      'The network is reached over br-4f1, which Macula does not guard.',
    ],
  ])('%s: there is none', (_name, input, problem) => {
    expect(chooseLan(input)).toEqual({ problem });
  });

  it.each([
    home,
    on('enp0s31f6', '10.20.0.9/16', ...Array.from({ length: 12 }, (_unused, index) => `fd00:${index + 16}::1/64`)),
    on('wlp2s0', '172.31.255.254/30', '2001:db8:0:5::9/48'),
    on('eth0', '169.254.3.4/16'),
  ])('the root program takes what is found (%#)', (input) => {
    const { interface: name = '', ranges = [] } = chooseLan(input).lan ?? {};
    const guard = { subnet: '172.23.0.0/16', ports: [3000], interface: name, ranges };
    const request = { verb: 'plan', intent: { guard } };
    expect(parseRequest(JSON.stringify(request))).toEqual(request);
  });

  it.runIf(process.platform === 'linux')('of the machine that this runs on: one, or a reason', async () => {
    const { lan, problem = '' } = await lanNetwork();
    expect(lan === undefined ? problem : lan.ranges.join(' ')).toMatch(/\.$|\/\d+/);
    expect(vpnInterfaces()).not.toContain('lo');
  });
});

describe('VPNs and firewalls', () => {
  it('VPNs are known by their names and by their kind', () => {
    for (const name of ['tun0', 'tap1', 'wg0', 'ppp0', 'tailscale0', 'zt5u4', 'nordlynx', 'wg0-mullvad'])
      expect(isVpnInterface(name, '1'), name).toBe(true);
    expect(isVpnInterface('office', '65534\n')).toBe(true);
    for (const name of ['lo', 'eth0', 'wlan0', 'docker0', 'br-4f1', 'vnet0', 'enp3s0'])
      expect(isVpnInterface(name, name === 'lo' ? '772\n' : '1\n'), name).toBe(false);
    expect(isVpnInterface('wwan0', '65534\n')).toBe(false);
    expect(isVpnInterface('eth0', undefined)).toBe(false);
  });

  it("a Mac's own tunnels are no VPNs", () => {
    expect(isMacVpn('utun0', ['fe80::1/64'])).toBe(false);
    expect(isMacVpn('utun4', ['fe80::1/64', '10.8.0.2/24'])).toBe(true);
    expect(isMacVpn('en0', ['192.168.1.5/24'])).toBe(false);
  });

  it.each([
    ['# ENABLED=yes\nENABLED=no\nLOGLEVEL=low\n', false],
    ['# /etc/ufw/ufw.conf\n\nENABLED=yes\nLOGLEVEL=low\n', true],
    ['ENABLED="yes" # since the fair\n', true],
    ['', false],
    [undefined, false],
  ])('ufw with %j', (configuration, isOn) => {
    expect(isUfwOn(configuration)).toBe(isOn);
    expect(activeFirewalls(configuration, true)).toEqual(isOn ? ['ufw', 'firewalld'] : ['firewalld']);
  });
});
