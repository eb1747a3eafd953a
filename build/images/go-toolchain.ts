// The go command, working in a module of its own that only names what is to be built.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram, run } from './run-command.ts';

interface GoPlace {
  readonly folder: string;
  readonly mod: string;
  readonly sum: Uint8Array;
  readonly architecture: string;
  readonly log: string;
  readonly signal?: AbortSignal | undefined;
}

export async function missingGo(): Promise<string | undefined> {
  return (await findProgram('go')) ? undefined : 'it is built with Go, and there is no go command here';
}

// What a go.mod asks for of a module.
export function requiredVersion(mod: string, module: string): string {
  for (const line of mod.split('\n')) {
    const [name, version] = line.replace(/^\s*(require\s+)?/, '').split(/\s+/);
    if (name === module && version?.startsWith('v')) return version;
  }
  throw new Error(`go.mod does not require ${module}.`);
}

export class Go {
  readonly #place: GoPlace;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(place: GoPlace, toolchain: string) {
    this.#place = place;
    this.#environment = {
      CGO_ENABLED: '0',
      GOOS: 'linux',
      GOARCH: place.architecture,
      GOWORK: 'off',
      GOFLAGS: '-mod=readonly',
      GOTOOLCHAIN: toolchain,
    };
  }

  static async prepare(place: GoPlace): Promise<Go> {
    const own = await run({
      program: 'go',
      args: ['env', 'GOVERSION'],
      environment: { GOTOOLCHAIN: 'local' },
      log: place.log,
      signal: place.signal,
    });
    const wanted = place.mod.match(/^go (\S+)$/m)?.[1] ?? '';
    const go = new Go(place, isAtLeast(own.trim().replace(/^go/, ''), wanted) ? 'local' : 'auto');
    await go.#writeModule('');
    return go;
  }

  // The module is taken from a folder instead, where it can have been changed.
  async replace(module: string, folder: string): Promise<void> {
    await this.#writeModule(`\nreplace ${module} => ${folder}\n`);
  }

  async #writeModule(more: string): Promise<void> {
    await writeFile(join(this.#place.folder, 'go.mod'), this.#place.mod + more);
    await writeFile(join(this.#place.folder, 'go.sum'), this.#place.sum);
  }

  async run(...args: string[]): Promise<string> {
    const { folder, log, signal } = this.#place;
    return run({ program: 'go', args, folder, environment: this.#environment, log, signal });
  }

  async moduleFolder(module: string): Promise<string> {
    return (await this.run('list', '-m', '-f', '{{.Dir}}', module)).trim();
  }

  async build(
    path: string,
    output: string,
    variables: Readonly<Record<string, string>>,
    tags: readonly string[],
  ): Promise<void> {
    await mkdir(dirname(output), { recursive: true });
    const values = Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`);
    const linker = ['-s', '-w', ...values].join(' ');
    await this.run(
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-tags',
      tags.join(','),
      '-ldflags',
      linker,
      '-o',
      output,
      path,
    );
  }
}

export function isAtLeast(version: string, wanted: string): boolean {
  const numbers = (text: string) => text.split(/[^0-9]+/).map(Number);
  const [have, want] = [numbers(version), numbers(wanted)];
  for (let index = 0; index < Math.max(have.length, want.length); index++) {
    const difference = (have[index] ?? 0) - (want[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
