// Tries every hop from this side, and has it judged.
import { findContainer } from '../core/conflicts.ts';
import type { DesiredService, Probe } from '../core/desired.ts';
import { localhostDomain } from '../core/web-names.ts';
import { type DoctorCheck, doctorChecks } from '../core/doctor.ts';
import { type DiskFacts, type Door, type DoctorFacts, doorName } from '../core/doctor/facts.ts';
import { FailureError } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import { areNamesBroken, hostView } from '../core/host/derive-view.ts';
import type { HostFacts } from '../core/host/host-facts.ts';
import type { HostName } from '../core/host/host-request.ts';
import { wantedNames } from '../core/host/wanted-names.ts';
import { localDoors } from '../core/publishes.ts';
import type { ProbeResult } from '../core/status.ts';
import { dropCounts } from '../core/telemetry/drops.ts';
import type { SignalReport } from '../core/telemetry/signal-report.ts';
import { findDisks } from './doctor-disks.ts';
import { knock, unknownOf } from './doctor-senses.ts';
import { lanViewNow } from './lan-view.ts';
import { lookAtRecord } from './observation.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { gatherDrops } from './telemetry/telemetry-facts.ts';
import type { RetentionKeeper } from './telemetry/retention.ts';
import type { World } from './world.ts';

type Machine = Pick<DoctorFacts, 'machine' | 'machineProblem'>;

