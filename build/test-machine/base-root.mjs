import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../bootstrap/lock.mjs';
import { debianMirror } from '../bootstrap/mirror.mjs';
import { testMachineNeeds } from '../bootstrap/needs.mjs';
import { cacheFolder } from '../bootstrap/paths.mjs';
import { quietly } from '../bootstrap/processes.mjs';
import { SetUpError, say } from '../bootstrap/say.mjs';
import { prepareSystem } from '../bootstrap/system.mjs';
import { finishScript, firstPackages, packages, recipeHash, suite } from './recipe.mjs';

// The file system that every test machine starts from. Made once and never written to: each machine lays its own
// changes over it.

const dayMilliseconds = 24 * 3600 * 1000;

/**
 * In namespaces of its own, so that whatever ends it leaves no mount and no process.
 * @param {string[]} words
 */
export function apart(words) {
  const result = quietly('unshare', ['--mount', '--pid', '--fork', '--kill-child', ...words]);
  if (!result.ok) throw new SetUpError(`The test machine could not be made:\n${result.lastLines}`);
}

/** @param {string} root a folder that is not there yet */
function make(root) {
  const mirror = debianMirror();
  if (mirror === undefined) {
    throw new SetUpError('The test machine could not be made: this system names no mirror of Debian.');
  }
  const include = `--include=${firstPackages.join(',')}`;
  apart(['--mount-proc', 'debootstrap', '--variant=minbase', include, suite, root, mirror]);
  const clean = ['env', '-i', 'PATH=/usr/sbin:/usr/bin', ...proxies()];
  const script = '/usr/local/finish';
  const result = quietly('install', ['-m', '755', finishScript, join(root, script)]);
  if (!result.ok) throw new SetUpError(`The test machine could not be made:\n${result.lastLines}`);
  apart([`--mount-proc=${root}/proc`, 'chroot', root, ...clean, script, ...packages]);
  rmSync(join(root, script));
}

export function proxies() {
  const names = ['http_proxy', 'https_proxy', 'no_proxy'];
  return names.flatMap((name) => (process.env[name] ? [`${name}=${process.env[name]}`] : []));
}

/**
 * Of other recipes, and of runs that were cut off. A day is longer than any run takes.
 * @param {string} folder
 * @param {string} current
 */
function dropOld(folder, current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name === current || Date.now() - statSync(path).mtimeMs < dayMilliseconds) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Something large that machines start from: made when it is first asked for, kept as long as it is used.
 * @param {string} folder
 * @param {string} name
 * @param {(work: string) => string} make in an empty folder, and says which part of it counts
 * @returns {Promise<string>} its path
 */
export async function madeOnce(folder, name, make) {
  mkdirSync(folder, { recursive: true });
  const made = join(folder, name);
  return withLock(join(folder, '.lock'), async () => {
    dropOld(folder, name);
    if (!existsSync(made)) {
      const work = mkdtempSync(join(folder, 'work-'));
      try {
        renameSync(make(work), made);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    }
    // Used today: another checkout, with another recipe, lets it be.
    const now = new Date();
    utimesSync(made, now, now);
    return made;
  });
}

/**
 * The path of the file system, made on first use.
 * @param {{ mayUseSudo: boolean }} permission
 * @returns {Promise<string>}
 */
export async function prepareBaseRoot(permission) {
  if (process.platform !== 'linux') throw new SetUpError('A test machine needs the namespaces of Linux.');
  if (process.getuid?.() !== 0) throw new SetUpError('A test machine needs root.');
  if (!readFileSync('/proc/mounts', 'utf8').includes(' cgroup2 '))
    throw new SetUpError('A test machine needs control groups of version 2.');
  prepareSystem(testMachineNeeds, permission);
  return madeOnce(join(cacheFolder, 'test-machine'), `${suite}-${recipeHash()}`, (work) => {
    say(`making the machine of the host tests (Debian ${suite}, once, about two minutes)`);
    const root = join(work, 'root');
    make(root);
    return root;
  });
}
