// desired + observed + activity -> what is shown. Pure.
import { serviceActions, stackActions } from './actions.ts';
import type { ServiceDefinition } from './catalog/service.ts';
import { findContainer } from './conflicts.ts';
import type { DesiredService, DesiredStack } from './desired.ts';
import type { Failure } from './failure.ts';
import { failureText } from './failure-text.ts';
import { isOurs, labels } from './identity.ts';
import type { Observed, ObservedImage } from './observed.ts';
import { openKinds, removesContainer, runningKinds, waitsFor, type CommandProgress } from './progress.ts';
import type {
  Activity,
  EngineState,
  HostSnapshot,
  ServiceSnapshot,
  Snapshot,
  StackSnapshot,
  StackState,
} from './snapshot.ts';
import { deriveStatus, type ProbeResult, type ServiceStatus } from './status.ts';

export interface SnapshotInput {
  readonly number: number;
  readonly now: number;
  readonly engine: EngineState;
  readonly catalog: readonly ServiceDefinition[];
  readonly desired: DesiredStack;
  // Service -> configuration hash of a container that stays as it is: what should take its place was refused.
  readonly kept?: Readonly<Record<string, string>>;
  // undefined while no engine was ever looked at.
  readonly observed: Observed | undefined;
  // Service id -> what its probe said last.
  readonly probes: Readonly<Record<string, ProbeResult>>;
  // Ids of containers that have been ready since they started.
  readonly readyContainers: ReadonlySet<string>;
  readonly progress: CommandProgress | undefined;
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
  readonly baseDomain: string;
  readonly trayVisible: boolean | undefined;
  readonly host?: HostSnapshot | undefined;
  // By the settings alone.
  readonly isFirstUse?: boolean;
  readonly previous: Snapshot | undefined;
}

export function deriveSnapshot(input: SnapshotInput): Snapshot {
  const services = input.catalog.map((definition) => deriveService(definition, input));
  const progress = input.progress;
  const changed = changedServices(input);
  return {
    number: input.number,
    engine: input.engine,
    stack: deriveStack(services, input, changed.length > 0),
    services,
    ...(progress === undefined ? {} : { activity: deriveActivity(progress) }),
    failures: input.failures.map((failure) => ({ failure, text: failureText(failure) })),
    notes: [...input.notes, ...changeNotes(changed), ...substituteNotes(services)],
    baseDomain: input.baseDomain,
    ...(input.host === undefined ? {} : { host: input.host }),
    ...(isFirstRun(input) ? { firstRun: true } : {}),
    ...(input.trayVisible === undefined ? {} : { trayVisible: input.trayVisible }),
  };
}

// Whoever has containers or data of the stack has met it before, if only on the command line. While an engine is being
// looked for that is not known, and nothing is said.
function isFirstRun({ isFirstUse = false, engine, observed }: SnapshotInput): boolean {
  if (!isFirstUse || engine.kind === 'connecting') return false;
  return ![...(observed?.containers ?? []), ...(observed?.volumes ?? [])].some((thing) => isOurs(thing.labels));
}

function deriveService(definition: ServiceDefinition, input: SnapshotInput): ServiceSnapshot {
  const { id } = definition;
  const service = input.desired.services.find((candidate) => candidate.definition.id === id);
  const container = input.observed === undefined ? undefined : findContainer(input.observed, id);
  const image = input.observed?.images[id];
  const status = service === undefined ? disabledStatus(container?.phase) : statusOf(service, input);
  const before = input.previous?.services.find((candidate) => candidate.id === id);
  const pull = input.progress?.pulls[id];
  const isConnected = input.engine.kind === 'connected';
  return {
    id,
    title: definition.title,
    group: definition.group,
    summary: definition.summary,
    enabled: service !== undefined,
    state: status.state,
    reason: status.reason,
    since: before !== undefined && before.state === status.state ? before.since : beganAt(status, input, id),
    image: deriveImage(definition, image),
    container: definition.containerName,
    ...(container === undefined ? {} : { containerId: container.id }),
    address: service?.container.address ?? '',
    published: service?.container.publishes.map((publish) => `${publish.hostAddress}:${publish.hostPort}`) ?? [],
    urls: service?.urls ?? [],
    ...(service?.dashboard === undefined ? {} : { dashboard: service.dashboard }),
    needs: service?.needs ?? [],
    ...(pull === undefined || status.state !== 'pulling' ? {} : { pull }),
    actions: serviceActions(status.state, {
      engineConnected: isConnected,
      enabled: service !== undefined,
      busy: input.progress !== undefined,
      hasContainer: container !== undefined,
      hasPage: definition.open !== undefined && (service?.urls.length ?? 0) > 0,
    }),
  };
}

// A container that was up before we looked has been in its state for as long as it runs.
function beganAt(status: ServiceStatus, input: SnapshotInput, id: string): number {
  if (
    input.previous?.services.some((service) => service.id === id) === true &&
    input.previous.engine.kind === 'connected'
  ) {
    return input.now;
  }
  const container = input.observed === undefined ? undefined : findContainer(input.observed, id);
  const known = status.state === 'off' || status.state === 'failed' ? container?.finishedAt : container?.startedAt;
  return known ?? input.now;
}

function disabledStatus(phase: string | undefined): ServiceStatus {
  if (phase === 'running') return { state: 'ready', reason: 'Switched off in Settings; goes with the next Start' };
  return { state: 'off', reason: 'Switched off in Settings' };
}

