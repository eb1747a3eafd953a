// Desired + observed -> the operations that make them agree. Only what differs is touched.
import { checkOf, overridesInForce } from './config-check.ts';
import { criticalFirst } from './critical-first.ts';
import { findConflicts, findContainer, serviceOf } from './conflicts.ts';
import type { DesiredService, DesiredStack } from './desired.ts';
import { desiredFiles } from './desired-files.ts';
import type { Failure } from './failure.ts';
import { holdersOf } from './held-doors.ts';
import { isOurs, labels, networkName } from './identity.ts';
import type { Observed, ObservedContainer, ObservedImage } from './observed.ts';
import { operationId, type Operation, type Plan, type PlannedOperation } from './plan.ts';
import { withNeeds } from './selection.ts';

export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  // Nothing is done at all: a half that must fail later is worse than a clear word now.
  | { readonly ok: false; readonly failures: readonly Failure[] };

export interface UpRequest {
  readonly chosen: readonly DesiredService[];
  // Containers of services that were switched off go, when the whole stack is asked for.
  readonly wholeStack: boolean;
  // Service -> configuration hash of a container that stays as it is: what should take its place was refused.
  readonly kept?: Readonly<Record<string, string>>;
}

const configurationChanged = 'its configuration changed';

type Add = (operation: Operation, cause: string, after?: readonly (string | undefined)[]) => string;

export function planUp(desired: DesiredStack, observed: Observed, request: UpRequest): PlanResult {
  const services = withHolders(desired, observed, withNeeds(desired, request.chosen));
  const failures = findConflicts(services, observed);
  if (failures.length > 0) return { ok: false, failures };

  const operations: PlannedOperation[] = [];
  const add: Add = (operation, cause, after = []) => {
    const id = operationId(operation);
    operations.push({ id, operation, cause, after: after.filter((wait) => wait !== undefined) });
    return id;
  };

  const network = planNetwork(desired, observed, add);
  const volumes = planVolumes(services, observed, add);
  planLeftovers(desired, observed, request.wholeStack ? observed.containers : holdersOfAll(services, observed), add);
  const started = new Map<string, string>();
  for (const service of inOrderOfNeed(services)) {
    planService(service, desired, observed, { network, volumes, started, kept: request.kept ?? {} }, add);
  }
  const ids = new Set(operations.map(({ id }) => id));
  // A door that is held is waited for only where its holder does go.
  const planned = operations.map((each) => ({ ...each, after: each.after.filter((id) => ids.has(id)) }));
  return { ok: true, plan: { operations: criticalFirst(planned) } };
}

function holdersOfAll(services: readonly DesiredService[], observed: Observed): readonly ObservedContainer[] {
  return services.flatMap((service) => holdersOf(service, observed));
}

// Whoever holds a door that one of these is to have comes along: it gives the door up by being made anew.
function withHolders(
  desired: DesiredStack,
  observed: Observed,
  services: readonly DesiredService[],
): readonly DesiredService[] {
  const ids = new Set(holdersOfAll(services, observed).map(serviceOf));
  const holders = desired.services.filter(({ container }) => ids.has(container.service));
  return holders.length === 0 ? services : withNeeds(desired, [...services, ...holders]);
}

function planNetwork(desired: DesiredStack, observed: Observed, add: Add): string | undefined {
  const existing = observed.networks.find((network) => network.name === networkName);
  if (existing?.subnets.includes(desired.network.subnet)) return undefined;
  // No container can keep its address on a network that is gone or of another shape: all of ours are made anew with it.
  const removals = observed.containers
    .filter((container) => isOurs(container.labels))
    .map((container) => planRemoval(desired, container, 'its network is made anew', [], add));
  if (existing === undefined) {
    return add({ kind: 'create-network', network: desired.network }, 'there is none', removals);
  }
  const cause = `it has ${existing.subnets.join(', ') || 'no subnet'}, not ${desired.network.subnet}`;
  const removed = add({ kind: 'remove-network', name: existing.name, networkId: existing.id }, cause, removals);
  return add({ kind: 'create-network', network: desired.network }, cause, [removed]);
}

