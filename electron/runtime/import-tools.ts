// The two images that an import works with: one that has a shell, and the service's own. Pulled where they are not here.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import { FailureError } from '../core/failure.ts';
import type { ObservedImage } from '../core/observed.ts';
import type { ImportTools } from './import-programs.ts';
import type { Observation } from './observation.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

interface ToolParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly observation: Observation;
  readonly definition: ServiceDefinition;
  readonly signal: AbortSignal;
}

export async function importTools(given: ToolParts): Promise<ImportTools> {
  const { world, parts, definition } = given;
  // nginx stands on Alpine, whose busybox has all that is needed.
  const shell = parts.catalog.find(({ isIngress }) => isIngress === true) ?? definition;
  const shellImage = await imageOf(shell, given);
  const ownImage = await imageOf(definition, given);
  const { engine } = world;
  if (engine === undefined)
    throw new FailureError({ code: 'engine-lost', detail: 'There is no connection to an engine.' });
  return { engine, definition, shellImage: shellImage.id, ownImage };
}

async function imageOf(service: ServiceDefinition, given: ToolParts): Promise<ObservedImage> {
  const { world, observation, signal } = given;
  const found = () => {
    const image = world.observed?.images[service.id];
    return image === undefined || image.origin === 'unknown' ? undefined : image;
  };
  const there = found();
  if (there !== undefined) return there;
  await world.engine?.pullImage(service.image, () => undefined, signal);
  await observation.look();
  const pulled = found();
  if (pulled !== undefined) return pulled;
  const operation = `find the image of ${service.id}`;
  throw new FailureError({ code: 'operation-failed', operation, detail: 'It is not on the engine.' });
}
