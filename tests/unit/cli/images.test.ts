// What is printed of the images.
import { expect, test } from 'vitest';
import { imagesText, sizesText } from '../../../electron/cli/image-text.ts';
import type { ServiceImage } from '../../../electron/core/images/images-view.ts';

const image: ServiceImage = {
  service: 'loki',
  title: 'Loki',
  enabled: true,
  name: 'grafana/loki:3',
  digest: 'sha256:0',
  state: 'present',
  isImported: false,
  sizeBytes: 120_000_000,
};

test('each image with its state, and what nothing needs with its size', () => {
  const images: readonly ServiceImage[] = [
    image,
    { ...image, service: 'tempo', state: 'missing' },
    { ...image, service: 'grafana', state: 'substitute', substitute: 'stub' },
    { ...image, service: 'alloy', state: 'outdated' },
    { ...image, service: 'ingress', state: 'foreign' },
    { ...image, service: 'prometheus', isImported: true, imported: 'pinned-digest' },
    { ...image, service: 'excalidraw', isImported: true, imported: 'bundle-record' },
    { ...image, service: 'off', enabled: false },
  ];
  const unused = [{ id: 'a', name: 'grafana/loki:2', sizeBytes: 90_000_000, createdAt: 0 }];
  expect(imagesText({ images, unused })).toBe(`loki        grafana/loki:3  here, 120 MB
tempo       grafana/loki:3  not here
grafana     grafana/loki:3  here, 120 MB, stub on this machine
alloy       grafana/loki:3  here, 120 MB; an older one still runs: macula up takes the new one
ingress     grafana/loki:3  not here; something else has its name, and is never run
prometheus  grafana/loki:3  here, 120 MB, from a bundle, verified by its pinned digest
excalidraw  grafana/loki:3  here, 120 MB, from a bundle, on the word of who made it

Nothing needs these (90 MB at most; macula images --remove-unused removes them):
  grafana/loki:2  90 MB
`);
});

test.each([
  [[{ service: 'loki', bytes: 5_000_000 }], 'loki: 5.0 MB\nTogether 5.0 MB at most.\n'],
  [
    [
      { service: 'loki', bytes: 5_000_000 },
      { service: 'tempo', problem: 'Its registry cannot be reached from here.' },
    ],
    'loki: 5.0 MB\ntempo: Its registry cannot be reached from here.\nTogether 5.0 MB at most; one more is not known.\n',
  ],
  [[{ service: 'tempo', problem: 'No.' }], 'tempo: No.\nHow much it is is not known.\n'],
])('sizes: %j', (sizes, expected) => {
  expect(sizesText(sizes)).toBe(expected);
});
