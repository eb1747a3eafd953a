import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { composeFile } from '../../../electron/core/compose-file.ts';
import { findConflicts } from '../../../electron/core/conflicts.ts';
import { containerLabels } from '../../../electron/core/identity.ts';
import type { LanNetwork } from '../../../electron/core/host/host-facts.ts';
import { guardIntent, hasLeft, type LanFacts, lanLinks, lanView } from '../../../electron/core/host/lan.ts';
import { domainProblem } from '../../../electron/core/host/wanted-names.ts';
import { lanNotice } from '../../../electron/core/host/lan-notice.ts';
import type { Observed } from '../../../electron/core/observed.ts';
import type { LanSettings } from '../../../electron/core/settings.ts';
import { desiredStack, nothingThere } from './fixtures.ts';

const home: LanNetwork = {
  interface: 'wlan0',
  address: '192.168.1.17',
  ranges: ['192.168.1.0/24', 'fd00:1::/64'],
  gateway: 'aa:aa:aa:aa:aa:aa',
};

function settings(change: Partial<LanSettings> = {}): LanSettings {
  const { interface: name, ranges, gateway = '' } = home;
  return { services: ['grafana'], limit: 'off', network: { interface: name, ranges, gateway }, ...change };
}

function doorsOf(id: string, lan?: { services: readonly string[]; ipv6: boolean }): string {
  const stack = desiredStack(lan === undefined ? {} : { lan });
  const service = stack.services.find(({ definition }) => definition.id === id);
  return (service?.container.publishes ?? [])
    .map(({ hostAddress, hostPort, containerPort }) => `${hostAddress} ${hostPort}>${containerPort}`)
    .join(', ');
}

// Grafana runs, published on these addresses.
function withGrafana(...addresses: string[]): Observed {
  const container = desiredStack().services.find(({ definition }) => definition.id === 'grafana')?.container;
  if (container === undefined) throw new Error('No Grafana');
  return {
    ...nothingThere,
    containers: [
      {
        id: 'g1',
        name: container.name,
        labels: containerLabels(container),
        imageId: 'i',
        phase: 'running',
        restartCount: 0,
        outOfMemory: false,
      },
    ],
    listeners: addresses.map((address) => ({ address, port: 3000, owner: 'container', containerId: 'g1' })),
  };
}

describe('what is published', () => {
  it('stays on loopback without LAN mode', () => {
    expect(doorsOf('grafana')).toBe('127.0.0.4 3000>3000');
    expect(doorsOf('excalidraw')).toBe('');
  });

  it('is on all addresses for a chosen service, on the ports of the design, and unchanged for the others', () => {
    const lan = { services: ['grafana', 'tempo', 'excalidraw'], ipv6: true };
    expect(doorsOf('grafana', lan)).toBe('0.0.0.0 3000>3000, :: 3000>3000');
    expect(doorsOf('tempo', { ...lan, ipv6: false })).toBe('0.0.0.0 3200>3200');
    expect(doorsOf('alloy', { services: ['alloy'], ipv6: false })).toBe(
      '127.0.0.6 12345>12345, 0.0.0.0 4317>4317, 0.0.0.0 4318>4318',
    );
    expect(doorsOf('excalidraw', { ...lan, ipv6: false })).toBe('0.0.0.0 8888>80');
    expect(doorsOf('prometheus', lan)).toBe(doorsOf('prometheus'));
    expect(doorsOf('ingress', lan)).toBe(doorsOf('ingress'));
  });

  it('makes only the chosen containers anew', () => {
    const hashes = (lan?: { services: readonly string[]; ipv6: boolean }) =>
      desiredStack(lan === undefined ? {} : { lan }).services.map(({ container }) => container.configHash);
    const before = hashes();
    const after = hashes({ services: ['grafana'], ipv6: true });
    const changed = desiredStack().services.filter((_, index) => before[index] !== after[index]);
    expect(changed.map(({ definition }) => definition.id)).toEqual(['grafana']);
  });

  it('is still asked and linked at the own address', () => {
    const grafana = desiredStack({ lan: { services: ['grafana'], ipv6: true } }).services.find(
      ({ definition }) => definition.id === 'grafana',
    );
    expect(grafana?.probe.url).toBe('http://127.0.0.4:3000/api/health');
    expect(grafana?.urls.map(({ url }) => url)).toEqual([
      'http://grafana.macula.localhost:8080/',
      'http://127.0.0.4:3000/',
    ]);
  });

  it('is written for Compose so that Compose understands it', () => {
    const file = composeFile(desiredStack({ lan: { services: ['grafana'], ipv6: true } }), {});
    expect(file.services['grafana']?.['ports']).toEqual(['0.0.0.0:3000:3000', '[::]:3000:3000']);
  });

  it('collides with whoever holds the port on any address', () => {
    const stack = desiredStack({ lan: { services: ['grafana'], ipv6: false } });
    const grafana = stack.services.filter(({ definition }) => definition.id === 'grafana');
    const other = { address: '192.168.1.17', port: 3000, owner: 'node (process 7)' };
    expect(findConflicts(grafana, { ...nothingThere, listeners: [other] })).toEqual([
      { code: 'port-taken', service: 'grafana', address: '0.0.0.0', port: 3000, owner: 'node (process 7)' },
    ]);
  });
});

