// One image in the format of "docker save": read, checked against its own sums, and written anew from what was checked.
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { asObject, isDigest, type Platform } from '../../core/images/manifests.ts';
import { type FilePart, type OnBytes, readPart, readWhole } from './file-part.ts';
import { ArchiveError, type ListedEntry, listTar } from './tar-listing.ts';
import { mostFileBytes, tarBlock, tarPadding, writeTarHeader } from './tar-header.ts';

export interface ImageArchive {
  // sha256:... of the configuration.
  readonly configDigest: string;
  readonly config: Buffer;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly platform: Platform;
  // sha256:... of each layer as it is unpacked.
  readonly layerDigests: readonly string[];
  readonly layers: readonly ImageLayer[];
}

export interface ImageLayer {
  readonly content: FilePart;
  readonly isPacked: boolean;
  readonly unpackedBytes: number;
}

const mostEntries = 4096;
const mostTextBytes = 4 * 1024 * 1024;
// What grows beyond this, and more than fifty times, is made to fill a disk.
const suspiciousBytes = 1024 ** 3;
const suspiciousFactor = 50;

// Throws ArchiveError. Every layer is read and has the sum that the configuration says.
export async function readImageArchive(archive: FilePart, signal: AbortSignal): Promise<ImageArchive> {
  const entries = await listTar(archive, mostEntries);
  const find = finder(entries);
  const list: unknown = parse(await readText(find('manifest.json')));
  const [manifest] = Array.isArray(list) && list.length === 1 ? (list as readonly unknown[]) : [];
  const { Config: configPath, Layers: layerPaths } = asObject(manifest) ?? {};
  if (typeof configPath !== 'string' || !isListOfText(layerPaths)) {
    throw new ArchiveError('it does not hold exactly one image');
  }
  const config = await readText(find(configPath));
  const configuration = readConfiguration(config);
  if (configuration.layerDigests.length !== layerPaths.length) throw new ArchiveError('layers are missing in it');
  const layers: ImageLayer[] = [];
  let unpackedBytes = 0;
  for (const [place, path] of layerPaths.entries()) {
    const layer = await readLayer(find(path), signal);
    unpackedBytes += layer.unpackedBytes;
    // A layer may be named many times over.
    if (isSuspicious(unpackedBytes, archive.sizeBytes)) throw new ArchiveError('its layers would fill the disk');
    if (layer.digest !== configuration.layerDigests[place]) throw new ArchiveError('a layer of it was changed');
    layers.push(layer);
  }
  return { config, configDigest: `sha256:${sum(config)}`, ...configuration, layers };
}

// The same image under this one name, of what was checked only. What changed since then is noticed, as the last word.
export async function* writeImageArchive(
  image: ImageArchive,
  name: string,
  signal: AbortSignal,
  onBytes: OnBytes,
): AsyncGenerator<Buffer> {
  const configPath = `${image.configDigest.replace('sha256:', '')}.json`;
  yield* entry(configPath, image.config);
  const paths = image.layers.map((_, place) => `${place}/layer.tar`);
  for (const [place, layer] of image.layers.entries()) {
    yield writeTarHeader(paths[place] ?? '', layer.unpackedBytes);
    const hash = createHash('sha256');
    let written = 0;
    for await (const chunk of unpacked(layer.content, layer.isPacked, signal, onBytes)) {
      written += chunk.length;
      if (written > layer.unpackedBytes) break;
      hash.update(chunk);
      yield chunk;
    }
    const isSame = written === layer.unpackedBytes && `sha256:${hash.digest('hex')}` === image.layerDigests[place];
    if (!isSame) throw new ArchiveError('it was changed while it was read');
    yield Buffer.alloc(tarPadding(layer.unpackedBytes));
  }
  const manifest = [{ Config: configPath, RepoTags: [name], Layers: paths }];
  yield* entry('manifest.json', Buffer.from(JSON.stringify(manifest)));
  yield Buffer.alloc(2 * tarBlock);
}

function* entry(path: string, content: Buffer): Generator<Buffer> {
  yield writeTarHeader(path, content.length);
  yield content;
  yield Buffer.alloc(tarPadding(content.length));
}

// By path, through links within the archive: engines write one for a layer that is there twice.
function finder(entries: readonly ListedEntry[]): (path: string) => FilePart {
  const byPath = new Map<string, ListedEntry>();
  for (const one of entries) {
    const path = posix.normalize(one.path);
    if (one.kind !== '0' && one.kind !== '2') continue;
    if (byPath.has(path)) throw new ArchiveError('it has two entries of one name');
    byPath.set(path, one);
  }
  return (path) => {
    let wanted = posix.normalize(path);
    for (let steps = 0; steps < 8; steps += 1) {
      const found = byPath.get(wanted);
      if (found === undefined) break;
      if (found.kind === '0') return found.content;
      wanted = posix.join(posix.dirname(wanted), found.target);
    }
    throw new ArchiveError('a file that it names is missing in it');
  };
}

async function readText(part: FilePart): Promise<Buffer> {
  if (part.sizeBytes > mostTextBytes) throw new ArchiveError('its description is far too long');
  return readWhole(part);
}

function readConfiguration(text: Buffer): Pick<ImageArchive, 'labels' | 'platform' | 'layerDigests'> {
  const configuration = asObject(parse(text)) ?? {};
  const digests = asObject(configuration['rootfs'])?.['diff_ids'];
  const { os, architecture } = configuration;
  if (!isListOfText(digests) || !digests.every(isDigest)) throw new ArchiveError('it does not say what its layers are');
  if (typeof os !== 'string' || typeof architecture !== 'string') throw new ArchiveError('it is for no known machine');
  const labels = asObject(asObject(configuration['config'])?.['Labels']) ?? {};
  return { labels, platform: { os, architecture }, layerDigests: digests };
}

async function readLayer(content: FilePart, signal: AbortSignal): Promise<ImageLayer & { readonly digest: string }> {
  const isPacked = await isGzip(content);
  const hash = createHash('sha256');
  let unpackedBytes = 0;
  for await (const chunk of unpacked(content, isPacked, signal)) {
    hash.update(chunk);
    unpackedBytes += chunk.length;
    if (isSuspicious(unpackedBytes, content.sizeBytes) || unpackedBytes > mostFileBytes) {
      throw new ArchiveError('a layer of it would fill the disk');
    }
  }
  return { content, isPacked, unpackedBytes, digest: `sha256:${hash.digest('hex')}` };
}

function isSuspicious(unpackedBytes: number, packedBytes: number): boolean {
  return unpackedBytes > suspiciousBytes && unpackedBytes > packedBytes * suspiciousFactor;
}

async function isGzip(content: FilePart): Promise<boolean> {
  const start = await readWhole({ ...content, sizeBytes: Math.min(2, content.sizeBytes) });
  return start.equals(Buffer.from([0x1f, 0x8b]));
}

async function* unpacked(
  content: FilePart,
  isPacked: boolean,
  signal: AbortSignal,
  onBytes?: OnBytes,
): AsyncGenerator<Buffer> {
  const packed = readPart(content, signal, onBytes);
  if (!isPacked) return yield* packed;
  const source = Readable.from(packed);
  const gunzip = source.pipe(createGunzip());
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    const isBroken = (error as { readonly code?: string }).code?.startsWith('Z_') === true;
    throw isBroken ? new ArchiveError('a layer of it cannot be unpacked') : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function sum(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function parse(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new ArchiveError('its description cannot be read');
  }
}

function isListOfText(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
