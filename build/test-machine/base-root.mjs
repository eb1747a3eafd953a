import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
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

const folder = join(cacheFolder, 'test-machine');
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
  const mirror = debianMirror() ?? 'http://deb.debian.org/debian';
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
 * @param {string} current
 */
function dropOld(current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name === current || Date.now() - statSync(path).mtimeMs < dayMilliseconds) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * The path of the file system, made on first use.
 * @param {{ mayUseSudo: boolean }} permission
 * @returns {Promise<string>}
 */
export async function prepareBaseRoot(permission) {
  if (process.platform !== 'linux') throw new SetUpError('A test machine needs the namespaces of Linux.');
  if (process.getuid?.() !== 0) throw new SetUpError('A test machine needs root.');
  prepareSystem(testMachineNeeds, permission);
  mkdirSync(folder, { recursive: true });
  const name = `${suite}-${recipeHash()}`;
  const root = join(folder, name);
  return withLock(join(folder, '.lock'), async () => {
    dropOld(name);
    if (!existsSync(root)) {
      say(`making the machine of the host tests (Debian ${suite}, once, about two minutes)`);
      const work = mkdtempSync(join(folder, 'work-'));
      try {
        make(join(work, 'root'));
        renameSync(join(work, 'root'), root);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    }
    // Used today: another checkout, with another recipe, lets it be.
    const now = new Date();
    utimesSync(root, now, now);
    return root;
  });
}
