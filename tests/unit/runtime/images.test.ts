// The images of the stack on the fake engine.
import { describe, expect, it } from 'vitest';
import { importedName } from '../../../electron/core/images/image-names.ts';
import { imageIdOf, pinnedImage, substituteImage } from '../../engine/fake-world.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, historyOf, until } from './harness.ts';

const [store, shop] = smallCatalog;
if (store === undefined || shop === undefined) throw new Error('The small catalog has two services');

const older = {
  id: imageIdOf('older'),
  tags: ['example/shop:0'],
  digests: ['example/shop@sha256:0'],
  labels: {},
  sizeBytes: 3,
};

describe('the view of the images', () => {
  it('tells of each service and of what nothing needs', async () => {
    const images = [pinnedImage(store.image), substituteImage(shop.image, 'stub'), older];
    const { runtime } = createHarness({ images });
    await runtime.connect({ watch: false });
    const view = await (await runtime.images()).view();
    expect(view.images.map(({ service, state }) => `${service} ${state}`)).toEqual([
      'store present',
      'shop substitute',
    ]);
    expect(view.unused.map(({ id }) => id)).toEqual([older.id]);
    runtime.close();
  });

  it('takes an imported image for the pinned one, and up runs it without a pull', async () => {
    const { repository, tag } = importedName('shop', shop.image, 'pinned-digest');
    const imported = { ...older, tags: [`${repository}:${tag}`], digests: [] };
    const harness = createHarness({ images: [pinnedImage(store.image), imported] });
    await harness.runtime.connect({ watch: false });
    const view = await (await harness.runtime.images()).view();
    expect(view.images[1]).toMatchObject({ state: 'present', isImported: true, imported: 'pinned-digest' });
    expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
    expect(harness.engine.changes.map(({ call }) => call)).not.toContain('pullImage');
    expect(harness.engine.container('macula-shop').imageId).toBe(imported.id);
    harness.runtime.close();
  });
});

describe('a pull', () => {
  it('takes what is missing, shows it, and starts nothing', async () => {
    const harness = createHarness({ images: [pinnedImage(store.image)] });
    await harness.runtime.connect({ watch: false });
    expect(await harness.runtime.run({ kind: 'pull' })).toEqual({ kind: 'done' });
    expect(harness.engine.changes).toEqual([{ call: 'pullImage', subject: 'example/shop:1' }]);
    expect(historyOf(harness, 'shop')).toEqual(['off', 'pulling', 'off']);
    expect(harness.snapshots.some(({ activity }) => activity?.command === 'pull')).toBe(true);
    expect(harness.snapshots.flatMap(({ services }) => services[1]?.pull ?? []).at(-1)).toMatchObject({
      layersTotal: 2,
    });
    expect(harness.runtime.snapshot().services[1]?.image.present).toBe(true);
    harness.runtime.close();
  });

  it('takes the named ones only', async () => {
    const harness = createHarness({ withoutImages: true });
    await harness.runtime.connect({ watch: false });
    await harness.runtime.run({ kind: 'pull', services: ['store'] });
    expect(harness.engine.changes).toEqual([{ call: 'pullImage', subject: 'example/store:1' }]);
    const unknown = await harness.runtime.run({ kind: 'pull', services: ['nothing'] });
    expect(unknown).toMatchObject({ failures: [{ code: 'unknown-service' }] });
    harness.runtime.close();
  });

  it('ends when it is cancelled, and what came stays', async () => {
    const harness = createHarness({ withoutImages: true });
    await harness.runtime.connect({ watch: false });
    await harness.runtime.run({ kind: 'pull', services: ['store'] });
    harness.engine.delay('pullImage', 60_000);
    const pull = harness.runtime.run({ kind: 'pull' });
    await until(() => harness.engine.changes.length === 2, 'the second pull');
    harness.runtime.cancel();
    expect(await pull).toEqual({ kind: 'cancelled' });
    expect(harness.engine.world.images.map(({ tags }) => tags[0])).toEqual(['example/store:1']);
    harness.runtime.close();
  });
});

describe('a removal', () => {
  it('takes what is unused and asked for', async () => {
    const other = { ...older, id: imageIdOf('other'), tags: ['example/store:0'], digests: ['example/store@sha256:0'] };
    const { runtime, engine } = createHarness({ images: [pinnedImage(store.image), older, other] });
    await runtime.connect({ watch: false });
    const view = await (await runtime.images()).remove([older.id]);
    expect(view).toMatchObject({ kept: [], unused: [{ id: other.id }] });
    expect(engine.changes).toEqual([{ call: 'removeImage', subject: older.id }]);
    runtime.close();
  });

  it('leaves what a service would run or a container took meanwhile, and says so', async () => {
    const pinned = pinnedImage(store.image);
    const { runtime, engine } = createHarness({ images: [pinned, pinnedImage(shop.image), older] });
    await runtime.connect({ watch: false });
    await runtime.run({ kind: 'up' });
    engine.changes.length = 0;
    const container = engine.container('macula-shop');
    engine.world.containers.set('other', { ...container, id: 'other', imageId: older.id, labels: {} });
    const view = await (await runtime.images()).remove([older.id, pinned.id, 'sha256:gone']);
    expect(view.kept).toEqual(['example/shop:0', 'example/store:1']);
    expect(engine.changes).toEqual([]);
    expect(engine.world.images).toHaveLength(3);
    runtime.close();
  });
});
