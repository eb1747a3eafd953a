// The engine's shapes turned into ours. Pure; nothing else reads the engine's field names for what is observed.
import type { ImagePin } from '../core/catalog/service.ts';
import { labels } from '../core/identity.ts';
import { fullName, fullRepository, importedName, type ImportedBy } from '../core/images/image-names.ts';
import type {
  ContainerPhase,
  EngineDescription,
  Listener,
  ObservedContainer,
  ObservedImage,
  ObservedNetwork,
  ObservedVolume,
  Substitute,
} from '../core/observed.ts';
import type { EndpointCandidate } from './endpoint.ts';

// Only the parts that are read. Engines leave fields out or send null, so everything may be missing.
export interface EnginePing {
  readonly apiVersion: string;
  // 'Docker/28.5.1 (linux)', 'Libpod/5.4.2 (linux)'.
  readonly server: string;
}

export interface EngineInfo {
  readonly ServerVersion?: string;
  readonly OperatingSystem?: string;
  readonly SecurityOptions?: readonly string[] | null;
  // Podman says it here, Docker among its security options.
  readonly Rootless?: boolean;
}

export interface ListedContainer {
  readonly Id: string;
  readonly ImageID?: string;
  readonly Names?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly State?: string;
  readonly Ports?: readonly ListedPort[] | null;
  // Seconds since 1970.
  readonly Created?: number;
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string } | null>> | null;
  } | null;
}

export interface ListedPort {
  readonly IP?: string;
  readonly PublicPort?: number;
  readonly Type?: string;
}

export interface InspectedContainer {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly RestartCount?: number;
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null };
  readonly State: {
    readonly Status?: string;
    readonly ExitCode?: number;
    readonly OOMKilled?: boolean;
    readonly Error?: string;
    readonly StartedAt?: string;
    readonly FinishedAt?: string;
  };
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null };
}

export interface ListedNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string; readonly Gateway?: string }[] | null };
}

export interface ListedVolume {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

export interface ListedImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Size?: number;
  // Seconds since 1970.
  readonly Created?: number;
}

export const podmanProduct = 'Podman Engine';

// Undefined when whatever answered is no engine.
export function toPing(headers: Readonly<Record<string, string | string[] | undefined>>): EnginePing | undefined {
  const apiVersion = headers['api-version'];
  if (typeof apiVersion !== 'string' || apiVersion === '') return undefined;
  const { server } = headers;
  return { apiVersion, server: typeof server === 'string' ? server : '' };
}

export function toDescription(ping: EnginePing, info: EngineInfo, found: EndpointCandidate): EngineDescription {
  const operatingSystem = info.OperatingSystem ?? '';
  return {
    product: toProduct(ping.server, operatingSystem),
    version: info.ServerVersion ?? /\/(\S+)/.exec(ping.server)?.[1] ?? '',
    apiVersion: ping.apiVersion,
    operatingSystem,
    rootless: info.Rootless === true || (info.SecurityOptions?.some((option) => option.includes('rootless')) ?? false),
    endpoint: found.endpoint,
    foundBy: found.foundBy,
  };
}

function toProduct(server: string, operatingSystem: string): string {
  if (server.startsWith('Libpod/')) return podmanProduct;
  return operatingSystem === 'Docker Desktop' ? operatingSystem : 'Docker Engine';
}

export function toContainer(found: InspectedContainer): ObservedContainer {
  const { State: state } = found;
  const phase = toPhase(state.Status);
  const startedAt = toTime(state.StartedAt);
  const finishedAt = toTime(state.FinishedAt);
  const hasEnded = phase === 'exited' || phase === 'dead' || phase === 'restarting';
  return {
    id: found.Id,
    name: withoutSlash(found.Name),
    labels: found.Config?.Labels ?? {},
    imageId: toImageId(found.Image),
    phase,
    ...(hasEnded && state.ExitCode !== undefined && { exitCode: state.ExitCode }),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    restartCount: found.RestartCount ?? 0,
    outOfMemory: state.OOMKilled ?? false,
    ...(state.Error !== undefined && state.Error !== '' && { error: state.Error }),
    networks: Object.keys(found.NetworkSettings?.Networks ?? {}),
  };
}

