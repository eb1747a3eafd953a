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
 * Chromium's sandbox refuses to run as root.
 * @returns {string[]}
 */
export function sandboxArguments() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
