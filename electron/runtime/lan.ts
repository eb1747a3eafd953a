// LAN mode's own steps: what must be so before, and the services that follow it.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import { findContainer } from '../core/conflicts.ts';
import { FailureError } from '../core/failure.ts';
import type { HostFacts } from '../core/host/host-facts.ts';
import type { HostChange } from '../core/host/host-view.ts';
import { hourMilliseconds, isElsewhere, openServices } from '../core/host/lan.ts';
import { labels } from '../core/identity.ts';
import type { LanSettings } from '../core/settings.ts';
import { findPassword } from './default-password.ts';
import type { Commands } from './commands.ts';
import { lookAtRecord, type Observation } from './observation.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

export interface HostParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly commands: Commands;
  readonly observation: Observation;
}

type LanOn = Extract<HostChange, { kind: 'lan-on' }>;

export async function checkLan(
  change: LanOn,
  facts: HostFacts,
  { world, parts }: Pick<HostParts, 'world' | 'parts'>,
): Promise<void> {
  if (world.engine === undefined) unavailable('No container engine answers, so nothing can be published.');
  if (world.isRemote()) unavailable('The engine is on another machine: what it publishes is there, not here.');
  if (world.engine?.description.rootless === true) {
    unavailable(
      'This engine runs without root: its ports belong to a program of yours, which the guard does not cover yet.',
    );
  }
  if (facts.lan === undefined) unavailable(facts.lanProblem ?? 'This machine is on no private network.');
  const chosen = change.services.map((id) => {
    const service = world.desired().services.find(({ definition }) => definition.id === id)?.definition;
    if (service?.lan === undefined) unavailable(`There is no service "${id}" that can be opened.`);
    return service;
  });
  const unprotected = chosen.filter(({ lan }) => lan?.protection === 'none').map(({ id }) => id);
  if (unprotected.length > 0 && !change.allowUnprotected) {
    throw new FailureError({ code: 'lan-unprotected', services: unprotected });
  }
  await Promise.all(chosen.map((definition) => checkPassword(definition, world, parts)));
}

async function checkPassword(
  { id, title, loopback, lan }: ServiceDefinition,
  world: World,
  parts: RuntimeParts,
): Promise<void> {
  if (lan?.defaultPassword === undefined) return;
  // Told by the kept one, where there is one: no sign-in is refused for it.
  if (id === 'grafana' && parts.secrets.kept() !== 'nowhere') {
    const { takesKeptPassword } = await import('./grafana-password.ts');
    if (await takesKeptPassword(world, parts)) return;
  }
  const finding = await findPassword(loopback ?? '127.0.0.1', lan.defaultPassword);
  if (finding === 'changed') return;
  const detail =
    finding === 'default'
      ? `Everybody knows it, and ${title} would be open to the network with it.`
      : `${title} did not say whether its password was changed. It has to run for that.`;
  throw new FailureError({ code: 'lan-default-password', detail });
}

function unavailable(detail: string): never {
  throw new FailureError({ code: 'lan-unavailable', detail });
}

export function lanSettings(change: LanOn, { lan }: HostFacts, now: number): LanSettings {
  const network = lan ?? unavailable('This machine is on no private network.');
  return {
    services: change.services,
    limit: change.limit,
    ...(change.limit === 'hour' ? { until: now + hourMilliseconds } : {}),
    network: {
      interface: network.interface,
      ranges: network.ranges,
      ...(network.gateway === undefined ? {} : { gateway: network.gateway }),
    },
  };
}