it('answers on [::1] too where IPv6 is asked first', () => {
  const publishing = { loopbackAddresses: true, port80: true, loopback6: true };
  const ingress = desiredStack({ publishing }).services.find(({ definition }) => definition.isIngress);
  const addresses = ingress?.container.publishes.filter(({ hostPort }) => hostPort === 80);
  expect(addresses?.map(({ hostAddress }) => hostAddress)).toContain('::1');
  expect(ingress?.probe.url).toBe('http://127.0.0.1:8080/healthz');
});

it.each(['macula.local', 'macula.test', 'dev.internal', 'my.home.arpa'])('may set up names below %s', (domain) => {
  expect(domainProblem(domain)).toBeUndefined();
});

it.each(['macula.dev', 'example.com', 'local.org', 'macula.localhost'])('leaves names below %s alone', (domain) => {
  expect(domainProblem(domain)).toContain(domain);
});

it('puts names first among the links once they work', () => {
  const urls = desiredStack({ names: ['grafana.macula.local', 'draw.macula.local'] }).services.flatMap(
    ({ urls: all }) => all[0]?.url ?? [],
  );
  expect(urls).toContain('http://grafana.macula.local/');
  expect(urls).toContain('http://draw.macula.local/');
  // Not set up, so it leads nowhere, or to somebody else.
  expect(urls).toContain('http://loki.macula.localhost:8080/');
});

it('guards the ports of what is open, for this network only', () => {
  const { network } = desiredStack();
  expect(guardIntent(catalog, settings({ services: ['grafana', 'excalidraw'], until: 5 }), network)).toEqual({
    subnet: '172.23.0.0/16',
    ports: [3000, 8888],
    interface: 'wlan0',
    ranges: ['192.168.1.0/24', 'fd00:1::/64'],
    until: 5,
  });
});

it.each<[string, Partial<LanNetwork> | undefined, string]>([
  ['the same', {}, 'no'],
  ['none', undefined, 'elsewhere'],
  ['another range', { ranges: ['10.0.0.0/24', 'fd00:1::/64'] }, 'elsewhere'],
  ['another interface', { interface: 'eth0' }, 'elsewhere'],
  ['the same range behind another router', { gateway: 'bb:bb:bb:bb:bb:bb' }, 'lookalike'],
  ['another IPv6 range on the same wire', { ranges: ['192.168.1.0/24', 'fd00:1::/64', 'fd00::/64'] }, 'no'],
])('sees whether a network was left: %s', (_, change, expected) => {
  const { gateway = '', ...rest } = { ...home, ...change };
  expect(hasLeft(settings(), change === undefined ? undefined : { ...rest, gateway })).toBe(expected);
});

function guardOf(lan: LanSettings) {
  return guardIntent(catalog, lan, desiredStack().network);
}

