// States of the app as values. Built with the app's own functions where it has them, so that they cannot drift.
import type { SettingsView } from '../../../electron/contract/contract.ts';
import { serviceActions, stackActions } from '../../../electron/core/actions.ts';
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import type { DesiredStack } from '../../../electron/core/desired.ts';
import { deriveDesired } from '../../../electron/core/derive-desired.ts';
import type { EngineAttempt, Failure } from '../../../electron/core/failure.ts';
import { failureText } from '../../../electron/core/failure-text.ts';
import { defaultSettings, type Settings } from '../../../electron/core/settings.ts';
import type { ServiceSnapshot, ShownFailure, Snapshot, StackState } from '../../../electron/core/snapshot.ts';

export const start = Date.now();
const minute = 60_000;

const templates = new Proxy({}, { get: () => '' });
export function desiredWith(settings: Settings): DesiredStack {
  return deriveDesired({
    catalog,
    settings,
    templates,
    publishing: { loopbackAddresses: true, port80: true },
    subnetPrefix: '172.23',
    hash: (text) => text.slice(0, 8),
  });
}

export const desired = desiredWith(defaultSettings);

export type ServiceChange = Partial<ServiceSnapshot> & { readonly isBusy?: boolean; readonly isCut?: boolean };

export function serviceOf(definition: ServiceDefinition, change: ServiceChange = {}): ServiceSnapshot {
  const { isBusy = false, isCut = false, ...rest } = change;
  const wanted = desired.services.find((service) => service.definition.id === definition.id);
  const state = rest.state ?? 'ready';
  const hasContainer = state !== 'off' && state !== 'pulling';
  return {
    id: definition.id,
    title: definition.title,
    group: definition.group,
    summary: definition.summary,
    enabled: true,
    state,
    reason: '',
    since: start - 3 * minute,
    image: {
      name: `${definition.image.repository}:${definition.image.tag}`,
      digest: definition.image.digest,
      present: state !== 'pulling',
    },
    container: definition.containerName,
    ...(hasContainer ? { containerId: `container-of-${definition.id}` } : {}),
    address: wanted?.container.address ?? '',
    published: wanted?.container.publishes.map((publish) => `${publish.hostAddress}:${publish.hostPort}`) ?? [],
    urls: wanted?.urls ?? [],
    ...(wanted?.dashboard === undefined ? {} : { dashboard: wanted.dashboard }),
    needs: definition.needs,
    actions: serviceActions(state, {
      engineConnected: !isCut,
      enabled: rest.enabled ?? true,
      busy: isBusy,
      hasContainer,
      hasPage: definition.open !== undefined,
    }),
    ...rest,
  };
}

// Every service of the catalog, with changes by id; '*' is for those without one of their own.
export function servicesWith(changes: Readonly<Record<string, ServiceChange>> = {}): readonly ServiceSnapshot[] {
  return catalog.map((definition) => serviceOf(definition, changes[definition.id] ?? changes['*'] ?? {}));
}

export function snapshotOf(
  state: StackState,
  summary: string,
  services: readonly ServiceSnapshot[],
  change: Partial<Snapshot> = {},
): Snapshot {
  const isConnected = (change.engine?.kind ?? 'connected') === 'connected';
  return {
    number: 1,
    engine: {
      kind: 'connected',
      description: {
        product: 'Docker Engine',
        version: '28.5.1',
        apiVersion: '1.51',
        operatingSystem: 'Debian GNU/Linux 13',
        rootless: false,
        endpoint: 'unix:///var/run/docker.sock',
        foundBy: 'the current Docker context "default"',
      },
    },
    stack: {
      state,
      summary,
      actions: stackActions(state, {
        engineConnected: isConnected,
        busy: change.activity !== undefined,
        differs: false,
        anyContainerUp: services.some((service) => service.containerId !== undefined),
      }),
    },
    services,
    failures: [],
    notes: [],
    baseDomain: 'macula.local',
    trayVisible: true,
    ...change,
  };
}

export function shown(failure: Failure): ShownFailure {
  return { failure, text: failureText(failure) };
}

export const attempts: readonly EngineAttempt[] = [
  { endpoint: 'tcp://10.0.0.8:2375', foundBy: 'DOCKER_HOST', rejected: 'no answer within 3 seconds' },
  { endpoint: 'unix:///var/run/docker.sock', foundBy: 'the usual place', rejected: 'permission denied' },
  {
    endpoint: 'unix:///run/user/1000/docker.sock',
    foundBy: 'the usual place of a rootless Docker',
    rejected: 'no such file',
  },
  {
    endpoint: 'unix:///run/user/1000/podman/podman.sock',
    foundBy: 'the usual place of Podman',
    rejected: 'connection refused',
  },
];

export const settingsView: SettingsView = {
  settings: defaultSettings,
  path: '/home/user/.config/macula-desktop/settings.json',
  rejectedEngines: attempts.slice(2),
  services: catalog.map(({ id, title }) => ({ id, title, enabled: true })),
};
