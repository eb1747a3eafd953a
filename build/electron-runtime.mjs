import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { output } from './bootstrap/processes.mjs';
import { cachedSubstitute, prepareSubstitute } from './runtime/substitute.mjs';
import { downloadOfficial, installedOfficial } from './runtime/official.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executable
 * @property {string} version
 * @property {boolean} isSubstitute whether it is the older one from the npm registry
 */

/**
 * What is on this machine already, without asking the network.
 * @returns {ElectronRuntime | undefined}
 */
export function findElectron() {
  const official = installedOfficial();
  if (official !== undefined) return { ...official, isSubstitute: false };
  const substitute = cachedSubstitute();
  return substitute === undefined ? undefined : { ...substitute, isSubstitute: true };
}

/** @returns {Promise<ElectronRuntime>} */
export async function prepareElectron() {
  const installed = installedOfficial();
  if (installed !== undefined) return { ...installed, isSubstitute: false };
  const reason = await downloadOfficial();
  if (reason !== undefined) return { ...(await prepareSubstitute(reason)), isSubstitute: true };
  const downloaded = installedOfficial();
  if (downloaded === undefined) throw new Error('The downloaded Electron runtime is gone');
  return { ...downloaded, isSubstitute: false };
}

/**
 * Why Chromium's sandbox cannot be used here. It needs namespaces that an ordinary user may make (some systems and
 * containers forbid it) or a helper that belongs to root, and it refuses root.
 * @param {string} executable
 * @returns {string | undefined}
 */
export function sandboxObstacle(executable) {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'it does not work for root';
  const helper = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false });
  const isHelperReady = helper !== undefined && helper.uid === 0 && (helper.mode & 0o7777) === 0o4755;
  if (isHelperReady || output('unshare', ['--user', 'true']) !== undefined) return undefined;
  return 'this system lets no ordinary user make namespaces';
}
