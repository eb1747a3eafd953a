// Archives of images: what is taken for whole, and what is not.
import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readImageArchive, writeImageArchive } from '../../../../electron/runtime/bundle/image-archive.ts';
import { readTar } from '../../../engine/docker-archive.ts';
import { archiveOf, configOf, hex, madeImage, packed } from './bundle-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'macula-archive-'));
const never = new AbortController().signal;
let file: FileHandle | undefined;
afterEach(() => file?.close());
afterAll(() => rmSync(folder, { recursive: true }));

async function partOf(content: Buffer) {
  const path = join(folder, 'image.tar');
  await writeFile(path, content);
  file = await open(path, 'r');
  return { file, offset: 0, sizeBytes: content.length };
}

async function rewritten(content: Buffer, change: () => Promise<void> = async () => undefined) {
  const image = await readImageArchive(await partOf(content), never);
  await change();
  let count = 0;
  const chunks: Buffer[] = [];
  for await (const chunk of writeImageArchive(image, 'macula.local/unchecked:1', never, (more) => (count += more))) {
    chunks.push(Buffer.from(chunk));
  }
  return { image, files: readTar(Buffer.concat(chunks)), count };
}

const layers = [Buffer.alloc(700_000, 'layer one '), Buffer.alloc(3000, 'layer two ')] as const;
const config = configOf(layers, { config: { Labels: { 'io.macula.substitute': 'stub' } } });
const described = (list: unknown, more: Readonly<Record<string, Buffer | string>> = {}) =>
  archiveOf({
    'config.json': config,
    'a/layer.tar': layers[0],
    'b/layer.tar': layers[1],
    ...more,
    'manifest.json': JSON.stringify(list),
  });
const list = [{ Config: 'config.json', RepoTags: ['evil:latest'], Layers: ['a/layer.tar', 'b/layer.tar'] }];

describe('an archive', () => {
  it('is known by the sum of its configuration, and written anew under one name and no other', async () => {
    const { image, files, count } = await rewritten(described(list, { repositories: '{"evil":{}}', 'x/json': '{}' }));
    expect(image).toMatchObject({
      configDigest: `sha256:${hex(config)}`,
      labels: { 'io.macula.substitute': 'stub' },
      platform: { os: 'linux', architecture: 'amd64' },
    });
    expect([...files.keys()]).toEqual([`${hex(config)}.json`, '0/layer.tar', '1/layer.tar', 'manifest.json']);
    expect(files.get('0/layer.tar')).toEqual(layers[0]);
    expect(JSON.parse(files.get('manifest.json')?.toString() ?? '')).toEqual([
      { Config: `${hex(config)}.json`, RepoTags: ['macula.local/unchecked:1'], Layers: ['0/layer.tar', '1/layer.tar'] },
    ]);
    expect(count).toBe(layers[0].length + layers[1].length);
  });

  it('as newer engines write it, with packed layers', async () => {
    const blobs = {
      'blobs/sha256/c': config,
      'blobs/sha256/a': packed(layers[0]),
      'blobs/sha256/b': packed(layers[1]),
    };
    const newer = [{ Config: 'blobs/sha256/c', RepoTags: null, Layers: ['blobs/sha256/a', 'blobs/sha256/b'] }];
    const { files } = await rewritten(
      archiveOf({ ...blobs, 'index.json': '{}', 'manifest.json': JSON.stringify(newer) }),
    );
    expect(files.get('1/layer.tar')).toEqual(layers[1]);
  });

  it('of the engine suite is one', async () => {
    const made = madeImage('shop');
    expect((await rewritten(made.archive)).image.configDigest).toBe(made.configDigest);
  });

  it('that changes while it is read is not finished', async () => {
    const archive = described(list);
    const change = async () => {
      const writing = await open(join(folder, 'image.tar'), 'r+');
      await writing.write('X', archive.indexOf('layer two '));
      await writing.close();
    };
    await expect(rewritten(archive, change)).rejects.toThrow('it was changed while it was read');
  });
});

const other = configOf([layers[0], Buffer.from('something else')]);
const piece = packed(Buffer.alloc(64 * 1024 ** 2));
const bomb = Buffer.concat(Array.from({ length: 20 }, () => piece));

