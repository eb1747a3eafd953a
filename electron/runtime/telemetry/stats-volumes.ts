// How much the volumes of the stack hold. Measuring walks through them and can take long on a big engine: it is done
// seldom, never while a command is under way, and nobody waits for it.
import type { Figures } from '../../core/telemetry/container-metrics.ts';
import type { FigureParts } from './feed-figures.ts';

export interface VolumeWatch {
  // Measures if it is time.
  look(): void;
  // As measured last; nothing when that was long ago.
  sizes(): Figures['volumes'];
}

const everyMilliseconds = 10 * 60_000;
const validMilliseconds = 3 * everyMilliseconds;

export function createVolumeWatch({
  clock,
  volumes,
  measure,
  isBusy,
}: Pick<FigureParts, 'clock' | 'volumes' | 'measure' | 'isBusy'>): VolumeWatch {
  let measured: { readonly at: number; readonly sizes: Readonly<Record<string, number>> } | undefined;
  let askedAt = -Infinity;
  let isAsking = false;
  return {
    look() {
      if (isAsking || isBusy() || clock.now() - askedAt < everyMilliseconds) return;
      isAsking = true;
      askedAt = clock.now();
      measure()
        .then(
          (sizes) => (measured = { at: clock.now(), sizes }),
          // An engine that does not tell is asked again next time; the figures are left out.
          () => undefined,
        )
        .finally(() => (isAsking = false));
    },
    sizes() {
      if (measured === undefined || clock.now() - measured.at > validMilliseconds) return [];
      const { sizes } = measured;
      return Object.entries(volumes()).flatMap(([volume, service]) => {
        const bytes = sizes[volume];
        return bytes === undefined ? [] : [{ volume, service, bytes }];
      });
    },
  };
}
