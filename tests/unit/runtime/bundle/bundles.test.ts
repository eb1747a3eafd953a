// Bundles between two fake engines, through real files: what comes over, what stays out, and what is refused.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { BundleProblem } from '../../../../electron/core/images/bundle-text.ts';
import { importedName, type ImportedBy } from '../../../../electron/core/images/image-names.ts';
import type { BundleImage, BundleReport, TransferProgress } from '../../../../electron/core/images/images-view.ts';
import type { ManifestAnswer } from '../../../../electron/core/images/manifests.ts';
import { imageIdOf, type FakeImage, pinnedImage, substituteImage } from '../../../engine/fake-world.ts';
import { readTar } from '../../../engine/docker-archive.ts';
import { createHarness, type Harness } from '../harness.ts';
import {
  bundleOf,
  type BundleParts,
  catalogOf,
  type MadeImage,
  madeImage,
  type Record_,
  recordOf,
} from './bundle-files.ts';

const store = madeImage('store');
const shop = madeImage('shop');
const stub = madeImage('shop', { 'io.macula.substitute': 'stub' }, 'stub');
const catalog = catalogOf([store, shop]);

const root = mkdtempSync(join(tmpdir(), 'macula-bundles-'));
let folder = root;
let path = '';
let tries = 0;
beforeEach(() => {
  folder = join(root, String((tries += 1)));
  path = join(mkdtempSync(`${folder}-`), 'images.tar');
});
afterAll(() => rmSync(root, { recursive: true }));

const never = new AbortController().signal;
const silent = (): void => undefined;

// As it would be after a pull.
function pulled(made: MadeImage): FakeImage {
  const definition = catalog.find(({ id }) => id === made.service);
  if (definition === undefined) throw new Error(made.service);
  const { tags, digests } = pinnedImage(definition.image);
  return { ...loaded(made), tags, digests };
}

function loaded({ archive, configDigest, service }: MadeImage, labels = {}): FakeImage {
  return { id: configDigest, tags: [`example/${service}:1`], digests: [], labels, sizeBytes: archive.length, archive };
}

async function machine(images: readonly FakeImage[] = []): Promise<Harness> {
  const harness = createHarness({ catalog, images });
  harness.engine.onManifests = ({ repository }): ManifestAnswer => {
    const made = [store, shop].find(({ service }) => repository.endsWith(service));
    if (made === undefined) return { kind: 'problem', problem: 'unreachable', detail: '' };
    const { manifests: texts, configDigest } = made;
    return { kind: 'found', texts, configDigest, downloadBytes: 1 };
  };
  await harness.runtime.connect({ watch: false });
  return harness;
}

async function exportFrom(
  { runtime }: Harness,
  onProgress: (progress: TransferProgress) => void = silent,
  signal = never,
) {
  return (await runtime.images()).exportBundle(path, onProgress, signal);
}

async function importTo(
  { runtime }: Harness,
  mayTrust = true,
  onProgress: (progress: TransferProgress) => void = silent,
) {
  const asked: BundleImage[] = [];
  const trust = async (images: readonly BundleImage[]) => {
    asked.push(...images);
    return mayTrust;
  };
  const report = await (await runtime.images()).importBundle(path, trust, onProgress, never);
  return { report, asked };
}

const verifiedOf = (report: BundleReport | undefined) =>
  report?.images.map(({ service, verified }) => `${service} ${verified}`);

async function refusal(harness: Harness, problem: BundleProblem): Promise<void> {
  await expect(importTo(harness)).rejects.toMatchObject({ failure: { code: 'bundle-failed', path, problem } });
  expect(harness.engine.world.images).toEqual([]);
}

