// The engine, as far as making images needs it.
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import type { EnginePort } from '../../electron/core/engine-port.ts';
import type { ImageEngine } from './make-images.ts';

export function imageEngine(engine: Pick<EnginePort, 'observe' | 'loadImage'>): ImageEngine {
  return {
    async find({ id, image }) {
      const pin: ImagePin = image;
      const { images } = await engine.observe({ containerNames: [], volumeNames: [], images: { [id]: pin } });
      return images[id];
    },
    loadImage: (archive) => engine.loadImage(archive),
  };
}
