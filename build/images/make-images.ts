// Makes images under the pinned names, for an engine that can pull none.
import { createReadStream } from 'node:fs';
import { arch } from 'node:process';
import { writeDockerArchive } from './archive/docker-archive.ts';
import { Cache, type Cached } from './cache.ts';
import { choose, type Option, type Present } from './choose.ts';
import type { How, ImageService, Kitchen, Recipe } from './recipe.ts';
import { type Recipes, recipesFor } from './recipes.ts';
import { type Outcome, summary } from './summary.ts';
import { sayEvery, spanOf } from './time.ts';

export interface FoundImage {
  readonly id: string;
  readonly origin: Present['origin'];
  readonly sizeBytes: number;
}

// What is needed of an engine.
export interface ImageEngine {
  find(service: ImageService): Promise<FoundImage | undefined>;
  loadImage(archive: AsyncIterable<Uint8Array>): Promise<void>;
}

export interface MakeImages {
  readonly services: readonly ImageService[];
  // Empty for all.
  readonly ids: readonly string[];
  readonly stubs: boolean;
  readonly cacheDirectory: string;
  // The folder build/images of the checkout.
  readonly sources: string;
  readonly engine: ImageEngine;
  readonly write: (line: string) => void;
  // What an error says to a person.
  readonly words: (error: unknown) => string;
  readonly signal?: AbortSignal;
}

interface ImageFacts {
  readonly how: How;
  readonly version: string;
  readonly note?: string;
  readonly imageId: string;
}

export async function makeImages(wanted: MakeImages): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  await new Cache(wanted.cacheDirectory).sweep();
  for (const service of inOrder(wanted)) {
    wanted.signal?.throwIfAborted();
    try {
      outcomes.push(await makeOne(service, wanted));
    } catch (error) {
      wanted.signal?.throwIfAborted();
      const reason = wanted.words(error);
      wanted.write(`${service.id}: failed. ${reason}`);
      outcomes.push({ service, how: 'failed', reason: reason.split('\n')[0] ?? '' });
    }
  }
  for (const line of summary(outcomes)) wanted.write(line);
  return outcomes;
}

// What is ready soon comes first; the programs that are compiled for minutes come last.
function inOrder({ services, ids }: MakeImages): ImageService[] {
  for (const id of ids) {
    if (!services.some((service) => service.id === id)) throw new Error(`There is no service "${id}".`);
  }
  const asked = services.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const early = ['ingress', 'grafana', 'excalidraw'];
  const rank = ({ id }: ImageService) => (early.includes(id) ? early.indexOf(id) : early.length);
  return [...asked].sort((a, b) => rank(a) - rank(b));
}

async function makeOne(service: ImageService, wanted: MakeImages): Promise<Outcome> {
  const cache = new Cache(wanted.cacheDirectory);
  const architecture = arch === 'x64' ? 'amd64' : arch;
  const recipes = await recipesFor(service, wanted.sources, architecture);
  const present = await recognise(service, recipes, cache, await wanted.engine.find(service));
  const [real, stub] = await Promise.all([
    optionOf(service, recipes.real, cache),
    optionOf(service, recipes.stub, cache),
  ]);
  const decision = choose({
    ...(present ? { present } : {}),
    ...(real ? { real } : {}),
    ...(stub ? { stub } : {}),
    stubs: wanted.stubs,
  });
  const say = (text: string) => wanted.write(`${service.id}: ${text}`);
  if (decision.act === 'fail') throw new Error(decision.why);
  if (decision.act === 'leave') {
    say(decision.why);
    const facts = present?.recipe ? await cache.find<ImageFacts>(`${service.id}-${present.recipe}`) : undefined;
    const { origin = 'unknown', sizeBytes = 0 } = present ?? {};
    return { service, how: origin, sizeBytes, version: facts?.facts.version, note: facts?.facts.note };
  }
  const recipe = recipes[decision.recipe];
  if (!recipe) throw new Error('There is no such recipe.');
  const started = performance.now();
  const kitchen: Kitchen = { cache, architecture, sources: wanted.sources, say, signal: wanted.signal };
  const name = `${service.id}-${recipe.hash}`;
  const cached = await cache.find<ImageFacts>(name);
  const made = cached ?? (await makeArchive(service, recipe, kitchen, name));
  await wanted.engine.loadImage(createReadStream(made.file, { highWaterMark: 1 << 20 }));
  await cache.dropOthers(
    service.id,
    [real, stub].map((option) => `${service.id}-${option?.hash}`),
  );
  const { how, version, note } = made.facts;
  const word = how === 'stub' ? 'a stub' : `${how} ${version}`;
  say(
    `${word}${note ? ` (${note})` : ''}, ${cached ? 'loaded from the cache' : 'made and loaded'} in ${spanOf(performance.now() - started)}`,
  );
  const loaded = await wanted.engine.find(service);
  return { service, how, version, note, sizeBytes: loaded?.sizeBytes ?? 0 };
}

// By its id: the same bytes give the same image.
async function recognise(
  service: ImageService,
  { real, stub }: Recipes,
  cache: Cache,
  found: FoundImage | undefined,
): Promise<(FoundImage & Present) | undefined> {
  for (const hash of [real?.hash, stub?.hash]) {
    const cached = await cache.find<ImageFacts>(`${service.id}-${hash}`);
    if (found && hash && cached?.facts.imageId === found.id) return { ...found, recipe: hash };
  }
  return found;
}

async function optionOf(service: ImageService, recipe: Recipe | undefined, cache: Cache): Promise<Option | undefined> {
  if (!recipe) return undefined;
  const isCached = (await cache.find(`${service.id}-${recipe.hash}`)) !== undefined;
  const missing = await recipe.missing();
  return { hash: recipe.hash, isSlow: recipe.isSlow, isCached, ...(missing ? { missing } : {}) };
}

async function makeArchive(
  service: ImageService,
  recipe: Recipe,
  kitchen: Kitchen,
  name: string,
): Promise<Cached<ImageFacts>> {
  const log = await kitchen.cache.log(name);
  const stop = sayEvery(30_000, (span) => kitchen.say(`still at it after ${span}`));
  try {
    return await kitchen.cache.workIn(name, async (folder) => {
      const draft = await recipe.make(kitchen, folder, log);
      const { how } = recipe;
      const { version, note } = draft;
      const title = how === 'stub' ? `Macula stub of ${service.title}` : service.title;
      return kitchen.cache.store<ImageFacts>(name, async (file) => {
        const imageId = await writeDockerArchive(
          file,
          {
            reference: `${service.image.repository}:${service.image.tag}`,
            architecture: kitchen.architecture,
            defaults: draft.defaults,
            labels: {
              'io.macula.substitute': how,
              'io.macula.substitute.recipe': recipe.hash,
              'org.opencontainers.image.title': title,
              'org.opencontainers.image.version': version,
              'org.opencontainers.image.description': note ? `${draft.description} Note: ${note}.` : draft.description,
            },
            layers: draft.layers,
          },
          kitchen.signal,
        );
        return { how, version, imageId, ...(note ? { note } : {}) };
      });
    });
  } finally {
    stop();
  }
}
