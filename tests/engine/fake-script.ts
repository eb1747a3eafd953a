// What a test scripts on the fake engine: failures, delays, calls that are held, and the loss of the engine.
import type { EnginePort } from '../../electron/core/engine-port.ts';
import { type Failure, FailureError } from '../../electron/core/failure.ts';

export type FakeCall = Exclude<keyof EnginePort, 'description' | 'close' | 'logs' | 'events'>;

export interface FakeChange {
  readonly call: FakeCall;
  // The name of what was changed.
  readonly subject: string;
}

const reading: readonly FakeCall[] = [
  ...(['observe', 'inspectContainer', 'containerStats', 'machine', 'volumeSizes', 'readFile'] as const),
  ...(['listVolumes', 'volumeUsers', 'listImages', 'imageManifests', 'saveImage', 'findImage', 'platform'] as const),
];

export class FakeScript {
  readonly changes: FakeChange[] = [];
  readonly #failures = new Map<FakeCall, Failure[]>();
  readonly #delays = new Map<FakeCall, number>();
  readonly #held = new Map<FakeCall, Promise<void>>();
  isLost = false;

  failNext(call: FakeCall, failure: Failure, times: number): void {
    this.#failures.set(call, [...(this.#failures.get(call) ?? []), ...Array<Failure>(times).fill(failure)]);
  }

  delay(call: FakeCall, milliseconds: number): void {
    this.#delays.set(call, milliseconds);
  }

  hold(call: FakeCall): () => void {
    let release = () => {};
    this.#held.set(call, new Promise((resolve) => (release = resolve)));
    return () => {
      this.#held.delete(call);
      release();
    };
  }

  // Every call of the port comes through here first.
  async begin(call: FakeCall, subject: string, signal?: AbortSignal): Promise<void> {
    if (this.isLost) throw lost();
    if (!reading.includes(call)) this.changes.push({ call, subject });
    await this.#held.get(call);
    // Never in the same turn: a real engine is another process.
    await sleep(this.#delays.get(call) ?? 0, signal);
    const [failure, ...later] = this.#failures.get(call) ?? [];
    this.#failures.set(call, later);
    if (failure !== undefined) throw new FailureError(failure);
    if (this.isLost) throw lost();
  }
}

export function lost(): FailureError {
  return new FailureError({ code: 'engine-lost', detail: 'the test took it away' });
}

export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    function abort() {
      clearTimeout(timer);
      reject(new DOMException('The operation was aborted', 'AbortError'));
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
