import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The mirror that this system itself takes Debian's packages from, in either form of its sources.
 * @returns {string | undefined}
 */
export function debianMirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  ];
  const texts = files
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
  const addresses = texts.flatMap((text) =>
    [...text.matchAll(/^(?:URIs:|deb)\s.*?(https?:\/\/\S+)/gm)].map((match) => match[1]),
  );
  return addresses.find((address) => /\/debian\/?$/.test(address ?? ''));
}
