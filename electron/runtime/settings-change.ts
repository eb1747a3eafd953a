// What a change of settings would do, and the engines that could be chosen. Reads only.
import { effectsOfChange } from '../core/effects-of-change.ts';
import type { DesiredStack } from '../core/desired.ts';
import type { Observed } from '../core/observed.ts';
import { namesOf } from './desired-inputs.ts';
import { desiredOf } from './desired-of.ts';
import { keptContainers } from './refusals.ts';
import type { SettingsRuntime } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { checkTogether } from './settings-together.ts';
import type { World } from './world.ts';

export function createSettingsRuntime(world: World, parts: RuntimeParts): SettingsRuntime {
  return {
    async effects(next) {
      const now = parts.settings.get();
      // As for a change itself: what is wrong already keeps nothing else from being changed.
      if (next.httpPort !== now.httpPort || next.lanPorts !== now.lanPorts) checkTogether(next, parts);
      const before = { settings: now, desired: world.desired() };
      const after = { settings: next, desired: desiredOf(world, parts, next).derive() };
      return effectsOfChange({
        catalog: parts.catalog,
        before,
        after,
        observed: await withListeners(world, parts, [before.desired, after.desired]),
        kept: keptContainers(world),
        names: namesOf(world.record),
      });
    },
    async engines() {
      const used = world.engine?.description.endpoint;
      const found = await parts.listEngines(parts.settings.get().engineEndpoint);
      return found.map((engine) => ({ ...engine, isInUse: engine.endpoint === used }));
    },
  };
}

// What was seen of the engine, and who listens on this machine now. Looked for only where a port changes: it costs more
// than the rest.
async function withListeners(
  world: World,
  parts: RuntimeParts,
  stacks: readonly [DesiredStack, DesiredStack],
): Promise<Observed | undefined> {
  const { observed } = world;
  const [before, after] = stacks.map(portsOf);
  if (observed === undefined || before === undefined || after === undefined) return observed;
  const containers = observed.listeners.filter(({ containerId }) => containerId !== undefined);
  const isSame = before.join(' ') === after.join(' ');
  if (isSame || world.isRemote()) return { ...observed, listeners: containers };
  const { listeners } = await parts.observeHost([...new Set([...before, ...after])]);
  return { ...observed, listeners: [...containers, ...listeners] };
}

function portsOf({ services }: DesiredStack): readonly number[] {
  return services.flatMap(({ container }) => container.publishes.map(({ hostPort }) => hostPort));
}
