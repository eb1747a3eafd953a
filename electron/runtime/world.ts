// What the runtime knows at this moment, and the snapshot that follows from it. The only mutable state there is.
import { chooseSubnet, type SubnetChoice } from '../core/subnet.ts';
import { findContainer } from '../core/conflicts.ts';
import { defaultSubnetPrefix, deriveDesired, type DesiredStack, type Probe } from '../core/desired.ts';
import { deriveSnapshot } from '../core/derive-snapshot.ts';
import type { EngineEvent, EnginePort, ObserveQuery } from '../core/engine-port.ts';
import { lanLinks } from '../core/host/lan.ts';
import type { LanNetwork } from '../core/host/host-facts.ts';
import type { GuardIntent, HostState } from '../core/host/host-request.ts';
import { wantedNames } from '../core/host/wanted-names.ts';
import type { LanPublishing } from '../core/publishes.ts';
import type { Settings } from '../core/settings.ts';
import type { EngineAttempt, Failure } from '../core/failure.ts';
import type { Observed } from '../core/observed.ts';
import type { CommandProgress } from '../core/progress.ts';
import type { EngineState, HostSnapshot, Snapshot } from '../core/snapshot.ts';
import type { ProbeResult } from '../core/status.ts';
import { lanViewNow } from './lan-view.ts';
import { createSnapshotStore, type SnapshotStore } from './snapshot-store.ts';
import type { RuntimeParts } from './runtime-api.ts';

interface Knowledge {
  engineState: EngineState;
  engine: EnginePort | undefined;
  rejected: readonly EngineAttempt[];
  observed: Observed | undefined;
  subnet: SubnetChoice;
  probes: Readonly<Record<string, ProbeResult>>;
  // Ids of containers that have been ready since they last started.
  readyContainers: ReadonlySet<string>;
  progress: CommandProgress | undefined;
  failures: readonly Failure[];
  trayVisible: boolean | undefined;
  // What the root program's record says is set up; undefined until it was read.
  record: HostState | undefined;
  // Whether the guard that this user's LAN mode wants is in force.
  isGuarded: boolean;
  // The guard that is in force, also another user's.
  guard: GuardIntent | undefined;
  // The network that this machine is on, as far as it was looked at.
  network: LanNetwork | undefined;
  // Names that were set up but lead elsewhere, at the last look.
  hasBrokenNames: boolean;
  // Until then (milliseconds since 1970) the look and the probes of a one-shot connect are the present.
  freshUntil: number;
  desired(): DesiredStack;
}

export interface World extends Knowledge {
  readonly store: SnapshotStore;
  // Shows what is known now.
  publish(): void;
  // Asks a service. One that cannot be asked from here counts as ready as soon as it runs; a note says so.
  ask(probe: Probe, signal: AbortSignal): Promise<ProbeResult>;
  // Its services listen on another machine: nothing of this host's ports and routes concerns them.
  isRemote(): boolean;
  setProbe(service: string, containerId: string, result: ProbeResult): void;
}

export function createWorld(parts: RuntimeParts): World {
  let cached: { readonly key: string; readonly desired: DesiredStack } | undefined;
  const knowledge: Knowledge = {
    engineState: { kind: 'connecting' },
    engine: undefined,
    rejected: [],
    observed: undefined,
    subnet: { kind: 'chosen', prefix: defaultSubnetPrefix },
    probes: {},
    readyContainers: new Set(),
    progress: undefined,
    failures: [],
    trayVisible: undefined,
    record: undefined,
    isGuarded: false,
    guard: undefined,
    network: undefined,
    hasBrokenNames: false,
    freshUntil: 0,
    desired() {
      const settings = parts.settings.get();
      const subnetPrefix = knowledge.subnet.kind === 'chosen' ? knowledge.subnet.prefix : defaultSubnetPrefix;
      const publishing = {
        loopbackAddresses: parts.hasLoopbackAddresses(),
        ...(parts.asksIPv6First ? { loopback6: true } : {}),
        port80: settings.publishPort80 && mayPublishPort80(knowledge, parts),
      };
      const lan = lanPublishing(knowledge, settings, parts.clock.now());
      const names = knowledge.hasBrokenNames ? [] : namesOf(knowledge.record);
      const key = JSON.stringify([settings, subnetPrefix, publishing, lan, names]);
      if (cached?.key === key) return cached.desired;
      const { catalog, templates, hash } = parts;
      const desired = deriveDesired({
        catalog,
        settings,
        templates,
        publishing,
        subnetPrefix,
        names,
        hash,
        ...(lan === undefined ? {} : { lan }),
      });
      cached = { key, desired };
      return desired;
    },
  };
  const store = createSnapshotStore(snapshotOf(knowledge, parts, 0, undefined));
  const world: World = Object.assign(knowledge, {
    store,
    publish() {
      store.publish((number, previous) => snapshotOf(world, parts, number, previous));
    },
    async ask(probe: Probe, signal: AbortSignal): Promise<ProbeResult> {
      return probe.canAsk && remoteHost(knowledge) === undefined ? parts.probe(probe, signal) : { kind: 'ready' };
    },
    isRemote: () => remoteHost(knowledge) !== undefined,
    setProbe(service: string, containerId: string, result: ProbeResult) {
      world.probes = { ...world.probes, [service]: result };
      if (result.kind === 'ready') world.readyContainers = new Set([...world.readyContainers, containerId]);
      world.publish();
    },
  });
  return world;
}

