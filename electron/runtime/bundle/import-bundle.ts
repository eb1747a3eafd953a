// Brings the images of a bundle to the engine: all of them are checked before the first is loaded, and each is loaded
// from what was checked, under a name that leads to nothing until the engine has shown what it made of it.
import { createHash, randomBytes } from 'node:crypto';
import type { ImagePin, ServiceDefinition } from '../../core/catalog/service.ts';
import { labels } from '../../core/identity.ts';
import type { BundleRecord } from '../../core/images/bundle-index.ts';
import { leftOutWords } from '../../core/images/bundle-text.ts';
import { fullRepository, importedName, type ImportedBy, uncheckedName } from '../../core/images/image-names.ts';
import type { BundleImage, BundleReport } from '../../core/images/images-view.ts';
import { type Platform, traceConfig } from '../../core/images/manifests.ts';
import type { Observed } from '../../core/observed.ts';
import type { BundleWork } from './bundle-work.ts';
import { hashPart } from './file-part.ts';
import { type ImageArchive, readImageArchive, writeImageArchive } from './image-archive.ts';
import { type Bundle, bundleFailure, withBundle } from './read-bundle.ts';
import { ArchiveError } from './tar-listing.ts';

export interface ImportQuery {
  readonly path: string;
  readonly catalog: readonly ServiceDefinition[];
  readonly observed: Observed;
  // Whether those images may be loaded that only the bundle vouches for.
  mayTrust(images: readonly BundleImage[]): Promise<boolean>;
}

interface Checked {
  readonly record: BundleRecord;
  readonly pin: ImagePin;
  readonly archive: ImageArchive;
  readonly verified: ImportedBy;
}

type LeftOut = BundleReport['leftOut'][number];

export function importBundle(query: ImportQuery, work: BundleWork): Promise<BundleReport> {
  return withBundle(query.path, async (bundle) => {
    const leftOut: LeftOut[] = [];
    const wanted = chooseRecords(bundle, query, leftOut);
    work.begin(wanted.reduce((sum, { record }) => sum + record.sizeBytes, 0));
    const platform = await work.engine.platform();
    const checked: Checked[] = [];
    for (const { record, pin } of wanted) {
      work.turnTo(record.name);
      const one = await check(bundle, record, pin, query.path, work);
      const reason = platformReason(one.archive.platform, platform);
      if (reason === undefined) checked.push(one);
      else leftOut.push({ service: record.service, reason });
    }
    const trusted = await withoutDistrusted(checked, query, leftOut, work.signal);
    for (const one of trusted) {
      work.turnTo(one.record.name);
      await load(one, query, work);
    }
    return { path: query.path, images: trusted.map(toImage), leftOut };
  });
}

function chooseRecords({ index }: Bundle, { catalog, observed }: ImportQuery, leftOut: LeftOut[]) {
  return index.images.flatMap((record) => {
    const pin = catalog.find(({ id }) => id === record.service)?.image;
    const reason = pin === undefined ? leftOutWords.unknownService : reasonAgainst(record, pin, observed);
    if (reason !== undefined || pin === undefined) {
      leftOut.push({ service: record.service, reason: reason ?? leftOutWords.unknownService });
      return [];
    }
    return [{ record, pin }];
  });
}

function reasonAgainst(record: BundleRecord, pin: ImagePin, observed: Observed): string | undefined {
  const isOfPin = record.pinnedDigest === pin.digest && record.name === `${pin.repository}:${pin.tag}`;
  if (!isOfPin) return leftOutWords.otherPin;
  const here = observed.images[record.service];
  if (here === undefined) return undefined;
  // What was taken on the bundle's word is exchanged for the same with proof.
  const isProven = here.origin === 'pinned' && here.imported !== 'bundle-record';
  if (isProven || (here.origin === 'pinned' && record.manifests === undefined)) return leftOutWords.presentAlready;
  if (record.substitute === undefined) return undefined;
  if (here.origin === 'unknown') return leftOutWords.foreign;
  return here.id === record.configDigest ? leftOutWords.presentAlready : undefined;
}

