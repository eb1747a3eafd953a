// What the runtime knows at this moment, and the snapshot that follows from it. The only mutable state there is.
import { chooseSubnet } from '../core/subnet.ts';
import { findContainer } from '../core/conflicts.ts';
import { defaultSubnetPrefix, type DesiredStack, type Probe } from '../core/desired.ts';
import { deriveSnapshot } from '../core/derive-snapshot.ts';
import type { EngineEvent, ObserveQuery } from '../core/engine-port.ts';
import { lanLinks } from '../core/host/lan.ts';
import { wantedNames } from '../core/host/wanted-names.ts';
import type { Observed } from '../core/observed.ts';
import type { HostSnapshot, Snapshot } from '../core/snapshot.ts';
import type { ProbeResult } from '../core/status.ts';
import { namesOf, remoteHost } from './desired-inputs.ts';
import { desiredOf } from './desired-of.ts';
import type { Knowledge } from './knowledge.ts';
import { lanViewNow } from './lan-view.ts';
import { notes } from './notes.ts';
import { keptContainers, readOverrides } from './refusals.ts';
import { createSnapshotStore, type SnapshotStore } from './snapshot-store.ts';
import type { RuntimeParts } from './runtime-parts.ts';

export interface World extends Knowledge {
  readonly store: SnapshotStore;
  // Shows what is known now.
  publish(): void;
  // Asks a service. One that cannot be asked from here counts as ready as soon as it runs; a note says so.
  ask(probe: Probe, signal: AbortSignal, isPatient?: boolean): Promise<ProbeResult>;
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
    isSeen: true,
    trayVisible: undefined,
    record: undefined,
    isGuarded: false,
    guard: undefined,
    network: undefined,
    hasBrokenNames: false,
    overrides: { overrides: {}, strays: [] },
    refusals: parts.overrides.recall(),
    held: {},
    retentionHours: {},
    freshUntil: 0,
    desired() {
      const { key, derive } = desiredOf(knowledge, parts, parts.settings.get());
      if (cached?.key !== key) cached = { key, desired: derive() };
      return cached.desired;
    },
  };
  readOverrides(knowledge, parts);
  const store = createSnapshotStore(snapshotOf(knowledge, parts, 0, undefined));
  const world: World = Object.assign(knowledge, {
    store,
    publish() {
      store.publish((number, previous) => snapshotOf(world, parts, number, previous));
    },
    async ask(probe: Probe, signal: AbortSignal, isPatient = false): Promise<ProbeResult> {
      return probe.canAsk && remoteHost(knowledge) === undefined
        ? parts.probe(probe, signal, isPatient)
        : { kind: 'ready' };
    },
    isRemote: () => remoteHost(knowledge) !== undefined,
    setProbe(service: string, containerId: string, result: ProbeResult) {
      // Nothing new, as nearly always: an app at rest does nothing about it.
      const isStillReady = result.kind === 'ready' && world.probes[service]?.kind === 'ready';
      if (isStillReady && world.readyContainers.has(containerId)) return;
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

function snapshotOf(world: Knowledge, parts: RuntimeParts, number: number, previous: Snapshot | undefined): Snapshot {
  return deriveSnapshot({
    number,
    now: parts.clock.now(),
    engine: world.engineState,
    catalog: parts.catalog,
    desired: world.desired(),
    kept: keptContainers(world),
    observed: world.observed,
    probes: world.probes,
    readyContainers: world.readyContainers,
    progress: world.progress,
    failures: [...parts.settings.failures, ...world.failures],
    notes: notes(world, parts),
    baseDomain: parts.settings.get().baseDomain,
    trayVisible: world.trayVisible,
    host: hostSnapshot(world, parts),
    isFirstUse: parts.settings.isFirstUse(),
    previous,
  });
}
