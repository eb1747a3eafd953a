// From the engine's network to each service that answers: its container, its ports, its readiness. Pure.
import { findContainer } from '../conflicts.ts';
import type { DesiredService } from '../desired.ts';
import { isOurs, labels } from '../identity.ts';
import type { Listener, Substitute } from '../observed.ts';
import { isWildcard, localDoors } from '../publishes.ts';
import type { ServiceSnapshot } from '../snapshot.ts';
import {
  causeOf,
  type DoctorCheck,
  failed,
  firstBroken,
  note,
  ok,
  restartRepair,
  skipped,
  startRepair,
} from './check.ts';
import { type DoctorFacts, doorName, doorWords } from './facts.ts';

export function networkCheck({ observed, desired }: DoctorFacts): DoctorCheck {
  const network = observed?.networks.find((candidate) => candidate.name === desired.network.name);
  const subject = `network ${desired.network.name}`;
  if (network === undefined) return failed(subject, 'It is not there.', 'macula up makes it.', startRepair());
  const words = network.subnets.join(', ') || 'no subnet';
  if (network.subnets.includes(desired.network.subnet)) return ok(subject, words);
  const detail = `It has ${words}, not ${desired.network.subnet}.`;
  return failed(subject, detail, 'macula up makes it anew.', startRepair());
}

// The door comes first: a service that is asked through it is not to blame for it.
export function allServiceChecks(facts: DoctorFacts): readonly DoctorCheck[] {
  const { services } = facts.desired;
  const doors = services.filter(({ definition }) => definition.isIngress);
  const atDoors = doors.flatMap((service) => serviceChecks(service, facts, []));
  const others = services.filter(({ definition }) => !definition.isIngress);
  return [...atDoors, ...others.flatMap((service) => serviceChecks(service, facts, atDoors))];
}

// The hops of one service in order; what lies behind a broken one is not judged.
function serviceChecks(
  service: DesiredService,
  facts: DoctorFacts,
  atDoors: readonly DoctorCheck[],
): readonly DoctorCheck[] {
  const shown = facts.snapshot.services.find((candidate) => candidate.id === service.definition.id);
  const own = containerCheck(service, shown, facts);
  const taken = own.result === 'failed' ? takenPorts(service, facts) : [];
  // Who holds its port is why it does not run.
  const container = taken[0] === undefined ? own : skipped(own.subject, taken[0].subject);
  const ports = localDoors(service.definition, service.container.publishes).map(
    ({ hostAddress, hostPort }) =>
      taken.find(({ subject }) => subject === portSubject(hostAddress, hostPort)) ??
      portCheck(service, hostAddress, hostPort, container, facts),
  );
  const hops = [container, ...ports, ...(service.probe.through === undefined ? [] : atDoors)];
  return [container, ...ports, readyCheck(service, shown, firstBroken(hops), facts)];
}

export function containerSubject(service: DesiredService): string {
  return `container ${service.definition.containerName}`;
}

export function portSubject(address: string, port: number): string {
  return `port ${doorName(address, port)}`;
}

export function readySubject(service: DesiredService): string {
  return `${service.definition.id} is ready`;
}

function containerCheck(
  service: DesiredService,
  shown: ServiceSnapshot | undefined,
  { observed }: DoctorFacts,
): DoctorCheck {
  const { id, title } = service.definition;
  const subject = containerSubject(service);
  const start = startRepair(title, id);
  if (shown === undefined) return failed(subject, 'It is not known.', `macula up ${id} makes it.`, start);
  if (!shown.image.present && shown.containerId === undefined) {
    return failed(subject, `Its image ${shown.image.name} is not here.`, `macula up ${id} downloads it.`, start);
  }
  if (shown.containerId === undefined) return failed(subject, 'It is not there.', `macula up ${id} makes it.`, start);
  if (shown.state === 'off') {
    return failed(subject, `It is stopped. ${shown.reason}`.trim(), `macula up ${id} starts it.`, start);
  }
  const phase = observed === undefined ? undefined : findContainer(observed, id)?.phase;
  // One that runs and does not answer is judged by its readiness.
  const doesRun = phase === 'running' || phase === 'paused';
  if (shown.state === 'failed' && !doesRun) {
    const repair = phase === 'restarting' ? restartRepair(title, id) : start;
    return failed(subject, shown.reason, `macula logs ${id} --tail 50 says more.`, repair);
  }
  const substitute = shown.image.substitute;
  return ok(
    subject,
    substitute === undefined ? 'it runs' : `it runs (its image is ${substituteWords[substitute]}, not the pinned one)`,
  );
}

