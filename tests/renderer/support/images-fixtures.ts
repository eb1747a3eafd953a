// The images of the stack, as values.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { ImagesView, ServiceImage } from '../../../electron/core/images/images-view.ts';
import type { ImagesScenario } from '../mock-bridge.ts';
import { start } from './fixtures.ts';

export function imagesView(changes: Readonly<Record<string, Partial<ServiceImage>>> = {}): ImagesView {
  return {
    images: catalog.map(({ id, title, image }, index) => ({
      service: id,
      title,
      enabled: true,
      name: `${image.repository}:${image.tag}`,
      digest: image.digest,
      state: 'present',
      isImported: false,
      sizeBytes: (index + 1) * 52_000_000,
      ...changes[id],
    })),
    unused: [
      {
        id: `sha256:${'ab'.repeat(32)}`,
        name: 'grafana/grafana:12.4.0',
        sizeBytes: 612_000_000,
        createdAt: start - 90 * 24 * 3_600_000,
      },
    ],
  };
}

export function imagesScenario(change: Partial<ImagesScenario> = {}): ImagesScenario {
  return {
    view: imagesView(),
    sizes: [],
    report: {
      path: '/home/user/macula-images.tar',
      images: catalog.map(({ id, image }, index) => ({
        service: id,
        name: `${image.repository}:${image.tag}`,
        verified: 'pinned-digest',
        sizeBytes: (index + 1) * 52_000_000,
      })),
      leftOut: [],
    },
    ...change,
  };
}