function statusOf(service: DesiredService, input: SnapshotInput): ServiceStatus {
  if (input.engine.kind === 'unavailable')
    return { state: 'off', reason: 'Not known while no container engine answers' };
  const { id } = service.definition;
  const container = input.observed === undefined ? undefined : findContainer(input.observed, id);
  return deriveStatus({
    service,
    container,
    probe: input.probes[id],
    wasReady: container !== undefined && input.readyContainers.has(container.id),
    running: runningKinds(input.progress, id),
    open: openKinds(input.progress, id),
    waitingFor: waitsFor(input.progress, id),
    isRemoved: removesContainer(input.progress, id),
    failure: input.failures.find((failure) => isAbout(failure, service)),
    now: input.now,
  });
}

function isAbout(failure: Failure, service: DesiredService): boolean {
  if ('service' in failure) return failure.service === service.definition.id;
  if ('image' in failure) return failure.image === imageName(service.definition);
  return failure.code === 'foreign-container' && failure.name === service.definition.containerName;
}

export function imageName(definition: Pick<ServiceDefinition, 'image'>): string {
  return `${definition.image.repository}:${definition.image.tag}`;
}

function deriveImage(definition: ServiceDefinition, image: ObservedImage | undefined): ServiceSnapshot['image'] {
  const origin = image?.origin;
  return {
    name: imageName(definition),
    digest: definition.image.digest,
    present: origin !== undefined && origin !== 'unknown',
    ...(origin === undefined || origin === 'pinned' || origin === 'unknown' ? {} : { substitute: origin }),
  };
}

function deriveActivity(progress: CommandProgress): Activity {
  const finished = progress.operations.filter(
    (operation) => operation.state !== 'waiting' && operation.state !== 'running',
  );
  return {
    command: progress.command,
    startedAt: progress.startedAt,
    operationsDone: finished.length,
    operationsTotal: progress.operations.length,
  };
}

function deriveStack(services: readonly ServiceSnapshot[], input: SnapshotInput, differs: boolean): StackSnapshot {
  const enabled = services.filter((service) => service.enabled);
  const state = stackState(enabled, input);
  return {
    state,
    summary: stackSummary(state, enabled, input),
    actions: stackActions(state, {
      engineConnected: input.engine.kind === 'connected',
      busy: input.progress !== undefined,
      differs,
      anyContainerUp: (input.observed?.containers ?? []).some(
        (container) => isOurs(container.labels) && (container.phase === 'running' || container.phase === 'restarting'),
      ),
    }),
  };
}

function stackState(services: readonly ServiceSnapshot[], input: SnapshotInput): StackState {
  if (input.engine.kind !== 'connected' || input.observed === undefined) return 'unknown';
  const states = new Set(services.map((service) => service.state));
  if (input.progress !== undefined || states.has('pulling') || states.has('stopping')) return 'working';
  if (states.has('failed')) return 'failed';
  if (states.has('starting')) return 'working';
  if (states.size === 0 || (states.size === 1 && states.has('off'))) return 'off';
  return states.size === 1 && states.has('ready') ? 'ready' : 'degraded';
}

function stackSummary(state: StackState, services: readonly ServiceSnapshot[], input: SnapshotInput): string {
  const ready = services.filter((service) => service.state === 'ready').length;
  const named = (wanted: string) =>
    services.filter((service) => service.state === wanted).map((service) => service.title);
  switch (state) {
    case 'unknown':
      return input.engine.kind === 'unavailable' ? input.engine.failure.text.title : 'Looking for a container engine';
    case 'off':
      return 'The stack is off';
    case 'ready':
      return services.length === 1 ? `${services[0]?.title} is ready` : `All ${services.length} services are ready`;
    case 'working':
      return `${ready} of ${services.length} services are ready`;
    case 'failed':
      return `${named('failed').join(', ')} failed; ${ready} of ${services.length} services are ready`;
    case 'degraded': {
      const worse = [
        ...named('degraded').map((title) => `${title} is degraded`),
        ...named('off').map((title) => `${title} is off`),
      ];
      return `${ready} of ${services.length} services are ready: ${worse.join(', ')}`;
    }
  }
}

// Titles of services that run otherwise than the settings and images of now would have it.
function changedServices(input: SnapshotInput): readonly string[] {
  const { observed, desired } = input;
  if (observed === undefined || input.engine.kind !== 'connected') return [];
  return input.catalog.flatMap((definition) => {
    const container = findContainer(observed, definition.id);
    if (container?.phase !== 'running') return [];
    const service = desired.services.find((candidate) => candidate.definition.id === definition.id);
    const image = observed.images[definition.id];
    const isSame =
      service !== undefined &&
      [service.container.configHash, input.kept?.[definition.id]].includes(container.labels[labels.configHash]) &&
      (image === undefined || image.origin === 'unknown' || image.id === container.imageId);
    return isSame ? [] : [definition.title];
  });
}

function changeNotes(titles: readonly string[]): readonly string[] {
  return titles.length === 0 ? [] : [`Changed since they were started: ${titles.join(', ')}. Start applies it.`];
}

function substituteNotes(services: readonly ServiceSnapshot[]): readonly string[] {
  const stubs = services.filter((service) => service.enabled && service.image.substitute === 'stub');
  if (stubs.length === 0) return [];
  const titles = stubs.map((service) => service.title).join(', ');
  return [
    `${titles}: only a stub is here, not the real program. It appears as soon as its image can be downloaded or loaded.`,
  ];
}