export function observeQuery(world: World, parts: RuntimeParts): ObserveQuery {
  return {
    containerNames: parts.catalog.map((service) => service.containerName),
    volumeNames: world.desired().volumes,
    images: Object.fromEntries(parts.catalog.map((service) => [service.id, service.image])),
  };
}

// The engine's word that a container ended is shown at once. Looking is slower: the engine answers for that container
// only after it has taken its network apart, which lasts a tenth of a second and more.
export function noteDeath(world: World, event: EngineEvent): void {
  if (
    world.observed?.containers.some((container) => container.id === event.id && container.phase === 'running') !== true
  ) {
    return;
  }
  const containers = world.observed.containers.map((container) =>
    container.id === event.id
      ? {
          ...container,
          phase: 'exited' as const,
          finishedAt: event.at,
          ...(event.exitCode === undefined ? {} : { exitCode: event.exitCode }),
        }
      : container,
  );
  acceptObservation(world, { ...world.observed, containers });
  world.publish();
}

// Takes over a new observation: what it says of containers that started anew makes older knowledge void.
export function acceptObservation(world: World, observed: Observed): void {
  const before = world.observed;
  const isSameRun = (id: string): boolean => {
    const now = observed.containers.find((container) => container.id === id);
    const then = before?.containers.find((container) => container.id === id);
    return now?.phase === 'running' && (then === undefined || then.startedAt === now.startedAt);
  };
  world.observed = observed;
  world.subnet = chooseSubnet(observed);
  world.readyContainers = new Set([...world.readyContainers].filter(isSameRun));
  const services = Object.entries(world.probes).filter(([service]) => {
    const container = findContainer(observed, service);
    return container !== undefined && isSameRun(container.id);
  });
  world.probes = Object.fromEntries(services);
}

// Nothing is published to the LAN unless its guard stands.
function lanPublishing(world: Knowledge, { lan }: Settings, now: number): LanPublishing | undefined {
  if (lan === null || !world.isGuarded || (lan.until !== undefined && lan.until <= now)) return undefined;
  return { services: lan.services, ipv6: lan.network.ranges.some((range) => range.includes(':')) };
}

function hostSnapshot(world: Knowledge, parts: RuntimeParts): HostSnapshot | undefined {
  if (world.record === undefined) return undefined;
  const view = lanViewNow(world, parts, { lan: world.network });
  const links = lanLinks(view);
  const known = namesOf(world.record);
  const isComplete = wantedNames(world.desired(), parts.settings.get().baseDomain).every(({ host }) =>
    known.includes(host),
  );
  const names = known.length === 0 ? 'off' : world.hasBrokenNames || !isComplete ? 'broken' : 'on';
  return {
    names,
    lan: view.state,
    lanSummary: view.summary,
    ...(links.length === 0 ? {} : { lanLinks: links }),
    ...(view.until === undefined || view.state === 'off' ? {} : { lanUntil: view.until }),
  };
}

function namesOf(record: HostState | undefined): readonly string[] {
  return record?.intent.names?.names.map(({ host }) => host) ?? [];
}

function mayPublishPort80(world: Knowledge, parts: RuntimeParts): boolean {
  return world.engine === undefined || parts.canPublishPort80(world.engine.description);
}

function snapshotOf(world: Knowledge, parts: RuntimeParts, number: number, previous: Snapshot | undefined): Snapshot {
  return deriveSnapshot({
    number,
    now: parts.clock.now(),
    engine: world.engineState,
    catalog: parts.catalog,
    desired: world.desired(),
    observed: world.observed,
    probes: world.probes,
    readyContainers: world.readyContainers,
    progress: world.progress,
    failures: [...parts.settings.failures, ...world.failures],
    notes: notes(world, parts),
    baseDomain: parts.settings.get().baseDomain,
    trayVisible: world.trayVisible,
    host: hostSnapshot(world, parts),
    previous,
  });
}

function notes(world: Knowledge, parts: RuntimeParts): readonly string[] {
  const found: string[] = [];
  if (world.subnet.kind === 'chosen' && world.subnet.note !== undefined) found.push(world.subnet.note);
  if (parts.settings.get().publishPort80 && !mayPublishPort80(world, parts)) {
    found.push('This engine runs without root and may not open port 80: the pages are at port 8080 only.');
  }
  if (!parts.hasLoopbackAddresses()) {
    found.push('This machine lacks the loopback addresses 127.0.0.3 and up: the pages are at port 8080 only.');
  }
  const host = remoteHost(world);
  if (host !== undefined) {
    found.push(
      `The engine is on ${host}: its services answer on that machine's loopback addresses. From here they cannot be asked, so what runs there counts as ready.`,
    );
  }
  const unasked = world.desired().services.filter((service) => !service.probe.canAsk);
  if (unasked.length > 0) {
    const titles = unasked.map((service) => service.definition.title).join(', ');
    found.push(`The ingress is switched off: ${titles} cannot be reached, and counts as ready when it runs.`);
  }
  return found;
}

// undefined for an engine of this machine.
function remoteHost(world: Knowledge): string | undefined {
  const host = /^(?:tcp|https?):\/\/(\[[^\]]+\]|[^:/]+)/.exec(world.engine?.description.endpoint ?? '')?.[1];
  if (host === undefined) return undefined;
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.') ? undefined : host;
}