describe('the state of LAN mode', () => {
  function viewOf(change: Partial<LanFacts>) {
    const facts: Omit<LanFacts, 'guard'> = {
      catalog,
      settings: settings(),
      observed: withGrafana('0.0.0.0', '::'),
      network: home,
      problem: undefined,
      now: 1000,
    };
    const all = { guard: guardOf(change.settings ?? settings()), ...facts, ...change };
    const { state, summary } = lanView(all);
    return `${state}: ${summary}`;
  }

  it.each<[string, Partial<LanFacts>, string]>([
    ['not open', { observed: withGrafana('127.0.0.4') }, 'off: Only this machine reaches the services.'],
    ['no engine', { observed: undefined }, 'off: Only this machine reaches the services.'],
    ['open', {}, 'on: 192.168.1.0/24, fd00:1::/64 on wlan0 reaches Grafana; everybody else is refused.'],
    [
      'no guard',
      { guard: undefined },
      'unguarded: Every network that this machine is on reaches Grafana: the guard is gone.',
    ],
    [
      'opened by nobody we know',
      { settings: null, guard: undefined },
      'unguarded: Every network that this machine is on reaches Grafana: the guard is gone.',
    ],
    [
      "another user's guard",
      { settings: null },
      'on: 192.168.1.0/24, fd00:1::/64 on wlan0 reaches Grafana; everybody else is refused.',
    ],
    [
      'a guard that does not hold this port',
      { guard: guardOf(settings({ services: ['loki'] })) },
      'unguarded: Every network that this machine is on reaches Grafana: the guard is gone.',
    ],
    [
      'time over',
      { settings: settings({ limit: 'hour', until: 999 }) },
      'closed: Nobody but this machine reaches Grafana any more, though the ports are still published.',
    ],
    [
      'network left',
      { settings: settings({ limit: 'network' }), network: undefined },
      'closed: Nobody but this machine reaches Grafana any more, though the ports are still published.',
    ],
    [
      'a network that looks the same',
      { settings: settings({ limit: 'network' }), network: { ...home, gateway: 'bb' } },
      'unguarded: This is another network than the one LAN mode was turned on for, with the same addresses: it reaches Grafana.',
    ],
  ])('%s', (_, change, expected) => {
    expect(viewOf(change)).toBe(expected);
  });

  it('gives addresses that work from another machine, and only for what is open', () => {
    const view = lanView({
      catalog,
      settings: settings(),
      observed: withGrafana('0.0.0.0'),
      guard: guardOf(settings()),
      network: home,
      problem: undefined,
      now: 1,
    });
    expect(view.services.filter(({ isOpen }) => isOpen).map(({ id, urls }) => [id, urls])).toEqual([
      ['grafana', ['http://192.168.1.17:3000/']],
    ]);
    const portsOf = (disabled: readonly string[]) =>
      lanView({
        catalog,
        settings: settings(),
        disabled,
        observed: withGrafana('0.0.0.0'),
        guard: guardOf(settings()),
        network: home,
        problem: undefined,
        now: 1,
      }).services.find(({ id }) => id === 'tempo')?.ports;
    expect(portsOf([])).toEqual([3200]);
    expect(portsOf(['alloy'])).toEqual([3200, 4317, 4318]);
    expect(lanLinks(view)).toEqual([
      { id: 'grafana:lan:3000', label: 'http://192.168.1.17:3000/', url: 'http://192.168.1.17:3000/' },
    ]);
    expect(view.services.map(({ id, protection }) => `${id} ${protection}`)).toEqual([
      'prometheus none',
      'grafana password',
      'loki none',
      'tempo none',
      'alloy none',
      'excalidraw none',
    ]);
  });
});

it('tells when the guard is gone and when LAN mode ends, once', () => {
  const host = (lan: 'off' | 'on' | 'unguarded' | 'closed') => ({ names: 'off', lan, lanSummary: 'words.' }) as const;
  expect(lanNotice(host('on'), host('unguarded'))?.title).toBe('The services are open to every network');
  expect(lanNotice(undefined, host('unguarded'))?.title).toBe('The services are open to every network');
  expect(lanNotice(host('unguarded'), host('unguarded'))).toBeUndefined();
  expect(lanNotice(host('on'), host('closed'))?.title).toBe('LAN mode has ended');
  expect(lanNotice(host('on'), host('off'))?.title).toBe('LAN mode has ended');
  expect(lanNotice(host('off'), host('on'))).toBeUndefined();
  expect(lanNotice(undefined, host('off'))).toBeUndefined();
});
