// How long it took until something sent was found; kept in tests/output for who wants the figures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../e2e/wait-until.ts';

const folder = join(import.meta.dirname, '../../output/observability');

// What the issue promises of a stack that has been up for a minute.
const promisedSeconds = 15;

export class Times {
  readonly #file: string;
  readonly #seconds: Record<string, number> = {};

  constructor(name: string) {
    this.#file = join(folder, `${name}.json`);
  }

  // Asks until there is an answer, which has to come within what is promised from `since` on (of performance.now).
  async until<T>(what: string, since: number, ask: () => Promise<T | undefined>): Promise<T> {
    const left = promisedSeconds - (performance.now() - since) / 1000;
    const answer = await waitUntil(what, ask, left);
    this.note(what, (performance.now() - since) / 1000);
    return answer;
  }

  note(what: string, seconds: number): void {
    this.#seconds[what] = Number(seconds.toFixed(2));
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify({ secondsUntilFound: this.#seconds }, undefined, 2)}\n`);
  }
}
