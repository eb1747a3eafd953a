// What deriveDesired is told of the engine and this machine.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import type { HostState } from '../core/host/host-request.ts';
import { holds } from '../core/host/lan.ts';
import type { LanPublishing } from '../core/publishes.ts';
import type { Settings } from '../core/settings.ts';
import type { Knowledge } from './knowledge.ts';
import type { RuntimeParts } from './runtime-parts.ts';

// Nothing is published to the LAN unless its guard stands, and holds the ports that these settings name.
export function lanPublishing(
  { guard }: Knowledge,
  catalog: readonly ServiceDefinition[],
  { lan }: Settings,
  now: number,
): LanPublishing | undefined {
  if (lan === null || guard === undefined || !holds(guard, catalog, lan)) return undefined;
  if (lan.until !== undefined && lan.until <= now) return undefined;
  return { services: lan.services, ipv6: lan.network.ranges.some((range) => range.includes(':')) };
}

export function namesOf(record: HostState | undefined): readonly string[] {
  return record?.intent.names?.names.map(({ host }) => host) ?? [];
}

export function mayPublishPort80(world: Knowledge, parts: RuntimeParts): boolean {
  return world.engine === undefined || parts.canPublishPort80(world.engine.description);
}

// Where a container of this engine finds the engine's socket; undefined where none can be mounted.
export function mountableSocket({ engine }: Knowledge, parts: RuntimeParts): string | undefined {
  const path = /^unix:\/\/(\/.+)$/.exec(engine?.description.endpoint ?? '')?.[1];
  // Elsewhere the engine runs in a machine of its own, with its socket in the usual place.
  return path !== undefined && parts.enginesRunInMachine ? '/var/run/docker.sock' : path;
}

// undefined for an engine of this machine.
export function remoteHost(world: Knowledge): string | undefined {
  const host = /^(?:tcp|https?):\/\/(\[[^\]]+\]|[^:/]+)/.exec(world.engine?.description.endpoint ?? '')?.[1];
  if (host === undefined) return undefined;
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.') ? undefined : host;
}
