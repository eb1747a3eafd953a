// The containers that the running app tells of: those of the stack, and those that ask for it by their label. Pure.
import { isOurs, labels } from '../identity.ts';
import type { Observed } from '../observed.ts';

export interface FeedSource {
  readonly id: string;
  // The label "service" of its figures and "service_name" of its logs: the id of a service, Compose's name of it, else
  // the container's own. Alloy calls it the same.
  readonly service: string;
  readonly containerName: string;
  readonly isRunning: boolean;
  // Differs between the runs of one container; undefined where it is not told (of others only those that run are seen).
  readonly startedAt?: number;
  // Not of the stack.
  readonly isObserved: boolean;
}

// Those that were never started have neither figures nor lines.
export function feedSources(observed: Observed | undefined): readonly FeedSource[] {
  if (observed === undefined) return [];
  const own = observed.containers.flatMap((container): FeedSource[] => {
    const service = container.labels[labels.service];
    if (!isOurs(container.labels) || service === undefined || container.phase === 'created') return [];
    // A service's program that checks its configuration.
    if (container.labels[labels.check] !== undefined) return [];
    const { id, name: containerName, phase, startedAt } = container;
    const run = startedAt === undefined ? {} : { startedAt };
    return [{ id, service, containerName, isRunning: phase === 'running', isObserved: false, ...run }];
  });
  const others = (observed.labelled ?? []).flatMap((container): FeedSource[] => {
    if (container.labels[labels.observe] !== 'true' || own.some(({ id }) => id === container.id)) return [];
    const { id, name } = container;
    const service = container.labels[labels.service] ?? container.labels[labels.composeService] ?? name;
    return [{ id, service, containerName: name, isRunning: true, isObserved: true }];
  });
  return [...own, ...others];
}