export async function examine(
  world: World,
  parts: RuntimeParts,
  retention: Pick<RetentionKeeper, 'stores'>,
): Promise<readonly DoctorCheck[]> {
  // What is published follows from the record and the guard.
  const [machine] = await Promise.all([lookAtMachine(world, parts), askServices(world)]);
  const desired = world.desired();
  const isRemote = world.isRemote();
  const [doors, listeners, pages, named, unknownNames, disks, signal, stores, drops] = await Promise.all([
    isRemote ? {} : tryDoors(desired.services, machine, parts),
    isRemote ? [] : findListeners(world, parts),
    isRemote ? {} : askPages(desired.services, parts),
    isRemote ? noPages : askNamedPages(desired.services, machine, parts),
    unknownOf(
      desired.services
        .slice(0, 2)
        .flatMap((service) => localhostName(service, parts) ?? [])
        .slice(0, 1),
    ),
    disksOf(world, parts),
    trySignals(world, parts),
    retention.stores(),
    gatherDrops(world, parts),
  ]);
  return doctorChecks({
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    catalog: parts.catalog,
    snapshot: world.store.get(),
    desired,
    observed: world.observed,
    isRemote,
    httpPort: parts.settings.get().httpPort,
    doors,
    listeners,
    pages,
    ...named,
    unknownNames,
    ...machine,
    lan: parts.settings.get().lan,
    isGuarded: world.isGuarded,
    now: parts.clock.now(),
    disks,
    stores,
    ...(drops === undefined ? {} : { drops: dropCounts(drops) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

const settleMilliseconds = 2500;
const signalKeepers = ['prometheus', 'loki', 'tempo'];
const noPages = { namedPages: {}, ingressAt: {} };

async function lookAtMachine(world: World, parts: RuntimeParts): Promise<Machine> {
  const { baseDomain } = parts.settings.get();
  try {
    const names = wantedNames(world.desired(), baseDomain);
    const [facts] = await Promise.all([observeSettled(names, parts), lookAtRecord(world, parts)]);
    world.hasBrokenNames = areNamesBroken(facts);
    world.publish();
    return { machine: { facts, view: hostView(facts, baseDomain, lanViewNow(world, parts, facts)) } };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { title, detail } = failureText(error.failure);
    return { machine: undefined, machineProblem: `${title}. ${detail}`.trim() };
  }
}

// A resolver sees a change of its files only after a moment, and tells old news until then: nobody is sent to repair
// what was just put right.
async function observeSettled(names: readonly HostName[], { host, clock }: RuntimeParts): Promise<HostFacts> {
  const facts = await host.observe(names);
  if (!areNamesBroken(facts)) return facts;
  await new Promise<void>((resolve) => void clock.after(settleMilliseconds, resolve));
  return host.observe(names);
}

// What was asked some seconds ago may have changed since.
async function askServices(world: World): Promise<void> {
  const { observed } = world;
  if (observed === undefined) return;
  await Promise.all(
    world.desired().services.map(async ({ definition: { id }, probe }) => {
      const container = findContainer(observed, id);
      if (container?.phase !== 'running') return;
      const result = await world.ask(probe, new AbortController().signal);
      const current = world.observed === undefined ? undefined : findContainer(world.observed, id);
      if (current?.id === container.id && current.startedAt === container.startedAt)
        world.setProbe(id, container.id, result);
    }),
  );
}

async function tryDoors(
  services: readonly DesiredService[],
  { machine }: Machine,
  { settings }: RuntimeParts,
): Promise<Readonly<Record<string, Door>>> {
  const own = services.flatMap(({ definition, container }) => localDoors(definition, container.publishes));
  const address = machine?.facts.lan?.address;
  const open = settings.get().lan?.services ?? [];
  const wide = services
    .filter(({ definition }) => address !== undefined && open.includes(definition.id))
    .flatMap(({ definition }) => definition.lan?.ports ?? [])
    .map(({ port }) => ({ hostAddress: address ?? '', hostPort: port }));
  const tried = [...own, ...wide].map(
    async ({ hostAddress, hostPort }) => [doorName(hostAddress, hostPort), await knock(hostAddress, hostPort)] as const,
  );
  return Object.fromEntries(await Promise.all(tried));
}

async function findListeners(world: World, parts: RuntimeParts): Promise<DoctorFacts['listeners']> {
  const services = world.desired().services;
  const ports = services.flatMap(({ definition, container }) => [
    ...container.publishes.map(({ hostPort }) => hostPort),
    ...(definition.lan?.ports ?? []).map(({ port }) => port),
  ]);
  const { listeners } = await parts.observeHost([...new Set(ports)]);
  const containers = (world.observed?.listeners ?? []).filter(({ containerId }) => containerId !== undefined);
  return [...containers, ...listeners];
}

async function askPages(
  services: readonly DesiredService[],
  parts: RuntimeParts,
): Promise<Readonly<Record<string, ProbeResult>>> {
  const { httpPort } = parts.settings.get();
  const asked = services.flatMap((service) => {
    const host = localhostName(service, parts);
    if (host === undefined) return [];
    const probe = pageProbe(service, `127.0.0.1:${httpPort}`, `${host}:${httpPort}`);
    return [ask(probe, parts).then((result) => [service.definition.id, result] as const)];
  });
  return Object.fromEntries(await Promise.all(asked));
}

// Only names that lead where they should: of the others there is nothing more to know.
async function askNamedPages(
  services: readonly DesiredService[],
  { machine }: Machine,
  parts: RuntimeParts,
): Promise<Pick<DoctorFacts, 'namedPages' | 'ingressAt'>> {
  const right = (machine?.view.names.hosts ?? []).filter(({ state }) => state === 'right');
  const asked = right.flatMap(({ host, address }) => {
    const service = services.find(({ definition }) => host.startsWith(`${definition.web?.label}.`));
    if (service === undefined) return [];
    return [ask(pageProbe(service, `${address}:80`, host), parts).then((result) => ({ host, address, result }))];
  });
  const answers = await Promise.all(asked);
  const silent = [...new Set(answers.flatMap(({ address, result }) => (result.kind === 'ready' ? [] : [address])))];
  const atDoors = silent.map(async (address) => {
    const probe = { url: `http://${address}:80/healthz`, canAsk: true, timeoutSeconds: 0 };
    return [address, await ask(probe, parts)] as const;
  });
  return {
    namedPages: Object.fromEntries(answers.map(({ host, result }) => [host, result])),
    ingressAt: Object.fromEntries(await Promise.all(atDoors)),
  };
}

function localhostName({ definition: { web } }: DesiredService, { settings }: RuntimeParts): string | undefined {
  return web === undefined ? undefined : `${web.label}.${localhostDomain(settings.get().baseDomain)}`;
}

function pageProbe({ definition: { ready } }: DesiredService, door: string, host: string): Probe {
  return {
    url: `http://${door}${ready.path}`,
    host,
    canAsk: true,
    timeoutSeconds: ready.timeoutSeconds,
    ...(ready.json === undefined ? {} : { json: ready.json }),
  };
}

function ask(probe: Probe, parts: RuntimeParts): Promise<ProbeResult> {
  return parts.probe(probe, new AbortController().signal);
}

// Only where all is up: what else is broken is found by the other checks.
async function trySignals(world: World, parts: RuntimeParts): Promise<SignalReport | undefined> {
  const { stack } = world.store.get();
  const keepers = world.desired().services.filter(({ definition }) => signalKeepers.includes(definition.id));
  if (stack.state !== 'ready' || keepers.length === 0 || world.isRemote()) return undefined;
  const { doctorLimits, runSignalCheck } = await import('./telemetry/signal.ts');
  return runSignalCheck(world, parts, doctorLimits, new AbortController().signal);
}

function disksOf(world: World, parts: RuntimeParts): Promise<readonly DiskFacts[]> {
  const engine = world.isRemote() ? undefined : world.engine?.description;
  return findDisks(engine, parts.settings.path);
}
