// The images of the stack as text. Pure.
import type { DownloadSize, ImagesView, ServiceImage } from '../core/images/images-view.ts';
import { bytes } from './words.ts';

export function imagesText({ images, unused }: ImagesView): string {
  const enabled = images.filter((image) => image.enabled);
  const width = Math.max(...enabled.map(({ service }) => service.length), 0);
  const names = Math.max(...enabled.map(({ name }) => name.length), 0);
  const lines = enabled.map(
    (image) => `${image.service.padEnd(width)}  ${image.name.padEnd(names)}  ${stateWords(image)}\n`,
  );
  return `${lines.join('')}${unusedText({ unused })}`;
}

export function unusedText({ unused }: Pick<ImagesView, 'unused'>): string {
  if (unused.length === 0) return '';
  const total = unused.reduce((sum, image) => sum + image.sizeBytes, 0);
  const lines = unused.map(({ name, sizeBytes }) => `  ${name}  ${bytes(sizeBytes)}\n`);
  return `\nNothing needs these (${bytes(total)} at most; macula images --remove-unused removes them):\n${lines.join('')}`;
}

function stateWords({ state, substitute, imported, sizeBytes = 0 }: ServiceImage): string {
  const size = `, ${bytes(sizeBytes)}`;
  const origin =
    imported === undefined
      ? ''
      : imported === 'pinned-digest'
        ? ', from a bundle, verified by its pinned digest'
        : ', from a bundle, on the word of who made it';
  switch (state) {
    case 'present':
      return `here${size}${origin}`;
    case 'substitute':
      return `here${size}, ${substitute ?? 'made'} on this machine`;
    case 'missing':
      return 'not here';
    case 'outdated':
      return `here${size}${origin}; an older one still runs: macula up takes the new one`;
    case 'foreign':
      return 'not here; something else has its name, and is never run';
  }
}

// One line for each and one for all.
export function sizesText(sizes: readonly DownloadSize[]): string {
  const known = sizes.flatMap((size) => size.bytes ?? []);
  const lines = sizes.map(({ service, bytes: count, problem }) => {
    return `${service}: ${count === undefined ? (problem ?? 'not known') : bytes(count)}\n`;
  });
  const total = known.reduce((sum, count) => sum + count, 0);
  const rest = sizes.length - known.length;
  const unknown = rest === 0 ? '' : `; ${rest === 1 ? 'one more is' : `${rest} more are`} not known`;
  const all = known.length === 0 ? 'How much it is is not known' : `Together ${bytes(total)} at most${unknown}`;
  return `${lines.join('')}${all}.\n`;
}
