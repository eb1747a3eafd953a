// The fake engine's images: pulled, loaded, listed and removed.
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import type { EngineImage, ImageIdentity, PullProgress } from '../../electron/core/engine-port.ts';
import { fullName } from '../../electron/core/images/image-names.ts';
import type { ManifestAnswer, Platform } from '../../electron/core/images/manifests.ts';
import { readImageArchive } from './docker-archive.ts';
import { FakePrograms } from './fake-programs.ts';
import { addImage, failed } from './fake-resources.ts';
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

  async loadImage(archive: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void> {
    await this.script.begin('loadImage', '', signal);
    const images = await readImageArchive(archive);
    signal?.throwIfAborted();
    for (const image of images) {
      const held = this.world.images.find(({ id }) => id === image.id);
      addImage(this.world, {
        ...image,
        tags: [...new Set([...(held?.tags ?? []), ...image.tags])],
        digests: held?.digests ?? [],
      });
      this.processes.emit('image', 'load', image.id);
    }
  }

  async *saveImage(id: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
    await this.script.begin('saveImage', id, signal);
    const archive = this.world.images.find((image) => image.id === id)?.archive;
    if (archive === undefined) throw failed('save an image', 'the fake has no archive of it');
    for (let at = 0; at < archive.length; at += 65_536) {
      signal.throwIfAborted();
      yield archive.subarray(at, at + 65_536);
    }
  }

  async findImage(name: string): Promise<ImageIdentity | undefined> {
    await this.script.begin('findImage', name);
    const found = this.world.images.find(({ tags }) => tags.includes(name) || tags.map(fullName).includes(name));
    return found === undefined ? undefined : { id: found.id, layerDigests: found.layerDigests ?? [] };
  }

  async tagImage(
    id: string,
    { repository, tag }: { readonly repository: string; readonly tag: string },
  ): Promise<void> {
    const name = `${repository}:${tag}`.replace(/^docker\.io\/(library\/)?/, '');
    await this.script.begin('tagImage', name);
    const image = this.world.images.find((one) => one.id === id);
    if (image === undefined) throw failed('name an image', `No such image: ${id}`);
    addImage(this.world, { ...image, tags: [...image.tags.filter((one) => one !== name), name] });
    this.processes.emit('image', 'tag', id);
  }

  async untagImage(name: string): Promise<void> {
    await this.script.begin('untagImage', name);
    const place = this.world.images.findIndex(({ tags }) => tags.includes(name));
    const image = this.world.images[place];
    if (image === undefined) return;
    const tags = image.tags.filter((tag) => tag !== name);
    this.world.images.splice(place, 1, ...(tags.length + image.digests.length === 0 ? [] : [{ ...image, tags }]));
  }

  async platform(): Promise<Platform> {
    await this.script.begin('platform', '');
    return { os: 'linux', architecture: process.arch === 'x64' ? 'amd64' : process.arch };
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