describe('the whole set in one file', () => {
  it('comes to a machine without a registry, where up runs it', async () => {
    const report = await exportFrom(await machine([pulled(store), pulled(shop)]));
    expect(verifiedOf(report)).toEqual(['store pinned-digest', 'shop pinned-digest']);
    expect(report).toMatchObject({ path, leftOut: [] });

    const there = await machine();
    const { report: came, asked } = await importTo(there);
    expect(verifiedOf(came)).toEqual(['store pinned-digest', 'shop pinned-digest']);
    expect(asked).toEqual([]);
    expect((await (await there.runtime.images()).view()).images).toMatchObject([
      { state: 'present', imported: 'pinned-digest' },
      { state: 'present', isImported: true },
    ]);
    const tags = there.engine.world.images.flatMap((image) => image.tags);
    expect(tags.filter((tag) => tag.includes('unchecked'))).toEqual([]);
    expect(tags).toContain('example/shop:1');
    expect(await there.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(there.engine.changes.map(({ call }) => call)).not.toContain('pullImage');
  });

  it('is a tar of one archive for each image, behind the index', async () => {
    await exportFrom(await machine([pulled(store), pulled(shop)]));
    const files = readTar(readFileSync(path));
    expect([...files.keys()]).toEqual(['macula-bundle.json', 'images/store.tar', 'images/shop.tar']);
    expect(files.get('images/shop.tar')).toEqual(shop.archive);
    const index = JSON.parse(files.get('macula-bundle.json')?.toString() ?? '') as {
      readonly images: readonly Record_[];
    };
    expect(index.images).toEqual([recordOf(store), recordOf(shop)]);
    expect(statSync(path).mode & 0o777).toBe(0o644 & ~process.umask());
  });

  it('names what is not in it, and why', async () => {
    const foreign = substituteImage(catalog[0]?.image ?? { repository: '', tag: '', digest: '' }, 'unknown');
    const report = await exportFrom(await machine([foreign, pulled(shop)]));
    expect(report?.leftOut).toMatchObject([{ service: 'store', reason: expect.stringContaining('Something else') }]);
    const missing = await exportFrom(await machine([pulled(shop)]));
    expect(missing?.leftOut).toMatchObject([{ service: 'store', reason: expect.stringContaining('macula pull') }]);
    const { report: came } = await importTo(await machine());
    expect(verifiedOf(came)).toEqual(['shop pinned-digest']);
  });

  it('tells how far it is', async () => {
    const seen: TransferProgress[] = [];
    const from = await machine([pulled(store), pulled(shop)]);
    await exportFrom(from, (progress) => seen.push(progress));
    expect(new Set(seen.map(({ image }) => image))).toEqual(new Set(['', 'example/store:1', 'example/shop:1']));
    await importTo(await machine(), true, (progress) => seen.push(progress));
    const last = seen.findLast(({ kind }) => kind === 'import');
    expect(last?.bytesTotal).toBe(store.archive.length + shop.archive.length);
    for (const { bytesDone, bytesTotal } of seen) expect(bytesDone).toBeLessThanOrEqual(bytesTotal);
  });
});

describe('without a registry to ask', () => {
  const offline = async () => {
    const from = await machine([pulled(store), pulled(shop)]);
    from.engine.onManifests = () => ({ kind: 'problem', problem: 'unreachable', detail: '' });
    return exportFrom(from);
  };

  it('only the file vouches for its images: they are taken where its maker is trusted', async () => {
    expect(verifiedOf(await offline())).toEqual(['store bundle-record', 'shop bundle-record']);
    const there = await machine();
    const { report, asked } = await importTo(there);
    expect(asked.map(({ service }) => service)).toEqual(['store', 'shop']);
    expect(verifiedOf(report)).toEqual(['store bundle-record', 'shop bundle-record']);
    expect((await (await there.runtime.images()).view()).images[0]).toMatchObject({ imported: 'bundle-record' });
  });

  it('and are left out where not', async () => {
    await offline();
    const there = await machine();
    const { report } = await importTo(there, false);
    expect(report).toMatchObject({ images: [], leftOut: [{ service: 'store' }, { service: 'shop' }] });
    expect(there.engine.world.images).toEqual([]);
  });

  it('what was taken on its word is exchanged for the same with proof, and not the other way', async () => {
    await offline();
    const there = await machine();
    await importTo(there);
    expect((await importTo(there)).report).toMatchObject({ images: [] });
    await exportFrom(await machine([pulled(store), pulled(shop)]));
    expect(verifiedOf((await importTo(there)).report)).toEqual(['store pinned-digest', 'shop pinned-digest']);
    await offline();
    expect((await importTo(there)).report).toMatchObject({ images: [], leftOut: [{}, {}] });
  });

  it('a manifest of another image proves nothing', async () => {
    const from = await machine([pulled(store)]);
    from.engine.onManifests = () => {
      const { manifests: texts, configDigest } = shop;
      return { kind: 'found', texts, configDigest, downloadBytes: 1 };
    };
    expect(verifiedOf(await exportFrom(from))).toEqual(['store bundle-record']);
  });
});

describe('substitutes', () => {
  it('travel as such, on the word of the file', async () => {
    await exportFrom(await machine([loaded(stub, { 'io.macula.substitute': 'stub' })]));
    const there = await machine();
    const { report, asked } = await importTo(there);
    expect(asked).toHaveLength(1);
    expect(verifiedOf(report)).toEqual(['shop bundle-record']);
    expect((await (await there.runtime.images()).view()).images[1]).toMatchObject({
      state: 'substitute',
      substitute: 'stub',
      isImported: false,
    });
  });

  it('take no name from what is not ours, and no place of the pinned image', async () => {
    await exportFrom(await machine([loaded(stub, { 'io.macula.substitute': 'stub' })]));
    const foreign = { ...loaded(shop), id: imageIdOf('foreign') };
    for (const held of [foreign, pulled(shop)]) {
      const there = await machine([held]);
      expect((await importTo(there)).report).toMatchObject({ images: [], leftOut: [{ service: 'shop' }] });
      expect(there.engine.world.images).toEqual([held]);
    }
  });
});

describe('what is left out of an import', () => {
  const tell = async (there: Harness) =>
    (await importTo(there)).report?.leftOut.map(({ service, reason }) => `${service}: ${reason}`);

  it('what is here already', async () => {
    writeFileSync(path, bundleOf([store]));
    expect(await tell(await machine([pulled(store)]))).toEqual(['store: Its image is here already.']);
  });

  it('what is of another version of Macula', async () => {
    const records = [
      { ...recordOf(store), pinnedDigest: `sha256:${'0'.repeat(64)}` },
      { ...recordOf({ ...shop, service: 'kiosk' }), name: 'example/kiosk:1' },
    ];
    writeFileSync(path, bundleOf([store, { ...shop, service: 'kiosk' }], { records }));
    expect(await tell(await machine())).toEqual([
      'store: It is of another version of Macula, which pins another image.',
      'kiosk: This version of Macula has no such service.',
    ]);
  });

  it('what is made for other machines', async () => {
    writeFileSync(path, bundleOf([store]));
    const there = await machine();
    there.engine.platform = async () => ({ os: 'linux', architecture: 'riscv64' });
    expect(await tell(there)).toEqual(['store: It is made for linux/amd64; this engine runs linux/riscv64.']);
  });
});

describe('a file that is refused, and of which nothing is loaded:', () => {
  const of = (parts: BundleParts = {}, images = [store]) => bundleOf(images, parts);
  const record = recordOf(store);
  const whole = of();
  const changed = Buffer.from(whole);
  changed.write('X', whole.length - 5000);
  const entry = { path: 'images/store.tar', content: store.archive };
  const other = madeImage('store', {}, 'evil');
  const { manifests: _none, ...unproven } = record;

  it.each<readonly [string, Buffer, BundleProblem]>([
    ['no tar', Buffer.from('#!/bin/sh\n'.repeat(500)), 'not-a-bundle'],
    ['nothing', Buffer.alloc(0), 'not-a-bundle'],
    ['an archive of "docker save"', store.archive, 'not-a-bundle'],
    ['a newer format', of({ index: { format: 2 } }), 'newer-format'],
    ['an index that is no JSON', of({ index: '{' }), 'damaged'],
    ['an index of nothing', of({ index: {} }), 'damaged'],
    ['a path that leads out', of({ records: [{ ...record, file: '../../etc/passwd' }] }), 'damaged'],
    ['a service that is a path', of({ records: [{ ...record, service: '../x', file: 'images/../x.tar' }] }), 'damaged'],
    ['a service twice', of({ records: [record, record] }), 'damaged'],
    ['sizes that lie', of({ records: [{ ...record, sizeBytes: 10 }] }), 'damaged'],
    ['sizes below nothing', of({ records: [{ ...record, sizeBytes: -1 }] }), 'damaged'],
    ['an entry that is missing', of({ entries: [] }), 'damaged'],
    ['an entry too many', of({ entries: [entry, { path: 'images/more.tar', content: Buffer.from('x') }] }), 'damaged'],
    ['an entry twice', of({ entries: [entry, entry] }), 'damaged'],
    ['an end too early', whole.subarray(0, 9000), 'damaged'],
    ['a byte that changed', changed, 'damaged'],
    ['another image behind the record', of({ records: [{ ...record, configDigest: shop.configDigest }] }), 'forged'],
    ['manifests of another image', of({ records: [{ ...record, manifests: shop.manifests }] }), 'forged'],
    [
      'an image in the place of the pinned one',
      of({ records: [{ ...recordOf(other), pinnedDigest: record['pinnedDigest'], manifests: store.manifests }] }, [
        other,
      ]),
      'forged',
    ],
    [
      'a substitute that keeps it to itself',
      of({ records: [{ ...recordOf(stub), ...pinOf(shop), manifests: undefined }] }, [stub]),
      'forged',
    ],
    ['a record that makes one of it', of({ records: [{ ...unproven, substitute: 'stub' }] }), 'forged'],
    ['a substitute of an unknown kind', of({ records: [{ ...unproven, substitute: 'evil' }] }), 'damaged'],
  ])('%s', async (_name, content, problem) => {
    writeFileSync(path, content);
    await refusal(await machine(), problem);
  });

  it('a sound image beside a damaged one', async () => {
    const content = bundleOf([shop, store]);
    content.write('X', content.length - 5000);
    writeFileSync(path, content);
    await refusal(await machine(), 'damaged');
  });

  it('no file at all, a pipe, or a folder', async () => {
    await refusal(await machine(), 'unreadable');
    execFileSync('mkfifo', [path]);
    await refusal(await machine(), 'unreadable');
    path = root;
    await refusal(await machine(), 'unreadable');
  });
});

function pinOf(made: MadeImage): Record_ {
  const { pinnedDigest, name } = recordOf(made);
  return { pinnedDigest, name };
}

describe('an engine that', () => {
  it('makes another image of what it was given keeps neither', async () => {
    writeFileSync(path, bundleOf([store]));
    const there = await machine();
    const find = there.engine.findImage.bind(there.engine);
    there.engine.findImage = async (name) => {
      const found = await find(name);
      return found === undefined ? undefined : { id: imageIdOf('other'), layerDigests: [] };
    };
    await refusal(there, 'not-as-loaded');
  });

  it('is full says so, and nothing half is left', async () => {
    writeFileSync(path, bundleOf([store]));
    const there = await machine();
    there.engine.failNext('loadImage', { code: 'disk-full', detail: 'no space left on device' });
    await expect(importTo(there)).rejects.toMatchObject({ failure: { code: 'disk-full' } });
    expect(there.engine.world.images).toEqual([]);
  });

  it('gives out something broken is told apart from a whole export', async () => {
    const broken = { ...pulled(store), archive: store.archive.subarray(0, 3000) };
    const from = await machine([broken]);
    await expect(exportFrom(from)).rejects.toMatchObject({ failure: { code: 'operation-failed' } });
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });
});

describe('a transfer', () => {
  it('that is cancelled leaves nothing behind', async () => {
    const from = await machine([pulled(store), pulled(shop)]);
    const stop = new AbortController();
    expect(await exportFrom(from, ({ image }) => image !== '' && stop.abort(), stop.signal)).toBeUndefined();
    expect(readdirSync(join(path, '..'))).toEqual([]);

    writeFileSync(path, bundleOf([store]));
    const there = await machine();
    const images = await there.runtime.images();
    const end = new AbortController();
    const importing = images.importBundle(
      path,
      async () => true,
      () => end.abort(),
      end.signal,
    );
    expect(await importing).toBeUndefined();
    expect(there.engine.world.images).toEqual([]);
    expect((await images.view()).transfer).toBeUndefined();
  });

  it('can be cancelled while nobody answers whether it may be trusted', async () => {
    writeFileSync(path, bundleOf([store], { records: [{ ...recordOf(store), manifests: undefined }] }));
    const there = await machine();
    const images = await there.runtime.images();
    const end = new AbortController();
    const trust = () => {
      end.abort();
      return new Promise<boolean>(() => undefined);
    };
    expect(await images.importBundle(path, trust, silent, end.signal)).toBeUndefined();
    expect(end.signal.aborted).toBe(true);
    expect(there.engine.world.images).toEqual([]);
    expect((await images.view()).transfer).toBeUndefined();
  });

  it('goes on alone, and is seen in the view', async () => {
    const from = await machine([pulled(store)]);
    const release = from.engine.hold('saveImage');
    const first = exportFrom(from);
    const images = await from.runtime.images();
    await expect.poll(async () => (await images.view()).transfer?.image).toBe('example/store:1');
    await expect(exportFrom(from)).rejects.toMatchObject({ failure: { code: 'busy', running: 'bundle export' } });
    release();
    expect(verifiedOf(await first)).toEqual(['store pinned-digest']);
  });

  it('replaces the file that was there only by a whole one', async () => {
    writeFileSync(path, 'what was there');
    const from = await machine([pulled(store)]);
    from.engine.failNext('saveImage', { code: 'engine-lost', detail: '' });
    await expect(exportFrom(from)).rejects.toMatchObject({ failure: { code: 'engine-lost' } });
    expect(readFileSync(path, 'utf8')).toBe('what was there');
    await exportFrom(from);
    expect(verifiedOf((await importTo(await machine())).report)).toEqual(['store pinned-digest']);
    expect(readdirSync(join(path, '..'))).toEqual(['images.tar']);
  });

  it('takes away what a killed one left, and nobody else’s', async () => {
    const left = join(path, '..', '.images.tar-999999999-0123abcd.macula-partial');
    const own = join(path, '..', `.images.tar-${process.pid}-0123abcd.macula-partial`);
    for (const one of [left, own]) writeFileSync(one, 'half');
    await exportFrom(await machine([pulled(store)]));
    expect([existsSync(left), existsSync(own), existsSync(path)]).toEqual([false, true, true]);
  });

  it('to a place that cannot be written to says so', async () => {
    const from = await machine([pulled(store)]);
    path = join(path, 'no', 'such', 'folder.tar');
    await expect(exportFrom(from)).rejects.toMatchObject({ failure: { problem: 'unwritable' } });
    path = root;
    await expect(exportFrom(from)).rejects.toMatchObject({ failure: { problem: 'unwritable' } });
  });

  it('never takes the place of a device or a pipe', async () => {
    path = join(path, '..', 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(exportFrom(await machine([pulled(store)]))).rejects.toMatchObject({
      failure: { problem: 'unwritable', detail: 'what is there is no ordinary file' },
    });
    expect(statSync(path).isFIFO()).toBe(true);
  });

  it('replaces a link and not what it leads to', async () => {
    const target = join(path, '..', 'precious');
    writeFileSync(target, 'precious');
    symlinkSync(target, path);
    await exportFrom(await machine([pulled(store)]));
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  it('of nothing is none', async () => {
    await expect(exportFrom(await machine())).rejects.toMatchObject({ failure: { problem: 'nothing-here' } });
    expect(existsSync(path)).toBe(false);
  });
});

it.each<ImportedBy>(['pinned-digest', 'bundle-record'])('an import by %s is not unused', async (by) => {
  const [definition] = catalog;
  if (definition === undefined) throw new Error('no service');
  const { repository, tag } = importedName('store', definition.image, by);
  const there = await machine([{ ...loaded(store), tags: [`${repository}:${tag}`] }]);
  expect((await (await there.runtime.images()).view()).unused).toEqual([]);
});
