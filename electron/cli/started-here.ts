// Which services run, and which of them a command has started: only those are its to stop. Pure.
import { isOurs, labels } from '../core/identity.ts';
import type { ContainerPhase, Observed } from '../core/observed.ts';
import type { ServiceSnapshot } from '../core/snapshot.ts';

// The phases that "stop" ends. A state such as "failed" does not tell: its container may be running all the same.
const runningPhases: readonly ContainerPhase[] = ['running', 'restarting', 'paused'];

export function runningServices(observed: Pick<Observed, 'containers'> | undefined): ReadonlySet<string> {
  const running = (observed?.containers ?? []).filter(
    (container) => isOurs(container.labels) && runningPhases.includes(container.phase),
  );
  return new Set(running.flatMap((container) => container.labels[labels.service] ?? []));
}

export interface Lifetime {
  // What the end of the command stops. A start that was cancelled may still come about, so not only what is seen running.
  readonly toStop: readonly string[];
  // What it was about but ran before it.
  readonly toKeep: readonly string[];
}

export function lifetimeOf(
  services: readonly Pick<ServiceSnapshot, 'id' | 'enabled'>[],
  ranBefore: ReadonlySet<string>,
): Lifetime {
  const ids = services.filter((service) => service.enabled).map((service) => service.id);
  return { toStop: ids.filter((id) => !ranBefore.has(id)), toKeep: ids.filter((id) => ranBefore.has(id)) };
}