const phases: Readonly<Record<string, ContainerPhase>> = {
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'removing',
  exited: 'exited',
  dead: 'dead',
  // Podman's own.
  configured: 'created',
  initialized: 'created',
  stopping: 'running',
  stopped: 'exited',
};

function toPhase(status: string | undefined): ContainerPhase {
  return phases[status ?? ''] ?? 'dead';
}

// "Never" is the year 1 at both engines.
function toTime(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return time > 0 ? time : undefined;
}

export function toImageId(id: string): string {
  return id.startsWith('sha256:') ? id : `sha256:${id}`;
}

export function containerNames(found: ListedContainer): readonly string[] {
  return (found.Names ?? []).map(withoutSlash);
}

function withoutSlash(name: string): string {
  return name.replace(/^\//, '');
}

export function toNetwork(found: ListedNetwork): ObservedNetwork {
  const subnets = (found.IPAM?.Config ?? []).flatMap((config) => config.Subnet ?? []);
  return { id: found.Id, name: found.Name, labels: found.Labels ?? {}, subnets };
}

export function toVolume(found: ListedVolume): ObservedVolume {
  return { name: found.Name, labels: found.Labels ?? {} };
}

export function toListeners(found: ListedContainer): readonly Listener[] {
  // Podman lists the ports of stopped containers too, but nobody holds those.
  if (found.State !== 'running' && found.State !== 'paused') return [];
  const owner = `container "${containerNames(found)[0] ?? found.Id.slice(0, 12)}"`;
  return (found.Ports ?? []).flatMap((port) => {
    if (port.PublicPort === undefined || port.PublicPort === 0 || (port.Type ?? 'tcp') !== 'tcp') return [];
    const address = port.IP === undefined || port.IP === '' ? '0.0.0.0' : port.IP;
    return [{ address, port: port.PublicPort, owner, containerId: found.Id }];
  });
}

// The best image for each pin; a service whose image is not there is left out.
export function toImages(
  found: readonly ListedImage[],
  pins: Readonly<Record<string, ImagePin>>,
): Readonly<Record<string, ObservedImage>> {
  return Object.fromEntries(
    Object.entries(pins).flatMap(([service, pin]) => {
      const image = toImage(found, service, pin);
      return image === undefined ? [] : [[service, image]];
    }),
  );
}

function toImage(found: readonly ListedImage[], service: string, pin: ImagePin): ObservedImage | undefined {
  const digested = `${fullRepository(pin.repository)}@${pin.digest}`;
  const pinned = found.find((image) => image.RepoDigests?.some((name) => fullName(name) === digested));
  if (pinned !== undefined) return observedImage(pinned, 'pinned');
  for (const imported of importedBy) {
    const { repository, tag } = importedName(service, pin, imported);
    const image = withTag(found, `${repository}:${tag}`);
    if (image !== undefined) return { ...observedImage(image, 'pinned'), imported };
  }
  const named = withTag(found, `${fullRepository(pin.repository)}:${pin.tag}`);
  return named === undefined ? undefined : observedImage(named, toSubstitute(named) ?? 'unknown');
}

// The better one first.
const importedBy: readonly ImportedBy[] = ['pinned-digest', 'bundle-record'];

function withTag(found: readonly ListedImage[], tagged: string): ListedImage | undefined {
  return found.find((image) => image.RepoTags?.some((name) => fullName(name) === tagged));
}

function observedImage(image: ListedImage, origin: ObservedImage['origin']): ObservedImage {
  return { id: toImageId(image.Id), origin, sizeBytes: image.Size ?? 0 };
}

const substitutes: readonly Substitute[] = ['packaged', 'built', 'stub'];

function toSubstitute(image: ListedImage): Substitute | undefined {
  return substitutes.find((origin) => origin === image.Labels?.[labels.substitute]);
}
