// An export or import under way: whom it works with, how far it is, and whether it is still wanted.
import type { EnginePort } from '../../core/engine-port.ts';
import type { TransferProgress } from '../../core/images/images-view.ts';

export interface BundleWork {
  readonly engine: EnginePort;
  readonly signal: AbortSignal;
  // Milliseconds since 1970.
  now(): number;
  begin(bytesTotal: number): void;
  // '' between images.
  turnTo(image: string): void;
  add(bytes: number): void;
}

export interface WorkParts {
  readonly engine: EnginePort;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly kind: TransferProgress['kind'];
  readonly onProgress: (progress: TransferProgress) => void;
}

const leastMillisecondsBetween = 100;

export function createBundleWork({ engine, signal, now, kind, onProgress }: WorkParts): BundleWork {
  let progress: TransferProgress = { kind, bytesDone: 0, bytesTotal: 0, image: '' };
  let done = 0;
  let toldAt = 0;

  function tell(): void {
    toldAt = now();
    onProgress(progress);
  }

  return {
    engine,
    signal,
    now,
    begin(bytesTotal) {
      progress = { ...progress, bytesTotal };
      tell();
    },
    turnTo(image) {
      progress = { ...progress, image };
      tell();
    },
    add(bytes) {
      done += bytes;
      progress = { ...progress, bytesDone: Math.min(Math.floor(done), progress.bytesTotal) };
      if (now() - toldAt >= leastMillisecondsBetween) tell();
    },
  };
}
