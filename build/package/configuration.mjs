import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { depends, recommends } from './dependencies.mjs';
import { wantedFuses } from './fuses.mjs';

/** @typedef {import('electron-builder').Configuration} Configuration */

// The project has no public address yet. These names are reserved: nothing sent there reaches somebody else.
const homepage = 'https://macula.invalid/';
const maintainer = 'Macula maintainers <maintainers@macula.invalid>';

const description =
  'Prometheus, Grafana, Loki, Tempo and a whiteboard behind one ingress, one click up and one click gone.';
const warning = 'FOR TESTS ONLY, NOT TO BE GIVEN AWAY: made with an old Electron that gets no security updates.';

/**
 * Files of the package that are no part of the app's own folder: where they are, and where they go.
 * @param {{ command: string, helper: string, links: string, notices: string }} made
 */
function systemFiles({ command, helper, links, notices }) {
  return {
    [command]: '/usr/lib/macula/macula',
    [helper]: '/usr/lib/macula-host/macula-host',
    [join(root, 'resources/polkit/local.macula.host.policy')]: '/usr/share/polkit-1/actions/local.macula.host.policy',
    [join(root, 'resources/icons/app/macula.svg')]: '/usr/share/icons/hicolor/scalable/apps/macula-desktop.svg',
    [`${links}/`]: '/usr/bin',
    [`${notices}/`]: '/usr/share/doc/macula-desktop',
  };
}

/**
 * @typedef {object} PackageInput
 * @property {string} output the folder that everything is made in
 * @property {string} version of the package
 * @property {import('../electron-runtime.mjs').ElectronRuntime} electron
 * @property {{ command: string, helper: string, links: string, notices: string }} made
 * @property {'xz' | 'zst'} compression small, or quick
 */

/**
 * @param {PackageInput} input
 * @returns {Configuration}
 */
export function builderConfiguration({ output, version, electron, made, compression }) {
  const places = Object.entries(systemFiles(made)).map(([from, to]) => `${from}=${to}`);
  return {
    appId: 'local.macula.desktop',
    productName: 'Macula',
    extraMetadata: { version, homepage },
    directories: { output, buildResources: join(root, 'resources') },
    electronDist: dirname(electron.executable),
    electronVersion: electron.version,
    electronLanguages: ['en-US'],
    electronFuses: wantedFuses,
    npmRebuild: false,
    // Every package is inside the bundles.
    files: [
      'dist/main.js',
      'dist/main-parts/**',
      'dist/preload.cjs',
      'dist/renderer/**',
      '!dist/renderer/.licenses.json',
      'package.json',
      '!**/node_modules',
    ],
    asar: true,
    // Beside the archive: the tray's host and the window manager are given paths.
    extraResources: [{ from: 'resources/icons', to: 'icons', filter: ['{app,services,tray}/**'] }],
    afterPack: ({ appOutDir }) => {
      // What a bare Electron starts with, and our own note on it; the builder leaves both in place.
      for (const name of ['default_app.asar', 'loader-hash'])
        rmSync(join(appOutDir, 'resources', name), { force: true });
      return Promise.resolve();
    },
    linux: {
      executableName: 'macula-desktop',
      syncDesktopName: true,
      icon: 'icons/desktop',
      category: 'Development',
      maintainer,
      synopsis: 'Developer infrastructure of the Macula platform',
      description: electron.isSubstitute ? `${warning} ${description}` : description,
      desktop: {
        entry: {
          Comment: description,
          Keywords: 'docker;grafana;prometheus;loki;tempo;containers;',
          StartupNotify: 'true',
        },
      },
    },
    deb: {
      packageCategory: 'devel',
      depends,
      recommends,
      afterInstall: 'build/package/debian/postinst',
      afterRemove: 'build/package/debian/postrm',
      fpm: ['--before-remove', join(root, 'build/package/debian/prerm'), '--deb-compression', compression, ...places],
    },
  };
}