function planVolumes(services: readonly DesiredService[], observed: Observed, add: Add): ReadonlyMap<string, string> {
  const present = new Set(observed.volumes.map((volume) => volume.name));
  const names = new Set(services.flatMap((service) => service.container.volumes.map((use) => use.name)));
  return new Map(
    [...names]
      .filter((name) => !present.has(name))
      .map((name) => [name, add({ kind: 'create-volume', name }, 'there is none')]),
  );
}

function planLeftovers(
  desired: DesiredStack,
  observed: Observed,
  containers: readonly ObservedContainer[],
  add: Add,
): void {
  const wanted = new Set(desired.services.map((service) => service.definition.id));
  // With its network every container of ours goes, and is planned there.
  if (!observed.networks.some(({ name, subnets }) => name === networkName && subnets.includes(desired.network.subnet)))
    return;
  for (const container of new Set(containers)) {
    if (!isOurs(container.labels) || wanted.has(serviceOf(container))) continue;
    planRemoval(desired, container, 'the service is switched off', [], add);
  }
}

// Asked to stop before it goes: what it holds in memory reaches its volume.
function planRemoval(
  desired: DesiredStack,
  container: ObservedContainer,
  cause: string,
  after: readonly (string | undefined)[],
  add: Add,
): string {
  const service = serviceOf(container);
  const seconds = desired.services.find((own) => own.definition.id === service)?.container.stopSeconds ?? 10;
  const isUp = container.phase === 'running' || container.phase === 'restarting';
  const stopped = isUp
    ? add({ kind: 'stop-container', service, containerId: container.id, seconds }, cause, after)
    : undefined;
  return add({ kind: 'remove-container', service, containerId: container.id, name: container.name }, cause, [
    ...after,
    stopped,
  ]);
}

interface Ground {
  readonly network: string | undefined;
  readonly volumes: ReadonlyMap<string, string>;
  // Service id -> the operation that starts it.
  readonly started: Map<string, string>;
  readonly kept: Readonly<Record<string, string>>;
}

function planService(
  service: DesiredService,
  desired: DesiredStack,
  observed: Observed,
  ground: Ground,
  add: Add,
): void {
  const { container } = service;
  const id = container.service;
  const current = findContainer(observed, id);
  const image = observed.images[id];
  const isUsable = image !== undefined && image.origin !== 'unknown';
  const pulled = isUsable
    ? undefined
    : add(
        { kind: 'pull-image', service: id, container },
        image === undefined ? 'the image is not here' : 'the image of that name is not the pinned one',
      );
  // What runs already is not waited for: starting needs only that it is there.
  const waitsFor = service.definition.startsAtOnce === true ? [] : service.needs;
  const needed = [
    ...waitsFor.map((need) => ground.started.get(need)),
    ...holdersOf(service, observed).map((holder) => `remove-container ${serviceOf(holder)}`),
  ];
  // On a network made anew every container is already planned to go.
  const isGone = current === undefined || ground.network !== undefined;
  const drift = isGone || isKept(current, ground.kept[id]) ? undefined : findDrift(service, current, image?.id);

  if (!isGone && drift === undefined) {
    if (current.phase === 'running') return;
    const prepared = planPrepared(service, current, add);
    const started = add({ kind: 'start-container', service: id, container }, phaseWords(current), [
      ...needed,
      prepared,
    ]);
    ground.started.set(id, started);
    planReady(service, started, add);
    return;
  }
  const checked = planCheck(service, drift, { desired, image: isUsable ? image : undefined, pulled }, add);
  const removed =
    isGone || current === undefined
      ? operationIfPlanned(current, id)
      : planRemoval(desired, current, drift ?? '', [pulled, checked], add);
  const cause = drift ?? 'there is none';
  const volumes = container.volumes.map((use) => ground.volumes.get(use.name));
  const created = add({ kind: 'create-container', service: id, container }, cause, [
    ground.network,
    ...volumes,
    pulled,
    checked,
    removed,
  ]);
  const ready =
    desiredFiles(container).length === 0
      ? created
      : add(
          { kind: 'upload-files', service: id, container },
          `${count(desiredFiles(container).length, 'configuration file')}`,
          [created],
        );
  const started = add({ kind: 'start-container', service: id, container }, cause, [ready, ...needed]);
  ground.started.set(id, started);
  planReady(service, started, add);
}