describe('an archive is refused', () => {
  it.each([
    ['that is no tar', Buffer.from('nothing of the kind'.repeat(100)), 'it is no tar archive, or a damaged one'],
    ['that is cut short', described(list).subarray(0, 300_000), 'it ends too early'],
    ['without an end', described(list).subarray(0, -1024), 'it ends too early'],
    ['of two images', described([...list, ...list]), 'it does not hold exactly one image'],
    ['of none', described([]), 'it does not hold exactly one image'],
    ['whose description is no JSON', archiveOf({ 'manifest.json': '{' }), 'its description cannot be read'],
    ['without a description', archiveOf({ 'config.json': config }), 'a file that it names is missing in it'],
    [
      'that names a file outside',
      described([{ ...list[0], Layers: ['../../etc/passwd', 'b/layer.tar'] }]),
      'a file that it names is missing in it',
    ],
    ['with a layer less', described([{ ...list[0], Layers: ['a/layer.tar'] }]), 'layers are missing in it'],
    [
      'with its layers in another order',
      described([{ ...list[0], Layers: ['b/layer.tar', 'a/layer.tar'] }]),
      'a layer of it was changed',
    ],
    ['with another layer', described(list, { 'config.json': other }), 'a layer of it was changed'],
    [
      'with a broken packed layer',
      described(list, { 'b/layer.tar': packed(layers[1]).fill(7, 20, 30) }),
      'a layer of it cannot be unpacked',
    ],
    [
      'that says nothing of its layers',
      described(list, { 'config.json': '{"os":"linux"}' }),
      'it does not say what its layers are',
    ],
    [
      'with a description of megabytes',
      described(list, { 'config.json': ' '.repeat(5_000_000) }),
      'its description is far too long',
    ],
    ['that would fill the disk', described(list, { 'b/layer.tar': bomb }), 'a layer of it would fill the disk'],
  ])('%s', { timeout: 60_000 }, async (_name, content, words) => {
    await expect(readImageArchive(await partOf(content), never)).rejects.toThrow(words);
  });

  it('that would fill the disk with one layer, named many times over', { timeout: 60_000 }, async () => {
    const layer = Buffer.alloc(64 * 1024 ** 2);
    const digest = `sha256:${hex(layer)}`;
    const digests = Array.from({ length: 40 }, () => digest);
    const archive = archiveOf({
      'config.json': configOf([], { rootfs: { type: 'layers', diff_ids: digests } }),
      'a/layer.tar': packed(layer),
      'manifest.json': JSON.stringify([{ Config: 'config.json', Layers: digests.map(() => 'a/layer.tar') }]),
    });
    await expect(readImageArchive(await partOf(archive), never)).rejects.toThrow('its layers would fill the disk');
  });

  it('that has a path twice', async () => {
    const twice = Buffer.concat([archiveOf({ 'config.json': '{}' }).subarray(0, 1024), described(list)]);
    await expect(readImageArchive(await partOf(twice), never)).rejects.toThrow('it has two entries of one name');
  });

  it('and reading it ends when it is not wanted any more', async () => {
    const part = await partOf(described(list));
    await expect(readImageArchive(part, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('links in an archive', () => {
  // The smallest change of a header: kind and target, and its sum anew.
  function linked(archive: Buffer, path: string, target: string): Buffer {
    const at = archive.indexOf(path);
    archive.write('2', at + 156);
    archive.write(target, at + 157);
    archive.write('        ', at + 148);
    const sum = archive.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
    archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
    return archive;
  }

  it('lead to a layer that is there already', async () => {
    const same = configOf([layers[0], layers[0]]);
    const archive = archiveOf({
      'config.json': same,
      'a/layer.tar': layers[0],
      'b/layer.tar': '',
      'manifest.json': JSON.stringify(list),
    });
    const { files } = await rewritten(linked(archive, 'b/layer.tar', '../a/layer.tar'));
    expect(files.get('1/layer.tar')).toEqual(layers[0]);
  });

  it.each(['../../../etc/passwd', '/etc/passwd', 'layer.tar'])('lead nowhere else: %s', async (target) => {
    const archive = described(list, { 'b/layer.tar': '' });
    await expect(readImageArchive(await partOf(linked(archive, 'b/layer.tar', target)), never)).rejects.toThrow(
      'a file that it names is missing in it',
    );
  });
});
