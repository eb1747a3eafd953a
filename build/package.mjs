import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fingerprint, isFresh, recordBuild } from './bootstrap/freshness.mjs';
import { withLock } from './bootstrap/lock.mjs';
import { packageNeeds } from './bootstrap/needs.mjs';
import { root } from './bootstrap/paths.mjs';
import { output } from './bootstrap/processes.mjs';
import { SetUpError, say } from './bootstrap/say.mjs';
import { findCommand, prepareSystem } from './bootstrap/system.mjs';
import { buildWhatIsStale } from './bootstrap/tools.mjs';
import { prepareElectron } from './electron-runtime.mjs';
import { builderConfiguration } from './package/configuration.mjs';
import { makeExecutables } from './package/executables.mjs';
import { checkFuses } from './package/fuses.mjs';
import { writeNotices } from './package/notices.mjs';

const folder = join(root, 'dist/package');
const bundles = ['main', 'preload', 'renderer', 'packaged-cli', 'packaged-helper'];

// What the last package is and what it was made of, for `isFresh` and for the tests.
const made = {
  name: 'package',
  entry: 'build/package.mjs',
  output: 'dist/package/made.json',
  sources: [
    'package.json',
    'package-lock.json',
    'build/package.mjs',
    'build/package',
    'build/electron-runtime.mjs',
    'build/runtime',
    'build/bootstrap/node.mjs',
    'build/targets.mjs',
    'build/vite',
    'electron',
    'renderer',
    'resources',
  ],
};

/** What `lastMade` reads, for who is in another process. */
export const madeFile = join(root, made.output);

/**
 * @typedef {object} MadePackage
 * @property {string} file
 * @property {string} version
 * @property {string} unpacked the application's folder as it is in the package
 * @property {import('./electron-runtime.mjs').ElectronRuntime} electron
 */

/** @returns {MadePackage} */
function lastMade() {
  return JSON.parse(readFileSync(madeFile, 'utf8'));
}

/** The links in /usr/bin, and what a package says about itself. */
function writeSmallFiles() {
  const links = join(folder, 'links');
  const notices = join(folder, 'notices');
  mkdirSync(links);
  symlinkSync('../lib/macula/macula', join(links, 'macula'));
  symlinkSync('/opt/Macula/macula-desktop', join(links, 'macula-desktop'));
  writeNotices(notices);
  return { links, notices };
}

/** electron-builder would fetch fpm; where one is installed it is used, else what stands in for it. */
function chooseFpm() {
  if (process.env['CUSTOM_FPM_PATH'] !== undefined || process.env['USE_SYSTEM_FPM'] !== undefined) return;
  if (findCommand('fpm') !== undefined) process.env['USE_SYSTEM_FPM'] = 'true';
  else process.env['CUSTOM_FPM_PATH'] = join(root, 'build/package/fpm-stand-in.mjs');
}

/** @param {import('electron-builder').Configuration} config */
async function runBuilder(config) {
  chooseFpm();
  const { Arch, Platform, build } = await import('electron-builder');
  const targets = Platform.LINUX.createTarget(['deb'], Arch.x64);
  const [file = ''] = await build({ targets, projectDir: root, publish: 'never', config });
  return file;
}

/** @param {string} path */
function mebibytes(path) {
  const bytes = Number(output('du', ['-sb', path])?.split('\t')[0] ?? statSync(path).size);
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** @param {{ isQuick: boolean }} options */
async function makePackage({ isQuick }) {
  const started = performance.now();
  const electron = await prepareElectron();
  await buildWhatIsStale(bundles);
  const print = fingerprint(made);
  rmSync(folder, { recursive: true, force: true });
  const executables = makeExecutables(join(folder, 'executables'));
  const { version: ours } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // Sorts before the real one, which then replaces it.
  const version = electron.isSubstitute ? `${ours}-tests.only` : ours;
  const small = writeSmallFiles();
  const compression = isQuick ? 'zst' : 'xz';
  const file = await runBuilder(
    builderConfiguration({ output: folder, version, electron, made: { ...executables, ...small }, compression }),
  );
  const unpacked = join(folder, 'linux-unpacked');
  try {
    await checkFuses(join(unpacked, 'macula-desktop'));
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  writeFileSync(madeFile, JSON.stringify({ file, version, unpacked, electron }));
  recordBuild(made, print);
  if (electron.isSubstitute)
    say(`FOR TESTS ONLY: made with Electron ${electron.version}, which must not be given away.`);
  const sizes = {
    [basename(file)]: file,
    'the application': unpacked,
    'app.asar': join(unpacked, 'resources/app.asar'),
    macula: executables.command,
    'macula-host': executables.helper,
  };
  for (const [name, path] of Object.entries(sizes)) say(`${mebibytes(path).padStart(10)}  ${name}`);
  say(`packaged in ${((performance.now() - started) / 1000).toFixed(1)} s: ${file}`);
}

/**
 * The package of what is in this checkout, made only when something of it changed.
 * @param {{ mayUseSudo: boolean, isQuick: boolean }} options
 * @returns {Promise<MadePackage>}
 */
export async function preparePackage({ mayUseSudo, isQuick }) {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new SetUpError('So far a package can be made on 64-bit Linux for PCs only.');
  }
  prepareSystem(packageNeeds, { mayUseSudo });
  return withLock(join(root, 'dist/.package-lock'), async () => {
    if (!isFresh(made) || !existsSync(lastMade().file)) await makePackage({ isQuick });
    return lastMade();
  });
}

/** @param {string[]} args --yes, and --quick for a larger package in less time */
export async function run(args) {
  const { file } = await preparePackage({ mayUseSudo: args.includes('--yes'), isQuick: args.includes('--quick') });
  process.stdout.write(`${file}\n`);
}
