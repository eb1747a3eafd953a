// What stands in the way and is not ours to move. Found before anything is created.
import type { DesiredService } from './desired.ts';
import type { Failure } from './failure.ts';
import { isOurs, labels, networkName } from './identity.ts';
import { isWildcard } from './publishes.ts';
import type { Listener, Observed, ObservedContainer } from './observed.ts';

export function findConflicts(toRun: readonly DesiredService[], observed: Observed): readonly Failure[] {
  return [
    ...foreignNetworks(observed),
    ...foreignVolumes(toRun, observed),
    ...foreignContainers(toRun, observed),
    ...toRun.flatMap((service) => takenPorts(service, observed)),
  ];
}

function foreignNetworks(observed: Observed): Failure[] {
  return observed.networks
    .filter((network) => network.name === networkName && !isOurs(network.labels))
    .map((network) => ({ code: 'foreign-network', name: network.name }));
}

function foreignVolumes(toRun: readonly DesiredService[], observed: Observed): Failure[] {
  const wanted = new Set(toRun.flatMap((service) => service.container.volumes.map((use) => use.name)));
  return observed.volumes
    .filter((volume) => wanted.has(volume.name) && !isOurs(volume.labels))
    .map((volume) => ({ code: 'foreign-volume', name: volume.name }));
}

function foreignContainers(toRun: readonly DesiredService[], observed: Observed): Failure[] {
  const names = new Set(toRun.map((service) => service.container.name));
  return observed.containers
    .filter((container) => names.has(container.name) && !isOurs(container.labels))
    .map((container) => ({ code: 'foreign-container', name: container.name }));
}

// A port that a container of ours holds is no conflict: it is that container's own, or is freed when it is replaced.
function takenPorts(service: DesiredService, observed: Observed): Failure[] {
  const current = findContainer(observed, service.container.service);
  if (current?.phase === 'running') {
    const sameConfig = current.labels[labels.configHash] === service.container.configHash;
    if (sameConfig) return [];
  }
  const ours = new Set(observed.containers.filter((container) => isOurs(container.labels)).map((c) => c.id));
  return service.container.publishes.flatMap((publish): Failure[] => {
    const covering = observed.listeners.filter((listener) => covers(listener, publish.hostAddress, publish.hostPort));
    const containerIds = covering.flatMap((listener) => listener.containerId ?? []);
    // The engine's own forwarder listens for our container: the host sees it as a process without a container.
    if (containerIds.some((id) => ours.has(id))) return [];
    const holder = covering.find((listener) => listener.containerId !== undefined) ?? covering[0];
    if (holder === undefined) return [];
    return [
      {
        code: 'port-taken',
        service: service.definition.id,
        address: publish.hostAddress,
        port: publish.hostPort,
        owner: describeHolder(holder),
      },
    ];
  });
}

function describeHolder(holder: Listener): string {
  const isWider = holder.address === '0.0.0.0' || holder.address === '::';
  return isWider ? `${holder.owner}, listening on ${holder.address}:${holder.port}` : holder.owner;
}

function covers(listener: Listener, address: string, port: number): boolean {
  if (listener.port !== port) return false;
  if (listener.address === address || isWildcard(listener.address)) return true;
  // Who wants every address of a family is in the way of anybody who holds one.
  return isWildcard(address) && listener.address.includes(':') === address.includes(':');
}

// The service's container among those that carry our label. Names do not count: labels are ownership.
export function findContainer(observed: Observed, service: string): ObservedContainer | undefined {
  return observed.containers.find(
    (container) => isOurs(container.labels) && container.labels[labels.service] === service,
  );
}

// What a container of ours is of.
export function serviceOf(container: ObservedContainer): string {
  return container.labels[labels.service] ?? container.name;
}
