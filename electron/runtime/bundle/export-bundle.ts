// Writes the images of the stack into one file: an index, then one archive for each image.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ServiceDefinition } from '../../core/catalog/service.ts';
import { FailureError } from '../../core/failure.ts';
import {
  bundleFile,
  bundleFormat,
  type BundleIndex,
  type BundleRecord,
  indexBytes,
  indexPath,
  mostManifestBytes,
} from '../../core/images/bundle-index.ts';
import { leftOutWords } from '../../core/images/bundle-text.ts';
import type { BundleReport } from '../../core/images/images-view.ts';
import { type ManifestAnswer, type ManifestTexts, traceConfig } from '../../core/images/manifests.ts';
import type { Observed, ObservedImage } from '../../core/observed.ts';
import type { BundleWork } from './bundle-work.ts';
import { readImageArchive } from './image-archive.ts';
import { ArchiveError } from './tar-listing.ts';
import { mostFileBytes, tarBlock, tarPadding, writeTarHeader } from './tar-header.ts';
import { writeWholeFile } from './whole-file.ts';

interface Chosen {
  readonly definition: ServiceDefinition;
  readonly image: ObservedImage;
}

// Of the archives beyond the images' own size: headers and descriptions.
const allowanceBytes = 1024 * 1024;

export async function exportBundle(
  path: string,
  catalog: readonly ServiceDefinition[],
  observed: Observed,
  work: BundleWork,
): Promise<BundleReport> {
  const chosen = catalog.flatMap((definition): readonly Chosen[] => {
    const image = observed.images[definition.id];
    return image === undefined || image.origin === 'unknown' ? [] : [{ definition, image }];
  });
  if (chosen.length === 0) throw new FailureError({ code: 'bundle-failed', path, problem: 'nothing-here', detail: '' });
  const sizes = chosen.map(({ image }) => image.sizeBytes + allowanceBytes);
  const neededBytes = indexBytes + sizes.reduce((sum, size) => sum + size, 0);
  work.begin(neededBytes);
  const answers = await askAll(chosen, work);
  const records: BundleRecord[] = [];
  await writeWholeFile(path, neededBytes, async (file) => {
    let at = tarBlock + indexBytes;
    for (const one of chosen) {
      work.turnTo(nameOf(one.definition));
      const record = await writeImage(file, at, one, work);
      const texts = provenBy(answers.get(record.service), record);
      records.push(texts === undefined ? record : { ...record, manifests: texts });
      at += tarBlock + record.sizeBytes + tarPadding(record.sizeBytes);
    }
    await writeAll(file, Buffer.alloc(2 * tarBlock), at);
    const platform = await work.engine.platform();
    await writeIndex(file, {
      format: bundleFormat,
      createdAt: new Date(work.now()).toISOString(),
      platform,
      images: records,
    });
    work.signal.throwIfAborted();
  });
  return {
    path,
    images: records.map(({ service, name, sizeBytes, manifests }) => {
      return { service, name, sizeBytes, verified: manifests === undefined ? 'bundle-record' : 'pinned-digest' };
    }),
    leftOut: catalog.flatMap(({ id }) => {
      const origin = observed.images[id]?.origin;
      if (origin !== undefined && origin !== 'unknown') return [];
      return [{ service: id, reason: leftOutWords[origin === undefined ? 'missing' : 'foreign'] }];
    }),
  };
}

// Only a registry has the manifests that a pinned digest is of: most engines keep none.
async function askAll(chosen: readonly Chosen[], { engine, signal }: BundleWork) {
  const pinned = chosen.filter(({ image }) => image.origin === 'pinned');
  const answers = pinned.map(async ({ definition }): Promise<readonly [string, ManifestAnswer]> => {
    return [definition.id, await engine.imageManifests(definition.image, signal)];
  });
  return new Map(await Promise.all(answers));
}

async function writeImage(
  file: FileHandle,
  at: number,
  { definition, image }: Chosen,
  work: BundleWork,
): Promise<BundleRecord> {
  const { id: service, image: pin } = definition;
  const offset = at + tarBlock;
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of work.engine.saveImage(image.id, work.signal)) {
    await writeAll(file, chunk, offset + sizeBytes);
    hash.update(chunk);
    sizeBytes += chunk.length;
    work.add(chunk.length);
    if (sizeBytes > mostFileBytes) throw tooLarge(definition);
  }
  const padding = Buffer.alloc(tarPadding(sizeBytes));
  await writeAll(file, padding, offset + sizeBytes);
  await writeAll(file, writeTarHeader(bundleFile(service), sizeBytes), at);
  // What cannot be read again is found out now, and not where it is needed.
  const { configDigest } = await readBack({ file, offset, sizeBytes }, work, definition);
  return {
    service,
    name: nameOf(definition),
    pinnedDigest: pin.digest,
    configDigest,
    ...(image.origin === 'pinned' || image.origin === 'unknown' ? {} : { substitute: image.origin }),
    file: bundleFile(service),
    sha256: hash.digest('hex'),
    sizeBytes,
  };
}

async function readBack(
  part: { readonly file: FileHandle; readonly offset: number; readonly sizeBytes: number },
  { signal }: BundleWork,
  definition: ServiceDefinition,
) {
  try {
    return await readImageArchive(part, signal);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const detail = `What it gave out is not whole: ${error.message}.`;
    throw new FailureError(
      { code: 'operation-failed', operation: `save ${nameOf(definition)}`, detail },
      { cause: error },
    );
  }
}

function tooLarge(definition: ServiceDefinition): FailureError {
  const operation = `save ${nameOf(definition)}`;
  return new FailureError({ code: 'operation-failed', operation, detail: 'It is larger than 8 GiB.' });
}

function provenBy(answer: ManifestAnswer | undefined, record: BundleRecord): ManifestTexts | undefined {
  if (answer?.kind !== 'found') return undefined;
  const { texts } = answer;
  const isShort = [texts.index ?? '', texts.manifest].every((text) => Buffer.byteLength(text) <= mostManifestBytes);
  const digest = isShort ? traceConfig(record.pinnedDigest, texts, sum) : undefined;
  return digest === record.configDigest ? texts : undefined;
}

async function writeIndex(file: FileHandle, index: BundleIndex): Promise<void> {
  const text = Buffer.from(JSON.stringify(index, undefined, 1));
  if (text.length > indexBytes) throw new Error(`The index of a bundle has ${text.length} bytes`);
  await writeAll(file, writeTarHeader(indexPath, indexBytes), 0);
  await writeAll(file, Buffer.concat([text, Buffer.alloc(indexBytes - text.length, ' ')]), tarBlock);
}

async function writeAll(file: FileHandle, content: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < content.length; ) {
    const { bytesWritten } = await file.write(content, done, content.length - done, position + done);
    done += bytesWritten;
  }
}

function nameOf({ image }: ServiceDefinition): string {
  return `${image.repository}:${image.tag}`;
}

function sum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
