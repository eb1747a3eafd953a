// On which addresses and ports of this machine a service is published. Pure.
import type { ServiceDefinition } from './catalog/service.ts';
import type { DesiredStack } from './desired.ts';
import type { Settings } from './settings.ts';

export interface Publish {
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerPort: number;
}

export interface Publishing {
  // Whether the loopback addresses other than 127.0.0.1 exist on this host (Linux: always).
  readonly loopbackAddresses: boolean;
  // Whether the engine may listen on port 80 (a rootless one may not).
  readonly port80: boolean;
  // The ingress answers on [::1] as well (macOS).
  readonly loopback6?: boolean;
}

export interface LanPublishing {
  // Ids of the services that other machines may reach.
  readonly services: readonly string[];
  // Whether this machine has IPv6.
  readonly ipv6: boolean;
}

export interface PublishInput {
  readonly publishing: Publishing;
  readonly lan?: LanPublishing;
  readonly settings: Pick<Settings, 'httpPort'>;
}

export function derivePublishes(
  definition: ServiceDefinition,
  enabled: readonly ServiceDefinition[],
  { publishing, lan, settings }: PublishInput,
): readonly Publish[] {
  if (!definition.isIngress) {
    const isOwn = ({ insteadOf }: { readonly insteadOf?: string }): boolean =>
      !enabled.some((other) => other.id === insteadOf);
    const open = lan?.services.includes(definition.id) === true ? lanPublishes(definition, lan, isOwn) : [];
    const { loopback } = definition;
    if (loopback === undefined || !publishing.loopbackAddresses) return open;
    const own = definition.ports
      .filter(isOwn)
      .map(({ port }) => ({ hostAddress: loopback, hostPort: port, containerPort: port }));
    // A port on all addresses is on the loopback one too, and the engine refuses both at once.
    return [...own.filter(({ hostPort }) => !open.some((wide) => wide.hostPort === hostPort)), ...open];
  }
  const own = { hostAddress: '127.0.0.1', hostPort: settings.httpPort, containerPort: 80 };
  if (!publishing.port80 || !publishing.loopbackAddresses) return [own];
  const loopback = new Set(enabled.flatMap((service) => service.loopback ?? []));
  const addresses = [...loopback, ...(publishing.loopback6 ? ['::1'] : [])];
  return [...addresses.map((hostAddress) => ({ hostAddress, hostPort: 80, containerPort: 80 })), own];
}

function lanPublishes(
  { lan }: ServiceDefinition,
  { ipv6 }: LanPublishing,
  isOwn: (port: { readonly insteadOf?: string }) => boolean,
): readonly Publish[] {
  const addresses = ipv6 ? ['0.0.0.0', '::'] : ['0.0.0.0'];
  return (lan?.ports ?? [])
    .filter(isOwn)
    .flatMap(({ port, containerPort }) =>
      addresses.map((hostAddress) => ({ hostAddress, hostPort: port, containerPort })),
    );
}

// Where every page is reachable at 127.0.0.1; undefined while the ingress is switched off.
export function ingressPort({ services }: Pick<DesiredStack, 'services'>): number | undefined {
  const ingress = services.find(({ definition }) => definition.isIngress === true);
  return ingress?.container.publishes.findLast(({ hostAddress }) => hostAddress === '127.0.0.1')?.hostPort;
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

// Where this machine itself reaches what is published: a wide door is open on the narrow address too.
export function localDoors(definition: ServiceDefinition, publishes: readonly Publish[]): readonly Publish[] {
  const narrow = publishes.map((publish) =>
    isWildcard(publish.hostAddress) ? { ...publish, hostAddress: definition.loopback ?? '127.0.0.1' } : publish,
  );
  const isFirst = (door: Publish, index: number): boolean =>
    narrow.findIndex((other) => other.hostAddress === door.hostAddress && other.hostPort === door.hostPort) === index;
  return narrow.filter(isFirst);
}