const substituteWords: Readonly<Record<Substitute, string>> = { packaged: 'packaged', built: 'built', stub: 'a stub' };

// Ports that somebody else holds while our container does not run.
function takenPorts(service: DesiredService, facts: DoctorFacts): readonly DoctorCheck[] {
  const { id } = service.definition;
  return service.container.publishes.flatMap(({ hostAddress, hostPort }) => {
    const holder = foreignHolder(hostAddress, hostPort, facts);
    if (holder === undefined) return [];
    // The check is about the narrow door that is asked for everywhere else.
    const address = isWildcard(hostAddress) ? (service.definition.loopback ?? '127.0.0.1') : hostAddress;
    return [
      failed(
        portSubject(address, hostPort),
        `It is taken: ${holder.owner} listens on ${doorName(holder.address, hostPort)}.`,
        `Stop that program (macula port ${hostPort} --root tells more of it), then macula up ${id}.`,
        startRepair(service.definition.title, id),
      ),
    ];
  });
}

export function foreignHolder(address: string, port: number, facts: DoctorFacts): Listener | undefined {
  if (facts.isRemote) return undefined;
  const holders = facts.listeners.filter((listener) => listener.port === port && overlap(listener.address, address));
  const ours = (facts.observed?.containers ?? []).filter(({ labels }) => isOurs(labels)).map(({ id }) => id);
  // The engine's own forwarder listens for our container: this machine sees it as a program without a container.
  if (holders.some(({ containerId }) => containerId !== undefined && ours.includes(containerId))) return undefined;
  return holders.find(({ containerId }) => containerId !== undefined) ?? holders[0];
}

function overlap(held: string, wanted: string): boolean {
  if (held === wanted || isWildcard(held)) return true;
  return isWildcard(wanted) && held.includes(':') === wanted.includes(':');
}

function portCheck(
  { definition: { id, title, containerName } }: DesiredService,
  address: string,
  port: number,
  container: DoctorCheck,
  facts: DoctorFacts,
): DoctorCheck {
  const subject = portSubject(address, port);
  if (container.result !== 'ok') return skipped(subject, causeOf(container));
  if (facts.isRemote) return note(subject, 'not tried: the engine is on another machine, and so is the port');
  const door = facts.doors[doorName(address, port)];
  if (door?.state === 'open') return ok(subject, `${containerName} listens`);
  if (door?.state === 'no-address') {
    const nextStep =
      facts.platform === 'darwin' ? 'macula host apply makes it.' : 'sudo ip link set lo up brings it back.';
    return failed(subject, `${doorWords(door)}.`, nextStep);
  }
  if (isOutdated(id, facts)) {
    const detail = `${doorWords(door)}: ${containerName} was made with other settings than those of now.`;
    return failed(subject, detail, `macula up ${id} makes it anew.`, startRepair(title, id));
  }
  return failed(
    subject,
    `${doorWords(door)}, although ${containerName} runs.`,
    `macula restart ${id} publishes it anew; if it stays, a firewall or a change of the engine stands between.`,
    restartRepair(title, id),
  );
}

// A container that a restart would leave as it is: only "up" makes it as it should be now.
export function isOutdated(id: string, { observed, desired }: DoctorFacts): boolean {
  const container = observed === undefined ? undefined : findContainer(observed, id);
  const service = desired.services.find(({ definition }) => definition.id === id);
  return container !== undefined && container.labels[labels.configHash] !== service?.container.configHash;
}

function readyCheck(
  service: DesiredService,
  shown: ServiceSnapshot | undefined,
  broken: DoctorCheck | undefined,
  facts: DoctorFacts,
): DoctorCheck {
  const { id, title } = service.definition;
  const subject = readySubject(service);
  if (broken !== undefined) return skipped(subject, causeOf(broken));
  if (shown?.state === 'ready') {
    return ok(subject, service.probe.canAsk ? service.probe.url : 'it runs; it cannot be asked from here');
  }
  const words = `${service.probe.url}: ${shown?.reason || (shown?.state ?? 'unknown')}`;
  const door = facts.desired.services.find(({ definition }) => definition.id === service.probe.through)?.definition;
  if (door !== undefined && isOutdated(door.id, facts)) {
    const detail = `${words}. The ${door.id} that it is asked through was made with other settings than those of now.`;
    return failed(subject, detail, `macula up ${door.id} makes it anew.`, startRepair(door.title, door.id));
  }
  return failed(
    subject,
    words,
    `macula logs ${id} --tail 50 says more; macula restart ${id} starts it anew.`,
    restartRepair(title, id),
  );
}