// Services whose container is made anew when LAN mode becomes this. One that keeps stopping, or is paused, comes back as it
// was made: it counts as open unless it is made as it should be.
export function changedByLan(lan: LanSettings | null, world: World, parts: RuntimeParts): readonly ServiceDefinition[] {
  const open = openServices(parts.catalog, world.observed);
  return parts.catalog.filter((definition) => {
    const { id, lan: exposure } = definition;
    const container = world.observed === undefined ? undefined : findContainer(world.observed, id);
    const isWanted = lan?.services.includes(id) ?? false;
    if (container?.phase === 'running') {
      return open.includes(id) !== isWanted || (isWanted && isElsewhere(definition, world.observed));
    }
    if (exposure === undefined || isWanted || !['restarting', 'paused'].includes(container?.phase ?? '')) return false;
    const desired = world.desired().services.find(({ definition }) => definition.id === id)?.container;
    return desired === undefined || container?.labels[labels.configHash] !== desired.configHash;
  });
}

// Makes the containers as LAN mode wants them; the guard has to stand already. Returns what was done, in words.
export async function followLan(lan: LanSettings | null, host: HostParts): Promise<string> {
  const { world, parts, commands, observation } = host;
  const before = parts.settings.get().lan;
  if (lan !== null || before !== null) parts.settings.change({ lan });
  await lookAtRecord(world, parts);
  if (lan !== null && !world.isGuarded) {
    parts.settings.change({ lan: null });
    unavailable('The guard was set up but is not in force. Nothing was opened.');
  }
  if (world.engine === undefined) return '';
  await observation.look();
  const services = changedByLan(lan, world, parts).map(({ id }) => id);
  if (services.length === 0) return lan === null ? '' : unchangedWords(lan, host);
  const outcome = await commands.run({ kind: 'up', services });
  if (outcome.kind === 'done') return lan === null ? 'Nothing is published to the LAN any more.' : openWords(lan, host);
  // Closing that failed is not forgotten: the watch and the next attempt go on from what is so.
  parts.settings.change({ lan: lan === null ? before : null });
  if (lan !== null) await commands.run({ kind: 'up', services });
  const failure = outcome.kind === 'failed' ? outcome.failures[0] : undefined;
  throw new FailureError(failure ?? { code: 'lan-unavailable', detail: 'It was cancelled.' });
}

// The guard never goes while something may be published behind it: containers come back by themselves.
export function checkClosed({ world, parts }: Pick<HostParts, 'world' | 'parts'>): void {
  if (world.record?.intent.guard === undefined) return;
  if (world.engine === undefined) {
    unavailable(
      'No container engine answers, so it cannot be seen whether services are still published behind the guard. It stays, and so does the rest.',
    );
  }
  const open = changedByLan(null, world, parts).map(({ title }) => title);
  if (open.length > 0) unavailable(`Still published, so the guard stays: ${open.join(', ')}.`);
}

// It was the guard alone that was missing, or there is nothing yet that could be published.
async function unchangedWords(lan: LanSettings, host: HostParts): Promise<string> {
  const { world, parts } = host;
  const open = openServices(parts.catalog, world.observed);
  const absent = parts.catalog.filter(({ id }) => lan.services.includes(id) && !open.includes(id));
  if (absent.length === 0) return openWords(lan, host);
  return `Open to the LAN as soon as it runs: ${absent.map(({ title }) => title).join(', ')}.`;
}

// Asked at the address that other machines use.
async function openWords(lan: LanSettings, { world, parts }: HostParts): Promise<string> {
  const { lan: network } = await parts.host.network();
  if (network === undefined) return 'The services are published.';
  const opened = world.desired().services.filter(({ definition }) => lan.services.includes(definition.id));
  const silent = await Promise.all(
    opened.map(async ({ definition, probe }) => {
      const door = definition.lan?.ports.find(({ containerPort }) => containerPort === definition.ready.port);
      if (door === undefined) return [];
      const url = `http://${network.address}:${door.port}${definition.ready.path}`;
      const result = await parts.probe({ ...probe, url }, new AbortController().signal);
      return result.kind === 'unreachable' ? [`${definition.title} (${result.reason})`] : [];
    }),
  );
  const failed = silent.flat();
  return failed.length === 0
    ? `The LAN reaches ${opened.map(({ definition }) => definition.title).join(', ')} at ${network.address}.`
    : `Published, but silent at ${network.address}: ${failed.join(', ')}.`;
}
