// Changes of this machine: look, preview, apply, look again.
import type { Commands } from './commands.ts';
import type { HostRuntime, RuntimeParts } from './runtime-api.ts';
import type { World } from './world.ts';

export function createHostRuntime(_world: World, _parts: RuntimeParts, _commands: Commands): HostRuntime {
  const later = (): never => {
    throw new Error('Not built yet');
  };
  return { view: later, preview: later, apply: later, portHolders: later };
}
