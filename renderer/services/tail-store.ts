// The last few lines of each service. Rows follow their own service only, and are told once a frame.
import type { LogLine } from '../../electron/core/engine-port.ts';
import { LogRing, type KeptLine } from '../logs/log-ring.ts';

export const tailLength = 5;
const nothing: readonly KeptLine[] = [];

export class TailStore {
  #rings = new Map<string, LogRing>();
  #shown = new Map<string, readonly KeptLine[]>();
  #changed = new Set<string>();
  #listeners = new Map<string, Set<() => void>>();
  #frame = 0;

  lines(service: string): readonly KeptLine[] {
    return this.#shown.get(service) ?? nothing;
  }

  append(lines: readonly LogLine[]): void {
    for (const service of new Set(lines.map((line) => line.service))) {
      const own = lines.filter((line) => line.service === service);
      const ring = this.#rings.get(service) ?? new LogRing(tailLength);
      this.#rings.set(service, ring);
      // Of a flood only what will be seen is worth the work.
      ring.append(own.slice(-tailLength));
      this.#changed.add(service);
    }
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#publish());
  }

  expectRepetition(): void {
    for (const ring of this.#rings.values()) ring.expectRepetition();
  }

  subscribe(service: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(service) ?? new Set();
    this.#listeners.set(service, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #publish(): void {
    this.#frame = 0;
    for (const service of this.#changed) {
      this.#shown.set(service, this.#rings.get(service)?.slice(0, tailLength) ?? nothing);
      for (const listener of this.#listeners.get(service) ?? []) listener();
    }
    this.#changed.clear();
  }
}
