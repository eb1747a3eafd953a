// What a change of settings would do, and the engines that could be chosen.
import type { RuntimeParts, SettingsRuntime } from './runtime-api.ts';
import type { World } from './world.ts';

export function createSettingsRuntime(_world: World, _parts: RuntimeParts): SettingsRuntime {
  throw new Error('Not built yet');
}
