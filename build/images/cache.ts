// Finished archives outside the checkout, named by what went into them. A file that is there is whole:
// everything is made under another name in the same folder first, so two runs at once do no harm.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Cached<Facts> {
  readonly file: string;
  readonly facts: Facts;
}

export function defaultCacheFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const base = environment['XDG_CACHE_HOME'];
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'macula-desktop', 'images');
}

// Raised when the archives themselves are written in another way.
const archiveFormat = 'format 2';

export function recipeHash(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256').update(archiveFormat);
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.byteLength}:`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

export class Cache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async find<Facts>(name: string): Promise<Cached<Facts> | undefined> {
    const file = join(this.#folder, `${name}.tar`);
    try {
      await stat(file);
      return { file, facts: JSON.parse(await readFile(join(this.#folder, `${name}.json`), 'utf8')) as Facts };
    } catch {
      return undefined;
    }
  }

  // `make` writes the file it is given, and says what there is to know of it.
  async store<Facts>(name: string, make: (file: string) => Promise<Facts>): Promise<Cached<Facts>> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = join(this.#folder, `.${name}-${randomUUID()}`);
    const file = join(this.#folder, `${name}.tar`);
    try {
      const facts = await make(`${temporary}.tar`);
      await writeFile(`${temporary}.json`, JSON.stringify(facts));
      await rename(`${temporary}.tar`, file);
      await rename(`${temporary}.json`, join(this.#folder, `${name}.json`));
      return { file, facts };
    } finally {
      await rm(`${temporary}.tar`, { force: true });
      await rm(`${temporary}.json`, { force: true });
    }
  }

  // What a run left behind that was killed in its middle. A day is longer than any run takes.
  async sweep(now = Date.now()): Promise<void> {
    const work = join(this.#folder, 'work');
    const left = (await readdir(work).catch(() => [])).map((name) => join(work, name));
    for (const name of await readdir(this.#folder).catch(() => [])) {
      if (name.startsWith('.')) left.push(join(this.#folder, name));
    }
    for (const path of left) {
      const found = await stat(path).catch(() => undefined);
      if (found && now - found.mtimeMs > 24 * 3600 * 1000) await rm(path, { recursive: true, force: true });
    }
  }

  // Older recipes of the same thing are of no more use.
  async dropOthers(id: string, keep: readonly string[]): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const stem = name.match(/^(.+)\.(?:tar|json)$/)?.[1];
      if (stem === undefined || !stem.startsWith(`${id}-`) || keep.includes(stem)) continue;
      if (!/^[0-9a-f]{16}$/.test(stem.slice(id.length + 1))) continue;
      await rm(join(this.#folder, name), { force: true });
    }
  }

  async log(name: string): Promise<string> {
    const folder = join(this.#folder, 'logs');
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${name}.log`);
    await writeFile(file, '');
    return file;
  }

  // A folder to work in; it is gone afterwards.
  async workIn<Result>(name: string, work: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = join(this.#folder, 'work', `${name}-${randomUUID().slice(0, 8)}`);
    await mkdir(folder, { recursive: true });
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
