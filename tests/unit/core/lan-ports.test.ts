import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { catalogLanPorts, portCollision, withLanPorts } from '../../../electron/core/lan-ports.ts';
import { guardIntent, lanView } from '../../../electron/core/host/lan.ts';
import { defaultSettings, type LanSettings } from '../../../electron/core/settings.ts';
import { otlpAddresses } from '../../../electron/core/telemetry/otlp-addresses.ts';
import { allRunning, desiredStack } from './fixtures.ts';

const lan: LanSettings = {
  services: ['grafana', 'alloy'],
  limit: 'off',
  network: { interface: 'eth0', ranges: ['192.168.77.0/24'] },
};
const moved = withLanPorts(catalog, { 3000: 13_000, 4318: 14_318 });

function portsOf(services: typeof catalog, id: string): readonly number[] {
  return (services.find((each) => each.id === id)?.lan?.ports ?? []).map(({ port }) => port);
}

describe('the catalog with chosen ports', () => {
  it('has them in the place of its own, for both services that take turns at one', () => {
    expect(portsOf(moved, 'grafana')).toEqual([13_000]);
    expect(portsOf(moved, 'alloy')).toEqual([4317, 14_318]);
    expect(portsOf(moved, 'tempo')).toEqual([3200, 4317, 14_318]);
    expect(portsOf(moved, 'loki')).toEqual([3100]);
  });

  it('is made of itself as well, and of what was chosen before', () => {
    expect(withLanPorts(moved, { 3000: 13_000, 4318: 14_318 })).toEqual(moved);
    expect(withLanPorts(moved, {})).toEqual(catalog);
    expect(portsOf(withLanPorts(moved, { 3000: 15_000 }), 'grafana')).toEqual([15_000]);
    expect(catalogLanPorts(moved)).toEqual([3000, 3100, 3200, 4317, 4318, 8888, 9090]);
  });

  it('is what the guard, the doors and the links are made of', () => {
    const settings = { ...defaultSettings, lan, lanPorts: { 3000: 13_000, 4318: 14_318 } };
    const stack = desiredStack({ catalog: moved, settings, lan: { services: lan.services, ipv6: false } });
    expect(guardIntent(moved, lan, stack.network).ports).toEqual([4317, 13_000, 14_318]);
    const grafana = stack.services.find(({ definition }) => definition.id === 'grafana');
    expect(grafana?.container.publishes).toEqual([
      { hostAddress: '127.0.0.4', hostPort: 3000, containerPort: 3000 },
      { hostAddress: '0.0.0.0', hostPort: 13_000, containerPort: 3000 },
    ]);
    const query = { desired: stack, baseDomain: 'macula.local', lanAddress: '192.168.77.5' };
    expect(otlpAddresses(query)).toMatchObject({ http: 'http://127.0.0.6:4318', lan: 'http://192.168.77.5:14318' });
    const observed = {
      ...allRunning(stack),
      listeners: [{ address: '0.0.0.0', port: 13_000, owner: 'container', containerId: 'container-grafana' }],
    };
    const view = lanView({
      ...{ catalog: moved, settings: lan, observed, problem: undefined, now: 1 },
      guard: guardIntent(moved, lan, stack.network),
      network: { ...lan.network, address: '192.168.77.5' },
    });
    expect(view.state).toBe('on');
    expect(view.services.find(({ id }) => id === 'grafana')?.urls).toEqual(['http://192.168.77.5:13000/']);
  });

  it('raises no alarm while the guard holds the port that a service is still open at', () => {
    const stack = desiredStack();
    const observed = {
      ...allRunning(stack),
      listeners: [{ address: '0.0.0.0', port: 3000, owner: 'container', containerId: 'container-grafana' }],
    };
    const facts = { catalog: moved, settings: lan, observed, network: undefined, problem: undefined, now: 1 };
    const before = guardIntent(catalog, lan, stack.network);
    expect(lanView({ ...facts, guard: before }).state).toBe('on');
    expect(lanView({ ...facts, guard: guardIntent(moved, lan, stack.network) }).state).toBe('unguarded');
    expect(guardIntent(moved, lan, stack.network, [3000]).ports).toEqual([3000, 4317, 13_000, 14_318]);
  });
});

describe('ports that cannot all be had', () => {
  const collide = (httpPort: number, lanPorts: Record<string, number> = {}) =>
    portCollision(catalog, { httpPort, lanPorts });

  it.each([
    [8080, {}],
    [3001, {}],
    // The pages are on 127.0.0.1, Alloy's own page on another address.
    [12_345, {}],
    [8080, { 3000: 13_000, 9090: 19_090 }],
    // The one goes where the other was.
    [8080, { 8888: 8889, 3000: 8888 }],
    [8080, { 3000: 3000 }],
  ])('are none: %i %o', (httpPort, lanPorts) => {
    expect(collide(httpPort, lanPorts)).toBeUndefined();
  });

  it.each([
    [3000, {}, 'Port 3000 cannot be for the pages at 127.0.0.1 and for Grafana at once.'],
    [8080, { 3000: 8080 }, 'Port 8080 cannot be for the pages at 127.0.0.1 and for Grafana at once.'],
    [8080, { 3000: 8888 }, 'Port 8888 cannot be for Grafana on the LAN and for Excalidraw at once.'],
    // Its own address does not help: every address is taken.
    [8080, { 9090: 12_345 }, 'Port 12345 cannot be for Prometheus on the LAN and for Alloy at once.'],
    [8080, { 3000: 9090, 9090: 3000 }, 'Port 9090 cannot be for Grafana on the LAN and for Prometheus at once.'],
    [8080, { 5000: 6000 }, 'No service has port 5000 for the LAN: there are 3000, 3100, 3200, 4317, 4318, 8888, 9090.'],
  ])('are told: %i %o', (httpPort, lanPorts, words) => {
    expect(collide(httpPort, lanPorts)).toBe(words);
  });
});
