import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { output, quietly } from './processes.mjs';
import { SetUpError, say } from './say.mjs';

/** @typedef {import('./needs.mjs').Need} Need */

// Not on the PATH of ordinary users.
const administrationFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** @param {string} command */
export function findCommand(command) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...administrationFolders];
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}

/** @param {string} folder */
function hasFiles(folder) {
  return existsSync(folder) && readdirSync(folder).length > 0;
}

/**
 * @param {readonly Need[]} needs
 * @returns {readonly Need[]} those that this system does not meet
 */
export function findMissing(needs) {
  if (process.platform !== 'linux') return [];
  const loader = needs.some((need) => need.library !== undefined) ? findCommand('ldconfig') : undefined;
  const libraries = loader === undefined ? undefined : output(loader, ['-p']);
  return needs.filter((need) => {
    if (need.command !== undefined) return findCommand(need.command) === undefined;
    if (need.folder !== undefined) return !hasFiles(need.folder);
    if (need.file !== undefined) return !existsSync(need.file);
    // Without a list of libraries nothing can be said; starting Electron then names what it misses.
    return libraries !== undefined && !libraries.includes(`\t${need.library} `);
  });
}

/** @param {readonly string[]} alternatives */
function choosePackage(alternatives) {
  const [first = ''] = alternatives;
  if (alternatives.length === 1) return first;
  const known = alternatives.find((name) =>
    /Candidate: (?!\(none\))/.test(output('apt-cache', ['policy', name]) ?? ''),
  );
  return known ?? alternatives.at(-1) ?? first;
}

/** @param {readonly Need[]} missing */
function listed(missing) {
  const titles = missing.map((need) => need.title);
  return titles.length === 1 ? titles[0] : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

/** @param {readonly string[]} packages */
function install(packages) {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo'];
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  /** @param {string[]} args */
  const apt = (args) => {
    const [command = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...wait, ...args];
    return quietly(command, rest);
  };
  // A source that does not answer must not keep us from what the others have.
  apt(['update', '-q']);
  const result = apt(['install', '-q', '-y', '--no-install-recommends', ...packages]);
  if (!result.ok) throw new SetUpError(`apt-get could not install ${packages.join(' ')}:\n${result.lastLines}`);
}

/**
 * Says in one line what the system lacks, and installs it where that is ours to do.
 * @param {readonly Need[]} needs
 * @param {{ mayUseSudo: boolean }} permission
 * @returns {readonly Need[]} what was installed
 */
export function prepareSystem(needs, { mayUseSudo }) {
  const missing = findMissing(needs);
  if (missing.length === 0) return missing;
  const lack = `This system lacks ${listed(missing)}`;
  if (findCommand('apt-get') === undefined) {
    throw new SetUpError(
      `${lack}. Please install what your distribution calls ${missing.map((need) => need.packages.at(-1)).join(' ')}.`,
    );
  }
  const packages = missing.map((need) => choosePackage(need.packages));
  if (process.getuid?.() !== 0 && !mayUseSudo) {
    const command = `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
    throw new SetUpError(`${lack}. Give --yes to have it installed, or run: ${command}`);
  }
  say(`${lack}: installing ${packages.join(' ')}`);
  install(packages);
  const still = findMissing(missing);
  if (still.length > 0)
    throw new SetUpError(`This system still lacks ${listed(still)} after installing ${packages.join(' ')}`);
  return missing;
}
