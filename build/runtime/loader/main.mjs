// Stands in for the application that a bare Electron starts with: `electron <options> <folder or file> <arguments>`.
// It is an ES module because only then does Electron wait for it: the application below is loaded before "ready".

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { app } from 'electron';

const require = createRequire(import.meta.url);

/** @param {readonly string[]} given what follows the executable */
function readArguments(given) {
  /** @type {string[]} */
  const preloads = [];
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? '';
    if (argument === '--version' || argument === '-v') return { answer: `v${process.versions.electron}`, preloads };
    if (argument === '--abi') return { answer: process.versions.modules, preloads };
    if (argument === '-r' || argument === '--require') {
      index += 1;
      preloads.push(given[index] ?? '');
    } else if (!argument.startsWith('-')) {
      return { target: resolve(argument), preloads };
    }
  }
  return { preloads };
}

/** @param {string} target */
function findApplication(target) {
  if (!statSync(target).isDirectory()) return { folder: dirname(target), main: target, manifest: undefined };
  const file = join(target, 'package.json');
  const manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return { folder: target, main: join(target, manifest.main ?? 'index.js'), manifest };
}

/**
 * What Electron's types leave out: only whatever loads an application needs it.
 * @typedef {object} LoaderMethods
 * @property {(version: string) => void} setVersion
 * @property {(folder: string) => void} setAppPath
 * @property {(entry: string) => void} [setDesktopName] the desktop entry that windows and notifications belong to
 */

/**
 * @param {string} folder
 * @param {Record<string, string>} manifest
 */
function introduce(folder, manifest) {
  const loaded = /** @type {Electron.App & LoaderMethods} */ (app);
  if (manifest['version'] !== undefined) loaded.setVersion(manifest['version']);
  const name = manifest['productName'] ?? manifest['name'];
  if (name !== undefined) loaded.name = name;
  loaded.setDesktopName?.(manifest['desktopName'] ?? `${manifest['name']}.desktop`);
  if (manifest['v8Flags'] !== undefined) v8.setFlagsFromString(manifest['v8Flags']);
  loaded.setAppPath(folder);
}

const request = readArguments(process.argv.slice(1));
if (request.answer !== undefined) {
  process.stdout.write(`${request.answer}\n`);
  process.exit(0);
}
if (request.target === undefined || !existsSync(request.target)) {
  process.stderr.write(`There is no application at ${request.target ?? '(no path given)'}\n`);
  process.exit(1);
}
for (const preload of request.preloads) require(resolve(preload));
const application = findApplication(request.target);
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
if (application.manifest !== undefined) introduce(application.folder, application.manifest);
await import(pathToFileURL(application.main).href);
