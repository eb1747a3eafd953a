// What the stack takes of the engine's disk. Pure.
import type { ServiceDefinition } from './catalog/service.ts';
import type { DiskView, ImageDisk, VolumeDisk } from './figures.ts';
import { isOurs } from './identity.ts';
import type { Observed } from './observed.ts';

// Those that are there: the catalog's, and what else is labelled as ours.
export function stackVolumes(catalog: readonly ServiceDefinition[], observed: Observed): readonly string[] {
  const owners = ownersOf(catalog);
  return observed.volumes.filter(({ name, labels }) => owners.has(name) || isOurs(labels)).map(({ name }) => name);
}

export function diskView(
  measuredAt: number,
  catalog: readonly ServiceDefinition[],
  observed: Observed,
  // Volume name -> bytes; what cannot be measured is left out.
  sizes: Readonly<Record<string, number>>,
): DiskView {
  const owners = ownersOf(catalog);
  const volumes = stackVolumes(catalog, observed).map((name): VolumeDisk => {
    const bytes = sizes[name];
    return { name, service: owners.get(name) ?? '', ...(bytes === undefined ? {} : { bytes }) };
  });
  const images = catalog.flatMap(({ id: service, image }): ImageDisk[] => {
    const found = observed.images[service];
    if (found === undefined) return [];
    return [{ name: `${image.repository}:${image.tag}`, id: found.id, service, bytes: found.sizeBytes }];
  });
  return { measuredAt, volumes, images };
}

function ownersOf(catalog: readonly ServiceDefinition[]): ReadonlyMap<string, string> {
  return new Map(catalog.flatMap(({ id, volumes }) => volumes.map(({ name }) => [name, id])));
}

export interface DiskTotals {
  readonly volumes: number;
  // An image that several services have counts once.
  readonly images: number;
}

export function diskTotals({ volumes, images }: DiskView): DiskTotals {
  const byId = new Map(images.map(({ id, bytes }) => [id, bytes]));
  return {
    volumes: volumes.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
    images: [...byId.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}
