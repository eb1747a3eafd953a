// What the fake engine holds, and the pure parts of what it answers.
import { createHash } from 'node:crypto';
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import type { ContainerFile, DesiredContainer } from '../../electron/core/desired.ts';
import type { ContainerStats, LogLine } from '../../electron/core/engine-port.ts';
import { isOurs, labels as labelNames, type Labels } from '../../electron/core/identity.ts';
import { importedName } from '../../electron/core/images/image-names.ts';
import type {
  ContainerPhase,
  LabelledContainer,
  Listener,
  ObservedContainer,
  ObservedImage,
  ObservedNetwork,
  ObservedVolume,
  Substitute,
} from '../../electron/core/observed.ts';

export interface FakeImage {
  readonly id: string;
  // 'nginx:1.29.1'
  readonly tags: readonly string[];
  // 'nginx@sha256:...'
  readonly digests: readonly string[];
  readonly labels: Labels;
  readonly sizeBytes: number;
  // What it came in, and goes out in: only what was loaded has one.
  readonly archive?: Buffer;
  readonly layerDigests?: readonly string[];
}

// What a container does once it is started.
export interface FakeProgram {
  readonly lines?: readonly { readonly stream: LogLine['stream']; readonly text: string }[];
  // Ends with it as soon as it has written its lines; otherwise it stays.
  readonly exitCode?: number;
  // Does not end when it is asked to.
  readonly ignoresStop?: boolean;
}

export interface FakeContainer {
  readonly id: string;
  readonly desired: DesiredContainer;
  readonly labels: Labels;
  readonly imageId: string;
  readonly networkName: string;
  // Network name -> its address there.
  readonly networks: Map<string, string>;
  readonly files: Map<string, ContainerFile>;
  readonly log: LogLine[];
  // Called when a line was written or the container ended.
  readonly readers: Set<() => void>;
  phase: ContainerPhase;
  program: FakeProgram;
  exitCode?: number;
  startedAt?: number;
  finishedAt?: number;
  outOfMemory: boolean;
  restartCount: number;
  error?: string;
  removed: boolean;
}

export interface FakeWorld {
  readonly images: FakeImage[];
  readonly containers: Map<string, FakeContainer>;
  readonly networks: Map<string, ObservedNetwork>;
  readonly volumes: Map<string, ObservedVolume>;
  // What differs from the figures that a running container has without them, by its name.
  readonly stats: Map<string, Partial<ContainerStats>>;
  // Bytes by the volume's name; undefined cannot be measured, and one without an entry is empty.
  readonly volumeSizes: Map<string, number | undefined>;
  // Beside the labelled ones among the containers.
  readonly labelled: LabelledContainer[];
}

export function emptyWorld(): FakeWorld {
  return {
    images: [],
    containers: new Map(),
    networks: new Map(),
    volumes: new Map(),
    stats: new Map(),
    volumeSizes: new Map(),
    labelled: [],
  };
}

export function newContainer(
  id: string,
  desired: DesiredContainer,
  given: Pick<FakeContainer, 'labels' | 'imageId' | 'networkName'>,
): FakeContainer {
  return {
    id,
    desired,
    ...given,
    networks: new Map([[given.networkName, desired.address]]),
    files: new Map(),
    log: [],
    readers: new Set(),
    phase: 'created',
    program: {},
    outOfMemory: false,
    restartCount: 0,
    removed: false,
  };
}

export function pinnedImage(pin: ImagePin): FakeImage {
  return {
    id: imageIdOf(`${pin.repository}@${pin.digest}`),
    tags: [`${pin.repository}:${pin.tag}`],
    digests: [`${pin.repository}@${pin.digest}`],
    labels: {},
    sizeBytes: 10_000_000,
  };
}

export function substituteImage(pin: ImagePin, origin: Substitute | 'unknown'): FakeImage {
  return {
    id: imageIdOf(`${pin.repository}:${pin.tag} as ${origin}`),
    tags: [`${pin.repository}:${pin.tag}`],
    digests: [],
    labels: origin === 'unknown' ? {} : { [labelNames.substitute]: origin },
    sizeBytes: 5_000_000,
  };
}

export function imageIdOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

export function observeContainer(container: FakeContainer): ObservedContainer {
  const { exitCode, startedAt, finishedAt, error } = container;
  return {
    id: container.id,
    name: container.desired.name,
    labels: container.labels,
    imageId: container.imageId,
    phase: container.phase,
    ...(exitCode !== undefined && container.phase !== 'running' && { exitCode }),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    restartCount: container.restartCount,
    outOfMemory: container.outOfMemory,
    ...(error !== undefined && { error }),
    networks: [...container.networks.keys()],
  };
}

export function observeLabelled(world: FakeWorld): readonly LabelledContainer[] {
  const asking = [...world.containers.values()].filter(
    ({ labels, phase }) => phase === 'running' && !isOurs(labels) && asksToBeObserved(labels),
  );
  const found = asking.map(({ id, desired, labels, networks }) => ({
    id,
    name: desired.name,
    labels,
    networks: Object.fromEntries(networks),
  }));
  return [...found, ...world.labelled];
}

function asksToBeObserved(labels: Labels): boolean {
  return labels[labelNames.observe] === 'true' || labels[labelNames.kindCluster] !== undefined;
}

export function observeImages(
  images: readonly FakeImage[],
  pins: Readonly<Record<string, ImagePin>>,
): Readonly<Record<string, ObservedImage>> {
  return Object.fromEntries(
    Object.entries(pins).flatMap(([service, pin]): [string, ObservedImage][] => {
      const pinned = images.find((image) => image.digests.includes(`${pin.repository}@${pin.digest}`));
      for (const imported of pinned === undefined ? (['pinned-digest', 'bundle-record'] as const) : []) {
        const { repository, tag } = importedName(service, pin, imported);
        const found = images.find((one) => one.tags.includes(`${repository}:${tag}`));
        if (found !== undefined) {
          return [[service, { id: found.id, origin: 'pinned', imported, sizeBytes: found.sizeBytes }]];
        }
      }
      const image = pinned ?? images.find((one) => one.tags.includes(`${pin.repository}:${pin.tag}`));
      if (image === undefined) return [];
      const substitute = image.labels[labelNames.substitute] as Substitute | undefined;
      const origin = pinned === undefined ? (substitute ?? 'unknown') : 'pinned';
      return [[service, { id: image.id, origin, sizeBytes: image.sizeBytes }]];
    }),
  );
}

export function listenersOf(container: FakeContainer): readonly Listener[] {
  if (container.phase !== 'running' && container.phase !== 'paused') return [];
  return container.desired.publishes.map((publish) => ({
    address: publish.hostAddress,
    port: publish.hostPort,
    owner: `container "${container.desired.name}"`,
    containerId: container.id,
  }));
}

export function subnetsOverlap(one: string, other: string): boolean {
  const a = toRange(one);
  const b = toRange(other);
  return a.first <= b.last && b.first <= a.last;
}

function toRange(subnet: string): { readonly first: number; readonly last: number } {
  const [address = '', bits = '32'] = subnet.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1 };
}
