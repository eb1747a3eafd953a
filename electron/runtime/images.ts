// The images of the stack: what is here, what is missing, and bundles of them.
import type { ImagesRuntime, RuntimeParts } from './runtime-api.ts';
import type { World } from './world.ts';

export function createImagesRuntime(_world: World, _parts: RuntimeParts): ImagesRuntime {
  throw new Error('Not built yet');
}
