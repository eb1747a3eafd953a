// What the engine holds, gathered in as few calls as possible.
import type Docker from 'dockerode';
import type { ObserveQuery } from '../core/engine-port.ts';
import { isOurs } from '../core/identity.ts';
import type { EngineObservation, ObservedContainer } from '../core/observed.ts';
import { statusOf, wordsOf } from './failures.ts';
import { toLabelled } from './labelled.ts';
import {
  containerNames,
  type InspectedContainer,
  type ListedContainer,
  type ListedImage,
  type ListedNetwork,
  type ListedVolume,
  toContainer,
  toImages,
  toListeners,
  toNetwork,
  toVolume,
} from './mapping.ts';

const attempts = 3;

// Podman fails the whole list when something in it is removed meanwhile; the next list is without it.
export async function observeEngine(docker: Docker, query: ObserveQuery): Promise<EngineObservation> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await observeOnce(docker, query);
    } catch (error) {
      if (attempt === attempts || !wasRemovedMeanwhile(wordsOf(error))) throw error;
    }
  }
}

function wasRemovedMeanwhile(words: string): boolean {
  return /no such (container|network|volume|image|object|process)|does not exist in database|(network|volume) not found/i.test(
    words,
  );
}

async function observeOnce(docker: Docker, query: ObserveQuery): Promise<EngineObservation> {
  const [containers, networks, volumes, images] = await Promise.all([
    observeContainers(docker, query),
    docker.listNetworks() as Promise<readonly ListedNetwork[]>,
    docker.listVolumes() as Promise<{ readonly Volumes?: readonly ListedVolume[] | null }>,
    docker.listImages() as Promise<readonly ListedImage[]>,
  ]);
  return {
    ...containers,
    networks: networks.map(toNetwork),
    volumes: (volumes.Volumes ?? [])
      .filter((volume) => isOurs(volume.Labels ?? {}) || query.volumeNames.includes(volume.Name))
      .map(toVolume),
    images: toImages(images, query.images),
  };
}

// All of them are listed, since any may hold a port of ours; only ours are looked into.
async function observeContainers(
  docker: Docker,
  query: ObserveQuery,
): Promise<Pick<EngineObservation, 'containers' | 'listeners' | 'labelled'>> {
  const listed = (await docker.listContainers({ all: true })) as readonly ListedContainer[];
  const wanted = listed.filter(
    (container) =>
      isOurs(container.Labels ?? {}) || containerNames(container).some((name) => query.containerNames.includes(name)),
  );
  const inspected = await Promise.all(wanted.map((container) => inspectContainer(docker, container.Id)));
  return {
    containers: inspected.flatMap((container) => container ?? []),
    listeners: listed.flatMap(toListeners),
    labelled: listed.flatMap(toLabelled),
  };
}

export async function inspectContainer(docker: Docker, id: string): Promise<ObservedContainer | undefined> {
  try {
    return toContainer((await docker.getContainer(id).inspect()) as InspectedContainer);
  } catch (error) {
    // Removed since it was listed.
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
