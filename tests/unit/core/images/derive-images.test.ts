import { describe, expect, test } from 'vitest';
import type { EngineImage } from '../../../../electron/core/engine-port.ts';
import { labels } from '../../../../electron/core/identity.ts';
import { serviceImages, unusedImages } from '../../../../electron/core/images/derive-images.ts';
import { familiarName, fullName, importedName, uncheckedName } from '../../../../electron/core/images/image-names.ts';
import type { Observed, ObservedImage } from '../../../../electron/core/observed.ts';
import { planText } from '../../../../electron/core/plan.ts';
import { planPull } from '../../../../electron/core/reconcile-pull.ts';
import { allRunning, nothingThere, smallCatalog, smallStack } from '../fixtures.ts';

const stack = smallStack();

function withImage(image: Partial<ObservedImage> | undefined, from: Observed = nothingThere): Observed {
  if (image === undefined) return { ...from, images: {} };
  return { ...from, images: { ...from.images, shop: { id: 'image-shop', origin: 'pinned', sizeBytes: 5, ...image } } };
}

describe('the image of a service', () => {
  test.each([
    ['is missing', withImage(undefined), { state: 'missing', isImported: false }],
    ['is there', withImage({}), { state: 'present', sizeBytes: 5, isImported: false }],
    ['stands in', withImage({ origin: 'built' }), { state: 'substitute', substitute: 'built' }],
    ['only shares the name', withImage({ origin: 'unknown' }), { state: 'foreign' }],
    ['is there, an older one runs', withImage({ id: 'newer' }, allRunning(stack)), { state: 'outdated' }],
    ['is the one that runs', allRunning(stack), { state: 'present' }],
    ['came from a file', withImage({ imported: 'bundle-record' }), { isImported: true, imported: 'bundle-record' }],
  ])('%s', (_name, observed, expected) => {
    const found = serviceImages(smallCatalog, new Set(['shop']), observed).find(({ service }) => service === 'shop');
    expect(found).toMatchObject({ name: 'example/shop:1', digest: 'sha256:1', enabled: true, ...expected });
  });

  test('what is not there has no size, and a service that is off is said to be', () => {
    const [store] = serviceImages(smallCatalog, new Set(['shop']), nothingThere);
    expect(store).toMatchObject({ service: 'store', enabled: false });
    expect(store).not.toHaveProperty('sizeBytes');
    expect(store).not.toHaveProperty('substitute');
  });
});

describe('an image is unused', () => {
  const image = (id: string, names: readonly string[], more: Partial<EngineImage> = {}): EngineImage => ({
    id,
    names,
    labels: {},
    sizeBytes: 7,
    createdAt: 1000,
    isUsed: false,
    ...more,
  });
  const older = image('older', ['docker.io/example/shop:0', 'docker.io/example/shop@sha256:0']);
  const observed = withImage({ id: 'wanted' });

  test.each([
    ['an older version', older, ['example/shop:0']],
    ['one that a container has, whoever made it', { ...older, isUsed: true }, []],
    ['the one that a service would run', image('wanted', ['docker.io/example/shop:1']), []],
    ['one that was made here, as far as it tells', image('own', ['docker.io/example/shop:mine']), []],
    ["somebody else's", image('other', ['docker.io/library/nginx:1']), []],
    ['one that somebody gave another name too', image('two', [...older.names, 'docker.io/me/mine:1']), []],
    ['one known by its digest only', image('digest', ['docker.io/example/shop@sha256:0']), ['example/shop@sha256:0']],
    ['an import of older pins', image('import', ['macula.local/imported/shop:0']), ['macula.local/imported/shop:0']],
    ['one that was never checked', image('half', ['macula.local/unchecked:1']), ['macula.local/unchecked:1']],
    [
      'a nameless substitute',
      image('sha256:0123456789abcdef', [], { labels: { [labels.substitute]: 'stub' } }),
      ['0123456789ab'],
    ],
    ['a nameless one of others', image('sha256:0', []), []],
  ] as const)('%s', (_name, one, expected) => {
    expect(unusedImages(smallCatalog, observed, [one]).map(({ name }) => name)).toEqual(expected);
  });

  test('with its size and age, in the order of names', () => {
    const stub = image('b', ['docker.io/example/store:0'], { labels: { [labels.substitute]: 'stub' } });
    const found = unusedImages(smallCatalog, observed, [stub, older]);
    expect(found).toEqual([
      { id: 'older', name: 'example/shop:0', sizeBytes: 7, createdAt: 1000 },
      { id: 'b', name: 'example/store:0', sizeBytes: 7, createdAt: 1000 },
    ]);
  });

  test('but not a foreign one under a pinned name, unless nothing has it', () => {
    const foreign = image('image-shop', ['docker.io/example/shop:1', 'docker.io/example/shop@sha256:9']);
    expect(unusedImages(smallCatalog, withImage({ origin: 'unknown' }), [foreign])).toHaveLength(1);
  });
});

describe('names', () => {
  test.each([
    ['nginx:1', 'docker.io/library/nginx:1', 'nginx:1'],
    ['grafana/loki@sha256:0', 'docker.io/grafana/loki@sha256:0', 'grafana/loki@sha256:0'],
    ['127.0.0.1:5000/thing', '127.0.0.1:5000/thing', '127.0.0.1:5000/thing'],
    ['macula.local/imported/loki:0', 'macula.local/imported/loki:0', 'macula.local/imported/loki:0'],
  ])('%s', (name, full, familiar) => {
    expect(fullName(name)).toBe(full);
    expect(familiarName(full)).toBe(familiar);
  });

  test('of imports tell the service, its pin and how it was verified', () => {
    const pin = { repository: 'grafana/loki', tag: '3', digest: `sha256:${'ab'.repeat(32)}` };
    const verified = importedName('loki', pin, 'pinned-digest');
    expect(verified).toEqual({ repository: 'macula.local/imported/loki', tag: 'ab'.repeat(16) });
    const all = [verified, importedName('loki', pin, 'bundle-record'), uncheckedName('ab'.repeat(16))];
    expect(new Set(all.map(({ repository }) => repository)).size).toBe(3);
  });
});

test('a pull takes what is missing or foreign, and nothing else', () => {
  const observed = { ...nothingThere, images: { store: { id: '1', origin: 'unknown' as const, sizeBytes: 1 } } };
  const plan = (images: Observed['images']) => {
    const result = planPull(stack.services, { ...observed, images });
    return result.ok ? planText(result.plan) : 'refused';
  };
  expect(plan(observed.images)).toBe(
    '1. pull-image store: the image of that name is not the pinned one\n2. pull-image shop: the image is not here',
  );
  const there = { id: '1', origin: 'stub' as const, sizeBytes: 1 };
  expect(plan({ store: there, shop: { ...there, origin: 'pinned' } })).toBe('nothing to do');
});
