// A machine on which everything is as it should be, and ways to break one thing of it.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { DesiredStack } from '../../../electron/core/desired.ts';
import type { DoctorFacts } from '../../../electron/core/doctor/facts.ts';
import { hostView } from '../../../electron/core/host/derive-view.ts';
import type { HostFacts } from '../../../electron/core/host/host-facts.ts';
import { guardIntent, lanView } from '../../../electron/core/host/lan.ts';
import { wantedNames } from '../../../electron/core/host/wanted-names.ts';
import { isWildcard, localDoors } from '../../../electron/core/publishes.ts';
import { defaultSettings, type LanSettings } from '../../../electron/core/settings.ts';
import { allRunning, desiredStack } from '../core/fixtures.ts';
import { type ServiceChange, snapshotOf } from './snapshots.ts';

export const lanNetwork = {
  interface: 'eth0',
  address: '192.168.77.5',
  ranges: ['192.168.77.0/24'],
  gateway: 'aa:bb',
} as const;

export const lanForGrafana: LanSettings = {
  services: ['grafana'],
  limit: 'hour',
  until: 3_600_000,
  network: { interface: 'eth0', ranges: ['192.168.77.0/24'], gateway: 'aa:bb' },
};

export interface Situation {
  readonly services?: readonly ServiceChange[];
  readonly desired?: DesiredStack;
  // Names that are not as they should be -> what they lead to.
  readonly found?: Readonly<Record<string, readonly string[]>>;
  readonly hasNames?: boolean;
  readonly machine?: Partial<HostFacts>;
  readonly lan?: LanSettings;
  readonly isGuarded?: boolean;
  readonly change?: (healthy: DoctorFacts) => Partial<DoctorFacts>;
}

export function situation(given: Situation = {}): DoctorFacts {
  const isGuarded = given.isGuarded ?? given.lan !== undefined;
  const open = given.lan === undefined || !isGuarded ? {} : { lan: { services: given.lan.services, ipv6: false } };
  const desired = given.desired ?? desiredStack(open);
  const ids = desired.services.map((service) => service.definition.id);
  const all = ids.map((id) => ({
    id,
    state: 'ready' as const,
    ...given.services?.find((service) => service.id === id),
  }));
  // A guard that went does not take the ports back.
  const published =
    given.lan === undefined ? desired : desiredStack({ lan: { services: given.lan.services, ipv6: false } });
  const listeners = published.services.flatMap(({ definition, container }) =>
    container.publishes.map(({ hostAddress, hostPort }) => ({
      address: hostAddress,
      port: hostPort,
      owner: `container "${definition.containerName}"`,
      containerId: `container-${definition.id}`,
    })),
  );
  const observed = { ...allRunning(desired), listeners };
  const doors = desired.services.flatMap(({ definition, container }) => [
    ...localDoors(definition, container.publishes).map(({ hostAddress, hostPort }) => `${hostAddress}:${hostPort}`),
    ...container.publishes.flatMap((publish) =>
      isWildcard(publish.hostAddress) ? [`${lanNetwork.address}:${publish.hostPort}`] : [],
    ),
  ]);
  const names = wantedNames(desired, 'macula.local');
  const hasNames = given.hasNames ?? true;
  const facts: HostFacts = {
    resolver: {
      platform: 'linux',
      nameservers: ['192.168.77.1'],
      resolvedGlobalServers: [],
      hasDnsmasq: false,
      hasOwnDnsmasq: false,
      hasSystemd: true,
      nssHosts: ['files', 'dns'],
      distribution: 'debian',
      isWsl: false,
      vpnInterfaces: [],
      foreignNames: [],
    },
    names: names.map(({ host, address }) => ({
      host,
      wanted: address,
      found: given.found?.[host] ?? (hasNames ? [address] : []),
      milliseconds: 1,
    })),
    lan: lanNetwork,
    firewall: { active: [] },
    state: {
      intent: {
        ...(hasNames ? { names: { method: 'hosts' as const, names } } : {}),
        ...(given.lan === undefined ? {} : { guard: guardIntent(catalog, given.lan, desired.network) }),
      },
      interrupted: false,
      edited: [],
    },
    isGuarded,
    elevation: { kind: 'root', detail: '' },
    ...given.machine,
  };
  const lan = lanView({
    catalog,
    settings: given.lan ?? null,
    observed,
    guard: isGuarded ? facts.state.intent.guard : undefined,
    network: facts.lan,
    problem: facts.lanProblem,
    now: 0,
  });
  const healthy: DoctorFacts = {
    platform: 'linux',
    catalog,
    snapshot: snapshotOf(all, { baseDomain: defaultSettings.baseDomain }),
    desired,
    observed,
    isRemote: false,
    httpPort: defaultSettings.httpPort,
    doors: Object.fromEntries(doors.map((door) => [door, { state: 'open' as const }])),
    listeners,
    pages: Object.fromEntries(ids.map((id) => [id, { kind: 'ready' as const }])),
    namedPages: Object.fromEntries(names.map(({ host }) => [host, { kind: 'ready' as const }])),
    ingressAt: {},
    unknownNames: [],
    machine: { facts, view: hostView(facts, 'macula.local', lan) },
    lan: given.lan ?? null,
    isGuarded,
    now: 0,
    drops: [],
    disks: [{ path: '/var/lib/docker', holds: 'images', freeBytes: 50 * 2 ** 30, totalBytes: 100 * 2 ** 30 }],
  };
  return { ...healthy, ...given.change?.(healthy) };
}
