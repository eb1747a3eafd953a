// What services use, read only while somebody listens.
import { diskView, stackVolumes } from '../core/figure-disk.ts';
import { FailureError } from '../core/failure.ts';
import type { DiskView } from '../core/figures.ts';
import { watchFigures } from './figures-watch.ts';
import type { FiguresRuntime } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

// The engine walks through every file of its volumes to tell.
const keepMilliseconds = 60_000;

interface Measured {
  readonly engine: World['engine'];
  // Milliseconds since 1970 when it was asked for.
  readonly at: number;
  readonly view: Promise<DiskView>;
  isUnderWay: boolean;
}

export function createFiguresRuntime(world: World, parts: RuntimeParts): FiguresRuntime {
  let last: Measured | undefined;

  async function measure(): Promise<DiskView> {
    const { engine, observed } = world;
    if (engine === undefined || observed === undefined) throw away(world);
    const names = stackVolumes(parts.catalog, observed);
    const sizes = names.length === 0 ? {} : await engine.volumeSizes(names);
    // Images and volumes as they are now: measuring may have taken a while.
    return diskView(parts.clock.now(), parts.catalog, world.observed ?? observed, sizes);
  }

  return {
    watch: (onSample, signal) => void watchFigures(world, parts, onSample, signal),
    disk({ anew }) {
      const now = parts.clock.now();
      const isOfThisEngine = last !== undefined && last.engine === world.engine;
      if (last !== undefined && isOfThisEngine && (last.isUnderWay || (!anew && now - last.at < keepMilliseconds))) {
        return last.view;
      }
      const made: Measured = { engine: world.engine, at: now, view: measure(), isUnderWay: true };
      last = made;
      made.view
        .catch(() => {
          // Not remembered: the next one asks again.
          if (last === made) last = undefined;
        })
        .finally(() => (made.isUnderWay = false));
      return made.view;
    },
  };
}

function away({ engineState }: World): FailureError {
  if (engineState.kind === 'unavailable') return new FailureError(engineState.failure.failure);
  return new FailureError({ code: 'engine-lost', detail: 'It is not connected yet.' });
}
