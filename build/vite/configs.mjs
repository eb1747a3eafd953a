import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';

/** @typedef {import('vite').InlineConfig} InlineConfig */
/** @typedef {import('../targets.mjs').Target} Target */

const root = fileURLToPath(new URL('../../', import.meta.url));
const absent = fileURLToPath(new URL('./absent-package.mjs', import.meta.url));

// The engine client loads these for ssh:// hosts and for BuildKit sessions. We use neither, and they bring
// native addons that no bundle can hold.
const absentPackages = ['ssh2', 'cpu-features', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'];

const builtins = [...builtinModules, /^node:/];

/** @type {InlineConfig} */
const common = {
  root,
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  publicDir: false,
};

/**
 * A program for Node: everything but Node itself and Electron is inside, and only dynamic imports make further files.
 * @param {Target} target
 * @returns {InlineConfig}
 */
function nodeProgram(target) {
  return {
    ...common,
    resolve: {
      alias: absentPackages.map((name) => ({ find: new RegExp(`^${name}(/.*)?$`), replacement: absent })),
    },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: target.entry,
      outDir: 'dist',
      // Several targets share the folder.
      emptyOutDir: false,
      copyPublicDir: false,
      // Electron 33 and the command line on the oldest Node we accept.
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      // For a package, which passes other people's work on.
      license: { fileName: `licenses/${target.name}.json` },
      rolldownOptions: {
        external: ['electron', ...builtins],
        output: {
          format: 'es',
          entryFileNames: `${target.name}.js`,
          chunkFileNames: `${target.name}-parts/[name].js`,
        },
      },
    },
  };
}

/**
 * What can be neither an ES module nor load a second file: a sandboxed preload script, and the code inside an
 * executable.
 * @param {Target} target
 * @param {(string | RegExp)[]} external
 * @returns {InlineConfig}
 */
function singleFile(target, external) {
  const config = nodeProgram(target);
  return {
    ...config,
    build: {
      ...config.build,
      rolldownOptions: {
        external,
        output: { format: 'cjs', entryFileNames: target.output.slice('dist/'.length), codeSplitting: false },
      },
    },
  };
}

/** @returns {InlineConfig} */
function renderer() {
  return {
    ...common,
    root: `${root}renderer`,
    base: './',
    plugins: [react()],
    build: {
      outDir: '../dist/renderer',
      emptyOutDir: true,
      // The oldest Chromium we run on: the one in Electron 33.
      target: 'chrome130',
      // The content security policy forbids fonts and styles in data: addresses, and inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      license: { fileName: '.licenses.json' },
      reportCompressedSize: false,
    },
  };
}

/**
 * @param {Target} target
 * @returns {InlineConfig}
 */
export function viteConfig(target) {
  if (target.name === 'renderer') return renderer();
  if (target.name === 'preload') return singleFile(target, ['electron']);
  if (target.name.startsWith('packaged-')) return singleFile(target, builtins);
  return nodeProgram(target);
}
