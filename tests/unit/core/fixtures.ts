// Values that the tables of the core tests start from.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { deriveDesired } from '../../../electron/core/derive-desired.ts';
import type { DesiredInput, DesiredStack } from '../../../electron/core/desired.ts';
import { containerLabels, labels, networkLabels, networkName, volumeLabels } from '../../../electron/core/identity.ts';
import type { Observed, ObservedContainer } from '../../../electron/core/observed.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';

// Templates are tested where they are rendered; here a file's content is its name.
export const templates = Object.fromEntries(
  catalog.flatMap((service) => service.files.map((file) => [file.template, file.template])),
);

// Not cryptographic: equal texts give equal hashes, and the table's texts do not collide.
export function testHash(text: string): string {
  let sum = 7n;
  for (const character of text) sum = (sum * 31n + BigInt(character.codePointAt(0) ?? 0)) % 2n ** 128n;
  return sum.toString(16).padStart(32, '0');
}

export function desiredInput(change: Partial<DesiredInput> = {}): DesiredInput {
  return {
    catalog,
    settings: defaultSettings,
    templates,
    publishing: { loopbackAddresses: true, port80: true },
    subnetPrefix: '172.23',
    hash: testHash,
    ...change,
  };
}

export function desiredStack(change: Partial<DesiredInput> = {}): DesiredStack {
  return deriveDesired(desiredInput(change));
}

// A catalog of two, for tables that should be read at a glance: "shop" needs "store".
export const smallCatalog: readonly ServiceDefinition[] = [
  smallService('store', 20, { volumes: [{ name: 'store-data', path: '/data' }] }),
  smallService('shop', 21, { needs: ['store'], files: [{ template: 'shop.conf', path: '/etc/shop.conf' }] }),
];

export const smallTemplates = { 'shop.conf': 'open' };

function smallService(id: string, hostNumber: number, change: Partial<ServiceDefinition>): ServiceDefinition {
  return {
    id,
    title: id,
    group: 'tools',
    order: hostNumber,
    summary: '',
    containerName: `macula-${id}`,
    image: { repository: `example/${id}`, tag: '1', digest: 'sha256:1' },
    hostNumber,
    loopback: `127.0.0.${hostNumber}`,
    ports: [{ name: 'web', port: 1000 + hostNumber }],
    command: [],
    environment: {},
    volumes: [],
    files: [],
    needs: [],
    ready: { port: 1000 + hostNumber, path: '/ready', timeoutSeconds: 10 },
    stopSeconds: 5,
    ...change,
  };
}

export function smallStack(change: Partial<DesiredInput> = {}): DesiredStack {
  return desiredStack({ catalog: smallCatalog, templates: smallTemplates, ...change });
}

export const nothingThere: Observed = {
  containers: [],
  networks: [],
  volumes: [],
  images: {},
  listeners: [],
  hostSubnets: [],
};

export function imagesOf(stack: DesiredStack): Observed['images'] {
  return Object.fromEntries(
    stack.services.map((service) => [
      service.definition.id,
      { id: `image-${service.definition.id}`, origin: 'pinned' as const, sizeBytes: 1 },
    ]),
  );
}

export function runningContainer(
  stack: DesiredStack,
  id: string,
  change: Partial<ObservedContainer> = {},
): ObservedContainer {
  const service = stack.services.find((candidate) => candidate.definition.id === id);
  if (service === undefined) throw new Error(`No service ${id} in the fixture`);
  return {
    id: `container-${id}`,
    name: service.container.name,
    labels: containerLabels(service.container),
    imageId: `image-${id}`,
    phase: 'running',
    startedAt: 1000,
    restartCount: 0,
    outOfMemory: false,
    ...change,
  };
}

// The whole stack up and unchanged.
export function allRunning(stack: DesiredStack): Observed {
  return {
    ...nothingThere,
    images: imagesOf(stack),
    networks: [{ id: 'network', name: networkName, labels: networkLabels(), subnets: [stack.network.subnet] }],
    volumes: stack.volumes.map((name) => ({ name, labels: volumeLabels(name) })),
    containers: stack.services.map((service) => runningContainer(stack, service.definition.id)),
  };
}

export function withContainer(observed: Observed, id: string, change: Partial<ObservedContainer>): Observed {
  return {
    ...observed,
    containers: observed.containers.map((container) =>
      container.labels[labels.service] === id ? { ...container, ...change } : container,
    ),
  };
}

export function withoutContainer(observed: Observed, id: string): Observed {
  return {
    ...observed,
    containers: observed.containers.filter((container) => container.labels[labels.service] !== id),
  };
}
