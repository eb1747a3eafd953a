import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

/** @typedef {import('../targets.mjs').Target} Target */

// A bundle is fresh when the names, sizes and times of its sources are those it was built from. Reading the contents
// would be surer and ten times slower, and `macula status` pays for it each time.

/** @param {Target} target */
function stampFile(target) {
  return join(root, 'dist/.stamps', target.name);
}

/**
 * @param {string} path
 * @param {string[]} lines
 */
function describe(path, lines) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    lines.push(`${path} ${stats.size} ${stats.mtimeMs}`);
    return;
  }
  for (const name of readdirSync(join(root, path)).sort()) describe(`${path}/${name}`, lines);
}

/** @param {Target} target */
export function fingerprint(target) {
  /** @type {string[]} */
  const lines = [];
  for (const source of target.sources) describe(source, lines);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** @param {Target} target */
export function isFresh(target) {
  if (!existsSync(join(root, target.output))) return false;
  try {
    return readFileSync(stampFile(target), 'utf8') === fingerprint(target);
  } catch {
    return false;
  }
}

/**
 * @param {Target} target
 * @param {string} print taken before the build began, so that an edit during the build makes the result stale
 */
export function recordBuild(target, print) {
  mkdirSync(dirname(stampFile(target)), { recursive: true });
  writeFileSync(stampFile(target), print);
}
