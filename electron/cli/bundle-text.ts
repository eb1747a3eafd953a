// What a bundle came to, as text. Pure.
import type { BundleImage, BundleReport, TransferProgress } from '../core/images/images-view.ts';
import { bytes, listed } from './words.ts';

export function reportText(verb: 'export' | 'import', report: BundleReport): string {
  const { images, leftOut, path } = report;
  const width = Math.max(...[...images, ...leftOut].map(({ service }) => service.length), 0);
  const lines = images.map(
    ({ service, name, sizeBytes, verified }) =>
      `${service.padEnd(width)}  ${name}  ${bytes(sizeBytes)}, ${verified === 'pinned-digest' ? 'verified by its pinned digest' : "on the file's own word"}\n`,
  );
  const rest = leftOut.map(({ service, reason }) => `${service.padEnd(width)}  left out: ${reason}\n`);
  const count = images.length === 1 ? '1 image' : `${images.length} images`;
  const head = verb === 'export' ? `${path} holds ${count}.` : `${count} came from ${path}.`;
  return `${lines.join('')}${rest.join('')}${head}\n`;
}

export function trustQuestion(images: readonly BundleImage[]): string {
  const names = listed(images.map(({ name }) => name));
  return `Only the file itself says that these are what they are called: ${names}. What is in them will run on this machine, with your data.`;
}

export function transferLine({ kind, bytesDone, bytesTotal, image }: TransferProgress): string {
  const share = bytesTotal === 0 ? '' : ` ${Math.floor((bytesDone / bytesTotal) * 100)}%`;
  return `${kind === 'export' ? 'Exporting' : 'Importing'}${share}  ${bytes(bytesDone)} of ${bytes(bytesTotal)}  ${image}`.trimEnd();
}
