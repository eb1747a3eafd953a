// What is kept of one signal goes: its service gets an empty volume. The others are not touched.
import { checkOf } from './config-check.ts';
import { findContainer } from './conflicts.ts';
import type { ServiceDefinition } from './catalog/service.ts';
import type { DesiredService, DesiredStack } from './desired.ts';
import { desiredFiles } from './desired-files.ts';
import type { VolumeUser } from './engine-port.ts';
import type { Failure } from './failure.ts';
import { isOurs, labels } from './identity.ts';
import type { Observed, ObservedContainer } from './observed.ts';
import { operationId, type Operation, type Plan, type PlannedOperation } from './plan.ts';
import type { PlanResult } from './reconcile-up.ts';

const cause = 'asked to delete what it keeps';

// Volume name -> containers that have it.
export type VolumeUsers = Readonly<Record<string, readonly VolumeUser[]>>;

type Add = (operation: Operation, cause: string, after?: readonly (string | undefined)[]) => string;

// A service that is not up is not started: only its container and its volumes go. Interrupted anywhere, what is left is
// a service without a container or with one that never started, and the next "up" makes it run again: with its data
// when that had not gone by then, since nothing remembers a wipe.
export function planWipe(
  desired: DesiredStack,
  observed: Observed,
  definition: ServiceDefinition,
  users: VolumeUsers,
): PlanResult {
  const names = definition.volumes.map((use) => use.name);
  const volumes = observed.volumes.filter((volume) => names.includes(volume.name));
  const foreign = volumes.filter((volume) => !isOurs(volume.labels));
  if (foreign.length > 0) {
    return { ok: false, failures: foreign.map(({ name }) => ({ code: 'foreign-volume', name })) };
  }
  const current = findContainer(observed, definition.id);
  // Found out only when the volume is to go, it would leave the service without a container.
  const failures = volumes.flatMap(({ name }) => heldBy(name, current, users));
  if (failures.length > 0) return { ok: false, failures };

  const operations: PlannedOperation[] = [];
  const add: Add = (operation, why, after = []) => {
    const id = operationId(operation);
    operations.push({ id, operation, cause: why, after: after.filter((wait) => wait !== undefined) });
    return id;
  };
  const service = desired.services.find((candidate) => candidate.definition.id === definition.id);
  const comesBack = service !== undefined && current !== undefined && isUp(current);
  // Before anything goes: what would keep the service from coming back.
  const prepared = comesBack ? planPrepared(service, current, observed, add) : undefined;
  const removed = planRemoval(definition, current, prepared, add);
  const removals = volumes.map(({ name }) => add({ kind: 'remove-volume', name }, cause, [removed]));
  if (comesBack) planReturn(service, [removed, ...removals], add);
  const plan: Plan = { operations };
  return { ok: true, plan };
}

function heldBy(name: string, current: ObservedContainer | undefined, users: VolumeUsers): readonly Failure[] {
  // Programs that outlived their command go with the volume.
  const others = (users[name] ?? []).filter(
    (user) => user.id !== current?.id && user.labels[labels.check] === undefined,
  );
  if (others.length === 0) return [];
  return [{ code: 'volume-in-use', name, containers: others.map((user) => user.name).toSorted() }];
}

function planPrepared(
  service: DesiredService,
  current: ObservedContainer,
  observed: Observed,
  add: Add,
): string | undefined {
  const { container } = service;
  const image = observed.images[container.service];
  const isUsable = image !== undefined && image.origin !== 'unknown';
  const pulled = isUsable
    ? undefined
    : add({ kind: 'pull-image', service: container.service, container }, 'the image is not here');
  const check = checkOf(service, image);
  // The configuration that it runs with was judged before.
  if (check === undefined || current.labels[labels.configHash] === container.configHash) return pulled;
  const checked: Operation = { kind: 'check-config', service: container.service, container, check };
  return add(checked, 'its configuration changed', [pulled]);
}

function planRemoval(
  definition: ServiceDefinition,
  current: ObservedContainer | undefined,
  prepared: string | undefined,
  add: Add,
): string | undefined {
  if (current === undefined) return prepared;
  const { id: service, stopSeconds: seconds } = definition;
  const stopped = isUp(current)
    ? add({ kind: 'stop-container', service, containerId: current.id, seconds }, cause, [prepared])
    : undefined;
  return add({ kind: 'remove-container', service, containerId: current.id, name: current.name }, cause, [
    stopped ?? prepared,
  ]);
}

function planReturn({ container, probe }: DesiredService, after: readonly (string | undefined)[], add: Add): void {
  const { service } = container;
  const volumes = container.volumes.map(({ name }) =>
    add({ kind: 'create-volume', name }, 'an empty one takes its place', after),
  );
  const again = 'it ran before';
  const created = add({ kind: 'create-container', service, container }, again, [...after, ...volumes]);
  const count = desiredFiles(container).length;
  const filled =
    count === 0
      ? created
      : add({ kind: 'upload-files', service, container }, `${count} configuration file${count === 1 ? '' : 's'}`, [
          created,
        ]);
  const started = add({ kind: 'start-container', service, container }, again, [filled]);
  add({ kind: 'await-ready', service, probe }, probe.url, [started]);
}

function isUp({ phase }: ObservedContainer): boolean {
  return phase === 'running' || phase === 'restarting' || phase === 'paused';
}
