import { join } from 'node:path';
import { targets } from '../targets.mjs';
import { isFresh } from './freshness.mjs';
import { isSuitable, newerNode } from './node.mjs';
import { preparePackages } from './packages.mjs';
import { root } from './paths.mjs';
import { must, passOn } from './processes.mjs';

/**
 * The Node that the tools need and the packages.
 * @returns {Promise<boolean>} false when everything was done by this same command on a newer Node
 */
export async function prepareTools() {
  if (!isSuitable(process.versions.node)) {
    process.exitCode = await passOn(newerNode(), process.argv.slice(1));
    return false;
  }
  preparePackages();
  return true;
}

/**
 * Builds in a process of its own: the running one may be on a Node too old for the tools, and need not load them.
 * @param {string[]} names of targets
 */
export async function buildWithTools(names) {
  const node = isSuitable(process.versions.node) ? process.execPath : newerNode();
  preparePackages();
  must(node, [join(root, 'build/bootstrap.mjs'), 'build', ...names], { stdio: ['ignore', 2, 2] });
}

/**
 * @param {string[]} names of targets
 */
export async function buildWhatIsStale(names) {
  const stale = names.filter((name) => !targets.some((target) => target.name === name && isFresh(target)));
  if (stale.length > 0) await buildWithTools(stale);
}