interface CheckGround {
  readonly desired: DesiredStack;
  readonly image: ObservedImage | undefined;
  readonly pulled: string | undefined;
}

// Our own configuration is tested: before a first start it would only cost time. What takes the place of something that
// works, and what the user wrote, is looked at first.
function planCheck(
  service: DesiredService,
  drift: string | undefined,
  { desired, image, pulled }: CheckGround,
  add: Add,
): string | undefined {
  const check = checkOf(service, image);
  const { container } = service;
  const templates = overridesInForce(desired, container.service).map(({ template }) => template);
  if (check === undefined || (drift !== configurationChanged && templates.length === 0)) return undefined;
  const cause = templates.length === 0 ? configurationChanged : `${templates.join(', ')} is the user's own`;
  return add({ kind: 'check-config', service: container.service, container, check }, cause, [pulled]);
}

function isKept(current: ObservedContainer, hash: string | undefined): boolean {
  const { phase } = current;
  return (
    hash !== undefined && current.labels[labels.configHash] === hash && (phase === 'running' || phase === 'exited')
  );
}

function operationIfPlanned(current: ObservedContainer | undefined, service: string): string | undefined {
  return current === undefined ? undefined : `remove-container ${service}`;
}

// A container that was created but never started may lack its files: whoever made it was killed in between.
function planPrepared(service: DesiredService, current: ObservedContainer, add: Add): string | undefined {
  if (current.phase !== 'created' || desiredFiles(service.container).length === 0) return undefined;
  const { container } = service;
  return add({ kind: 'upload-files', service: container.service, container }, 'it was created but never started');
}

function planReady(service: DesiredService, started: string, add: Add): void {
  add({ kind: 'await-ready', service: service.container.service, probe: service.probe }, service.probe.url, [started]);
}

function findDrift(
  service: DesiredService,
  current: ObservedContainer,
  imageId: string | undefined,
): string | undefined {
  if (current.labels[labels.configHash] !== service.container.configHash) return configurationChanged;
  if (imageId !== undefined && current.imageId !== imageId) return 'its image changed';
  if (current.name !== service.container.name) return `it is named ${current.name}`;
  if (current.phase !== 'running' && current.networks?.some((name) => name !== networkName) === true) {
    // It joined them while it ran. One that is gone, or was made anew, would keep it from starting.
    return 'it is on networks of others';
  }
  if (current.phase === 'dead' || current.phase === 'removing' || current.phase === 'paused') {
    return `it is ${current.phase}`;
  }
  return undefined;
}

function phaseWords(current: ObservedContainer): string {
  if (current.phase === 'created') return 'it was created but never started';
  if (current.phase === 'restarting') return 'it keeps restarting';
  return current.exitCode === undefined || current.exitCode === 0
    ? 'it is stopped'
    : `it exited with code ${current.exitCode}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

// Needed services first, so that the start of each is known when its dependents are planned.
function inOrderOfNeed(services: readonly DesiredService[]): readonly DesiredService[] {
  const byId = new Map(services.map((service) => [service.definition.id, service]));
  const ordered = new Set<DesiredService>();
  const visit = (service: DesiredService): void => {
    for (const id of service.needs) {
      const needed = byId.get(id);
      if (needed !== undefined && !ordered.has(needed)) visit(needed);
    }
    ordered.add(service);
  };
  services.forEach(visit);
  return [...ordered];
}
