// What services use, read only while somebody listens.
import type { FiguresRuntime, RuntimeParts } from './runtime-api.ts';
import type { World } from './world.ts';

export function createFiguresRuntime(_world: World, _parts: RuntimeParts): FiguresRuntime {
  throw new Error('Not built yet');
}
