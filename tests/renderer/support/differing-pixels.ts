import type { Page } from 'playwright-core';

// How many pixels of two pictures are not the same; all of them where the sizes differ. Decoded by the browser at hand.
export function differingPixels(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const addresses = [one, other].map((picture) => `data:image/png;base64,${picture.toString('base64')}`);
  return page.evaluate(async (sources) => {
    async function decode(source: string): Promise<ImageData> {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('No canvas');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    }
    const [first, second] = await Promise.all([decode(sources[0] ?? ''), decode(sources[1] ?? '')]);
    if (first.width !== second.width || first.height !== second.height) return first.width * first.height;
    const pixels = [first, second].map(({ data }) => new Uint32Array(data.buffer));
    const [left, right] = [pixels[0] ?? new Uint32Array(), pixels[1] ?? new Uint32Array()];
    return left.reduce((count, pixel, index) => count + (pixel === right[index] ? 0 : 1), 0);
  }, addresses);
}
