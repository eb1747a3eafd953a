// Which containers of ours hold a port that another service of ours is to have: Tempo and Alloy take turns on one
// address, by what is switched on. Pure.
import { serviceOf } from './conflicts.ts';
import type { DesiredService } from './desired.ts';
import { isOurs } from './identity.ts';
import type { Observed, ObservedContainer } from './observed.ts';
import { isWildcard } from './publishes.ts';

export function holdersOf(service: DesiredService, observed: Observed): readonly ObservedContainer[] {
  const holds = (id: string): boolean =>
    observed.listeners.some(
      (listener) =>
        listener.containerId === id &&
        service.container.publishes.some(
          ({ hostAddress, hostPort }) =>
            listener.port === hostPort &&
            (listener.address === hostAddress || isWildcard(listener.address) || isWildcard(hostAddress)),
        ),
    );
  return observed.containers.filter(
    (container) =>
      isOurs(container.labels) && serviceOf(container) !== service.container.service && holds(container.id),
  );
}
