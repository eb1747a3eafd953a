import { expect, test } from 'vitest';
import { interfaceSubnets, parseProcNetRoute } from '../../../electron/host/routes.ts';

test('routes are subnets, except those that stand for everything and those of our own bridge', () => {
  const table = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'tun0\t00000000\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0',
    'tun0\t00000080\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0',
    'tun0\t0000000A\t0100080A\t0003\t0\t0\t0\t000000FF\t0\t0\t0',
    'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    'eth0\t000200C0\t00000000\t0001\t0\t0\t9\t00FFFFFF\t0\t0\t0',
    'wg0\t010017AC\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0',
    'macula0\t000017AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    '',
  ].join('\n');
  expect(parseProcNetRoute(table, new Set(['macula0']))).toEqual(['10.0.0.0/8', '192.0.2.0/24', '172.23.0.1/32']);
  expect(parseProcNetRoute('', new Set())).toEqual([]);
});

test('addresses of interfaces are subnets, except loopback, IPv6 and our own bridge', () => {
  const address = (cidr: string | null, more = {}) => ({ internal: false, family: 'IPv4', cidr, ...more });
  expect(
    interfaceSubnets(
      {
        lo: [address('127.0.0.1/8', { internal: true })],
        en0: [address('192.168.1.17/24'), address('fe80::1/64', { family: 'IPv6' }), address(null)],
        en1: [address('172.23.4.5/20')],
        macula0: [address('172.23.0.1/16')],
        gone: undefined,
      },
      new Set(['macula0']),
    ),
  ).toEqual(['192.168.1.0/24', '172.23.0.0/20']);
});