async function check(
  bundle: Bundle,
  record: BundleRecord,
  pin: ImagePin,
  path: string,
  { signal, add }: BundleWork,
): Promise<Checked> {
  const part = bundle.part(record);
  // Half of the way: the other half is the loading.
  const sum = await hashPart(part, signal, (count) => add(count / 2));
  if (sum !== record.sha256)
    throw bundleFailure(path, 'damaged', `the sum of ${record.file} is not what the index says`);
  const archive = await readImageArchive(part, signal).catch((error: unknown) => {
    throw error instanceof ArchiveError ? bundleFailure(path, 'damaged', `${record.file}: ${error.message}`) : error;
  });
  const forged = forgery(record, pin, archive);
  if (forged !== undefined) throw bundleFailure(path, 'forged', forged);
  return { record, pin, archive, verified: record.manifests === undefined ? 'bundle-record' : 'pinned-digest' };
}

// In words, where the record says one thing and the content another.
function forgery(record: BundleRecord, pin: ImagePin, archive: ImageArchive): string | undefined {
  if (archive.configDigest !== record.configDigest) return `${record.file} holds another image than its index says`;
  if (archive.labels[labels.substitute] !== record.substitute) {
    return `${record.file} and its index do not agree on whether it is the pinned image`;
  }
  if (record.manifests === undefined) return undefined;
  const leadsHere = traceConfig(pin.digest, record.manifests, sha256) === archive.configDigest;
  return leadsHere && record.substitute === undefined
    ? undefined
    : `the pinned digest of ${record.service} does not lead to the image in ${record.file}`;
}

function platformReason(theirs: Platform, ours: Platform): string | undefined {
  if (theirs.os === ours.os && theirs.architecture === ours.architecture) return undefined;
  const name = ({ os, architecture }: Platform): string => `${os}/${architecture}`;
  return leftOutWords.otherPlatform(name(theirs), name(ours));
}

async function withoutDistrusted(
  checked: readonly Checked[],
  query: ImportQuery,
  leftOut: LeftOut[],
  signal: AbortSignal,
): Promise<readonly Checked[]> {
  const doubtful = checked.filter(({ verified }) => verified === 'bundle-record');
  if (doubtful.length === 0 || (await unlessAborted(query.mayTrust(doubtful.map(toImage)), signal))) return checked;
  leftOut.push(...doubtful.map(({ record }) => ({ service: record.service, reason: leftOutWords.notTrusted })));
  return checked.filter(({ verified }) => verified !== 'bundle-record');
}

// Whoever was asked may never answer: their window may be gone.
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function load({ record, pin, archive, verified }: Checked, { path }: ImportQuery, work: BundleWork) {
  const { engine, signal } = work;
  const unchecked = uncheckedName(randomBytes(16).toString('hex'));
  const name = `${unchecked.repository}:${unchecked.tag}`;
  try {
    await engine.loadImage(
      writeImageArchive(archive, name, signal, (count) => work.add(count / 2)),
      signal,
    );
    const found = await engine.findImage(name);
    if (found === undefined || !isSame(found, archive)) {
      throw bundleFailure(path, 'not-as-loaded', `what it made of ${record.file} is another image`);
    }
    signal.throwIfAborted();
    await giveNames(found.id, record, pin, verified, work);
  } finally {
    // Whatever happened: what has no other name goes with this one.
    await engine.untagImage(name).catch(() => undefined);
  }
}

// Most engines know an image by its configuration; some by a manifest of their own making, and then its layers count.
function isSame(
  found: { readonly id: string; readonly layerDigests: readonly string[] },
  archive: ImageArchive,
): boolean {
  return found.id === archive.configDigest || found.layerDigests.join() === archive.layerDigests.join();
}

async function giveNames(
  id: string,
  record: BundleRecord,
  pin: ImagePin,
  verified: ImportedBy,
  { engine }: BundleWork,
): Promise<void> {
  const pinned = { repository: fullRepository(pin.repository), tag: pin.tag };
  if (record.substitute !== undefined) return engine.tagImage(id, pinned);
  await engine.tagImage(id, importedName(record.service, pin, verified));
  // People look for it by its tag: it gets that too, unless it is in use.
  const held = await engine.findImage(`${pinned.repository}:${pinned.tag}`);
  if (held === undefined) await engine.tagImage(id, pinned);
}

function toImage({ record, verified }: Checked): BundleImage {
  const { service, name, sizeBytes } = record;
  return { service, name, sizeBytes, verified };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
