// The fake engine's images: pulled, loaded, listed and removed.
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import type { EngineImage, PullProgress } from '../../electron/core/engine-port.ts';
import { fullName } from '../../electron/core/images/image-names.ts';
import type { ManifestAnswer } from '../../electron/core/images/manifests.ts';
import { readImageArchive } from './docker-archive.ts';
import { FakePrograms } from './fake-programs.ts';
import { addImage } from './fake-resources.ts';
import { pinnedImage } from './fake-world.ts';

export class FakeImages extends FakePrograms {
  // What registries say; a test sets it.
  onManifests: (pin: ImagePin) => ManifestAnswer = () => ({ kind: 'problem', problem: 'unreachable', detail: '' });

  async pullImage(pin: ImagePin, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<void> {
    const image = pinnedImage(pin);
    onProgress({ layersDone: 0, layersTotal: 2, bytesDone: 0, bytesTotal: 0 });
    await this.script.begin('pullImage', `${pin.repository}:${pin.tag}`, AbortSignal.any([signal, this.closed.signal]));
    onProgress({ layersDone: 1, layersTotal: 2, bytesDone: image.sizeBytes / 2, bytesTotal: image.sizeBytes });
    onProgress({ layersDone: 2, layersTotal: 2, bytesDone: image.sizeBytes, bytesTotal: image.sizeBytes });
    addImage(this.world, image);
    this.processes.emit('image', 'pull', `${pin.repository}:${pin.tag}`);
  }

  async loadImage(archive: AsyncIterable<Uint8Array>): Promise<void> {
    await this.script.begin('loadImage', '');
    for (const image of await readImageArchive(archive)) {
      addImage(this.world, image);
      this.processes.emit('image', 'load', image.id);
    }
  }

  async imageManifests(pin: ImagePin): Promise<ManifestAnswer> {
    await this.script.begin('imageManifests', `${pin.repository}:${pin.tag}`);
    return this.onManifests(pin);
  }

  async listImages(): Promise<readonly EngineImage[]> {
    await this.script.begin('listImages', '');
    const used = new Set([...this.world.containers.values()].map((container) => container.imageId));
    return this.world.images.map(({ id, tags, digests, labels, sizeBytes }) => {
      return { id, names: [...tags, ...digests].map(fullName), labels, sizeBytes, createdAt: 0, isUsed: used.has(id) };
    });
  }

  async removeImage(id: string): Promise<'removed' | 'in-use'> {
    await this.script.begin('removeImage', id);
    if ([...this.world.containers.values()].some((container) => container.imageId === id)) return 'in-use';
    const place = this.world.images.findIndex((image) => image.id === id);
    if (place < 0) return 'removed';
    this.world.images.splice(place, 1);
    this.processes.emit('image', 'delete', id);
    return 'removed';
  }
}
