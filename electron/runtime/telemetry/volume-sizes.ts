// What the volumes of the stack take of the engine's disk. The engine walks through all of them to tell, so one answer
// does for some minutes and for whoever asks.
import { FailureError } from '../../core/failure.ts';
import { failureText } from '../../core/failure-text.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
import type { World } from '../world.ts';

const keepMilliseconds = 5 * 60_000;

export interface VolumeSizes {
  // Volume name -> bytes. What cannot be told is left out: all of it without an engine.
  measure(): Promise<Readonly<Record<string, number>>>;
  // Something was deleted: the next answer is a new one.
  forget(): void;
}

export function createVolumeSizes(world: World, parts: RuntimeParts): VolumeSizes {
  let last:
    | { readonly engine: World['engine']; readonly volumes: string; readonly until: number; readonly sizes: Sizes }
    | undefined;

  async function ask(engine: NonNullable<World['engine']>): Promise<Readonly<Record<string, number>>> {
    const names = parts.catalog.flatMap((service) => service.volumes.map((use) => use.name));
    try {
      return await engine.volumeSizes([...new Set(names)]);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      parts.log(`The volumes could not be measured: ${failureText(error.failure).detail}`);
      return {};
    }
  }

  return {
    measure() {
      const { engine } = world;
      if (engine === undefined) return Promise.resolve({});
      const now = parts.clock.now();
      // Volumes that have come since were not measured.
      const volumes = (world.observed?.volumes ?? []).map(({ name }) => name).join();
      if (last?.engine === engine && last.volumes === volumes && now < last.until) return last.sizes;
      last = { engine, volumes, until: now + keepMilliseconds, sizes: ask(engine) };
      return last.sizes;
    },
    forget() {
      last = undefined;
    },
  };
}

type Sizes = Promise<Readonly<Record<string, number>>>;
