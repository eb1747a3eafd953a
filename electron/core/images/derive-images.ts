// What is there of the stack's images, and which of them nothing needs any more. Pure.
import type { ServiceDefinition } from '../catalog/service.ts';
import { findContainer } from '../conflicts.ts';
import type { EngineImage } from '../engine-port.ts';
import { labels } from '../identity.ts';
import type { Observed, ObservedImage } from '../observed.ts';
import { familiarName, fullRepository, ownHost, splitName } from './image-names.ts';
import type { ImageState, ServiceImage, UnusedImage } from './images-view.ts';

export function serviceImages(
  catalog: readonly ServiceDefinition[],
  enabled: ReadonlySet<string>,
  observed: Observed,
): readonly ServiceImage[] {
  return catalog.map(({ id, title, image: pin }) => {
    const image = observed.images[id];
    const { origin } = image ?? {};
    return {
      service: id,
      title,
      enabled: enabled.has(id),
      name: `${pin.repository}:${pin.tag}`,
      digest: pin.digest,
      state: stateOf(image, findContainer(observed, id)?.imageId),
      ...(origin === undefined || origin === 'pinned' || origin === 'unknown' ? {} : { substitute: origin }),
      isImported: image?.imported !== undefined,
      ...(image?.imported === undefined ? {} : { imported: image.imported }),
      ...(image === undefined ? {} : { sizeBytes: image.sizeBytes }),
    };
  });
}

function stateOf(image: ObservedImage | undefined, running: string | undefined): ImageState {
  if (image === undefined) return 'missing';
  if (image.origin === 'unknown') return 'foreign';
  if (image.origin !== 'pinned') return 'substitute';
  return running === undefined || running === image.id ? 'present' : 'outdated';
}

// Only images whose every name is of the stack's repositories, or ours: what somebody named otherwise is somebody's. And
// only what can be had again: one that no registry gave and that Macula did not make may be somebody's own work.
export function unusedImages(
  catalog: readonly ServiceDefinition[],
  observed: Observed,
  found: readonly EngineImage[],
): readonly UnusedImage[] {
  const repositories = new Set(catalog.map(({ image }) => fullRepository(image.repository)));
  const wanted = new Set(
    Object.values(observed.images).flatMap((image) => (image.origin === 'unknown' ? [] : image.id)),
  );
  const isOfStack = (name: string): boolean => {
    const { repository } = splitName(name);
    return repositories.has(repository) || repository.startsWith(`${ownHost}/`);
  };
  return found
    .filter((image) => !image.isUsed && !wanted.has(image.id))
    .filter(({ names, labels: own }) => {
      const isMade = own[labels.substitute] !== undefined;
      // Without a name: a substitute that another one took the name of.
      return names.length === 0 ? isMade : names.every(isOfStack) && (isMade || names.some(canBeHadAgain));
    })
    .map(({ id, names, sizeBytes, createdAt }) => ({ id, name: bestName(names, id), sizeBytes, createdAt }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

// By its digest from a registry, or out of a bundle.
function canBeHadAgain(name: string): boolean {
  return name.includes('@') || name.startsWith(`${ownHost}/`);
}

// As people know it.
export function bestName(names: readonly string[], id: string): string {
  const best = names.find((name) => !name.includes('@')) ?? names[0];
  return best === undefined ? id.replace(/^sha256:/, '').slice(0, 12) : familiarName(best);
}
