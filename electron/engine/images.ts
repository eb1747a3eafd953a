// Images come from a registry by their digest, or from an archive.
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { ImagePin } from '../core/catalog/service.ts';
import type { ImageIdentity, PullProgress } from '../core/engine-port.ts';
import { fullRepository } from '../core/images/image-names.ts';
import { statusOf } from './failures.ts';
import { jsonLines } from './json-lines.ts';
import { toImageId } from './mapping.ts';
import { type Layers, type PullMessage, toFinalProgress, toProgress, withMessage } from './pull-progress.ts';
import type { SignIn } from './registry-sign-in.ts';
import { openStream } from './stream.ts';

export async function pullImage(
  docker: Docker,
  pin: ImagePin,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
  isPodman: boolean,
  signIn?: SignIn,
): Promise<void> {
  try {
    await pullByDigest(docker, pin, onProgress, signal, isPodman, signIn);
  } catch (error) {
    // In the middle of an answer a cancelled request looks like an engine that went away.
    if (signal.aborted) throw new DOMException('The pull was cancelled', 'AbortError');
    throw error;
  }
  await tagPulled(docker, pin);
}

async function pullByDigest(
  docker: Docker,
  pin: ImagePin,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
  isPodman: boolean,
  signIn: SignIn | undefined,
): Promise<void> {
  // The full name: Podman does not guess where a short one comes from.
  const fromImage = fullRepository(pin.repository);
  const query = { fromImage, tag: pin.digest, abortSignal: signal };
  // Given apart, the sign-in travels in a header; among the query it would be part of the address.
  const answer = await (signIn === undefined ? docker.createImage(query) : docker.createImage(signIn, query));
  let layers: Layers = new Map();
  for await (const message of jsonLines(answer as AsyncIterable<Uint8Array>)) {
    failOnError(message as PullMessage);
    const next = withMessage(layers, message as PullMessage, isPodman);
    if (next !== layers) onProgress(toProgress(next));
    layers = next;
  }
  signal.throwIfAborted();
  onProgress(toFinalProgress(layers));
}

// What is pulled by its digest carries no tag. People look for it by its tag, so it gets one unless the tag is in use.
async function tagPulled(docker: Docker, pin: ImagePin): Promise<void> {
  const repository = fullRepository(pin.repository);
  const held = await findImage(docker, `${repository}:${pin.tag}`);
  if (held !== undefined) return;
  await docker.getImage(`${repository}@${pin.digest}`).tag({ repo: repository, tag: pin.tag });
}

export async function loadImage(
  docker: Docker,
  archive: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  const source = Readable.from(archive);
  let broken: unknown;
  source.on('error', (error) => (broken ??= error));
  try {
    const answer = await docker.loadImage(source, { quiet: true, abortSignal: signal });
    for await (const message of jsonLines(answer as AsyncIterable<Uint8Array>)) {
      failOnError(message as PullMessage);
      const name = localName((message as { readonly stream?: string }).stream);
      if (name !== undefined) await docker.getImage(`${localHost}${name.repository}:${name.tag}`).tag(fullyNamed(name));
    }
  } catch (error) {
    signal?.throwIfAborted();
    // What the source said tells more than the connection that it took along.
    throw broken ?? error;
  } finally {
    source.destroy();
  }
}

export async function* saveImage(docker: Docker, id: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const answer = await openStream(docker, { path: `/images/${encodeURIComponent(id)}/get`, signal });
  yield* answer as AsyncIterable<Uint8Array>;
  // A connection that breaks looks like an end.
  if (!answer.complete) throw new Error('aborted');
}

export async function findImage(docker: Docker, name: string): Promise<ImageIdentity | undefined> {
  try {
    const { Id, RootFS } = await docker.getImage(name).inspect();
    return { id: toImageId(Id), layerDigests: RootFS?.Layers ?? [] };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

export async function untagImage(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getImage(name).remove({ force: false, noprune: true });
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

const localHost = 'localhost/';

// Podman takes a name without a registry as its own, where Docker takes it as Docker Hub's. Both then find it there.
export function localName(said: string | undefined): { readonly repository: string; readonly tag: string } | undefined {
  const name = /^Loaded image: localhost\/(\S+):([^:/\s]+)/.exec(said ?? '');
  const [, repository, tag] = name ?? [];
  return repository === undefined || tag === undefined ? undefined : { repository, tag };
}

function fullyNamed(name: { readonly repository: string; readonly tag: string }) {
  return { repo: fullRepository(name.repository), tag: name.tag };
}

// Errors that come after the answer has begun are part of it.
function failOnError(message: PullMessage): void {
  const words = message.errorDetail?.message ?? message.error;
  if (words !== undefined && words !== '') throw new Error(words);
}
