// How long it took until something sent was found; kept in tests/output for who wants the figures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../e2e/wait-until.ts';

const folder = join(import.meta.dirname, '../../output/observability');

// What is promised of a stack that has been up for a minute.
const promisedSeconds = 15;
// What a test insists on. The promise is for a machine that is not busy with something else: here the time is measured,
// printed and kept beside what is promised, and only what takes three times as long fails.
export const insistedSeconds = 3 * promisedSeconds;

export class Times {
  readonly #file: string;
  readonly #seconds: Record<string, number> = {};

  constructor(name: string) {
    this.#file = join(folder, `${name}.json`);
  }

  // Asks until there is an answer, which has to come within what is insisted on from `since` on (of performance.now).
  async until<T>(what: string, since: number, ask: () => Promise<T | undefined>): Promise<T> {
    const left = insistedSeconds - (performance.now() - since) / 1000;
    const answer = await waitUntil(what, ask, left);
    this.found(what, (performance.now() - since) / 1000);
    return answer;
  }

  // As note, of something that is promised.
  found(what: string, seconds: number): void {
    const verdict = seconds <= promisedSeconds ? 'within' : 'LATER THAN';
    console.log(`${what}: found after ${seconds.toFixed(2)} s, ${verdict} the promised ${promisedSeconds} s`);
    this.note(what, seconds);
  }

  note(what: string, seconds: number): void {
    this.#seconds[what] = Number(seconds.toFixed(2));
    mkdirSync(folder, { recursive: true });
    const kept = { promisedSeconds, secondsUntilFound: this.#seconds };
    writeFileSync(this.#file, `${JSON.stringify(kept, undefined, 2)}\n`);
  }
}
