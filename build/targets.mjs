// What is built, from what, into what. Plain data and no packages: the bootstrap reads it before anything is installed.

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {string} entry the file that is the root of the bundle
 * @property {string} output what exists once it is built
 * @property {readonly string[]} sources files and folders that it is made from
 */

// A change of these can change every bundle.
const shared = ['package.json', 'package-lock.json', 'build/targets.mjs', 'build/vite'];

/** @type {readonly Target[]} */
export const targets = [
  {
    name: 'main',
    entry: 'electron/main.ts',
    output: 'dist/main.js',
    sources: [...shared, 'electron', 'resources'],
  },
  {
    name: 'preload',
    entry: 'electron/preload.ts',
    output: 'dist/preload.cjs',
    sources: [...shared, 'electron'],
  },
  {
    name: 'renderer',
    entry: 'renderer/index.html',
    output: 'dist/renderer/index.html',
    sources: [...shared, 'renderer', 'electron/core', 'electron/contract', 'resources'],
  },
  {
    name: 'cli',
    entry: 'electron/cli.ts',
    output: 'dist/cli.js',
    sources: [...shared, 'electron', 'resources'],
  },
  {
    name: 'helper',
    entry: 'electron/host/helper/main.ts',
    output: 'dist/helper.js',
    sources: [...shared, 'electron/host', 'electron/core/host'],
  },
  // The same two once more, as what Node can carry inside an executable of its own.
  {
    name: 'packaged-cli',
    entry: 'build/package/command.ts',
    output: 'dist/executables/macula.cjs',
    sources: [...shared, 'build/package/command.ts', 'electron', 'resources'],
  },
  {
    name: 'packaged-helper',
    entry: 'electron/host/helper/main.ts',
    output: 'dist/executables/macula-host.cjs',
    sources: [...shared, 'electron/host', 'electron/core/host'],
  },
  {
    name: 'images',
    entry: 'build/images/main.ts',
    output: 'dist/images.js',
    sources: [...shared, 'build/images', 'electron', 'resources'],
  },
];
