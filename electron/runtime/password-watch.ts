// Sees a Grafana that it has not seen before, once it answers; only then, and where a password is kept, more is loaded.
import { findContainer } from '../core/conflicts.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

const mostTries = 3;

export interface PasswordWatch {
  start(): void;
  stop(): void;
  // Resolves when what is to be done now is done, whatever goes wrong.
  once(): Promise<void>;
}

export function createPasswordWatch(world: World, parts: RuntimeParts): PasswordWatch {
  let looked: { readonly container: string; readonly tries: number } | undefined;
  let running: Promise<void> | undefined;
  let unsubscribe: (() => void) | undefined;

  async function look(): Promise<void> {
    const container = world.observed === undefined ? undefined : findContainer(world.observed, 'grafana');
    if (container?.phase !== 'running' || world.probes['grafana']?.kind !== 'ready') return;
    const tries = looked?.container === container.id ? looked.tries : 0;
    if (tries >= mostTries) return;
    // A file that is looked at once for each container.
    const isKept = parts.secrets.kept() !== 'nowhere';
    looked = { container: container.id, tries: isKept ? tries + 1 : mostTries };
    if (!isKept) return;
    const { keepPassword } = await import('./password-upkeep.ts');
    if (await keepPassword(world, parts)) looked = { container: container.id, tries: mostTries };
  }

  function once(): Promise<void> {
    running ??= look()
      .catch((error: unknown) => parts.log(`The look at Grafana's password failed: ${String(error)}`))
      .finally(() => (running = undefined));
    return running;
  }

  return {
    once,
    start() {
      unsubscribe ??= world.store.subscribe(() => {
        if (world.progress === undefined) void once();
      });
    },
    stop() {
      unsubscribe?.();
      unsubscribe = undefined;
    },
  };
}
