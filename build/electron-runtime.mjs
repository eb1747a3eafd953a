import { readFileSync, statSync } from 'node:fs';
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
 * What is asked of the system, so that a test can answer in its place.
 * @typedef {object} SandboxFacts
 * @property {string} platform
 * @property {number | undefined} userId
 * @property {(path: string) => { uid: number, mode: number } | undefined} stat
 * @property {(path: string) => string | undefined} readText
 * @property {() => boolean} canUnshare whether this user may make a namespace
 */

/** @type {SandboxFacts} */
const system = {
  platform: process.platform,
  userId: process.getuid?.(),
  stat: (path) => statSync(path, { throwIfNoEntry: false }),
  readText(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  canUnshare: () => output('unshare', ['--user', 'true']) !== undefined,
};

/**
 * Why an ordinary user can do nothing in a namespace of their own. AppArmor (Ubuntu 24.04 and later) lets one be made
 * and takes every right in it away, so that trying is not enough.
 * @param {Pick<SandboxFacts, 'readText' | 'canUnshare'>} [facts]
 * @returns {string | undefined}
 */
export function namespacesObstacle(facts = system) {
  if (facts.readText('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')?.trim() === '1') {
    return 'AppArmor lets no ordinary program use namespaces here (kernel.apparmor_restrict_unprivileged_userns is 1)';
  }
  return facts.canUnshare() ? undefined : 'this system lets no ordinary user make namespaces';
}

/**
 * Why Chromium's sandbox cannot be used here. It needs namespaces that an ordinary user may use (some systems and
 * containers forbid it) or a helper that belongs to root, and it refuses root.
 * @param {string} executable
 * @param {SandboxFacts} [facts]
 * @returns {string | undefined}
 */
export function sandboxObstacle(executable, facts = system) {
  if (facts.platform !== 'linux') return undefined;
  if (facts.userId === 0) return 'it does not work for root';
  const path = join(dirname(executable), 'chrome-sandbox');
  const helper = facts.stat(path);
  if (helper !== undefined && helper.uid === 0 && (helper.mode & 0o7777) === 0o4755) return undefined;
  const obstacle = namespacesObstacle(facts);
  if (obstacle === undefined || helper === undefined) return obstacle;
  return `${obstacle}. To switch it on: sudo chown root:root '${path}' && sudo chmod 4755 '${path}'`;
}
