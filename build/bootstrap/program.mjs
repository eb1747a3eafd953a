import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { targets } from '../targets.mjs';
import { isFresh } from './freshness.mjs';
import { cacheFolder, root } from './paths.mjs';

/**
 * Runs a built program inside this process: its exit code, its signals and its terminal are then simply ours.
 * Bundles run on every Node we accept, so only a stale one needs the tools.
 * @param {string} name of the target
 * @param {string[]} args
 */
export async function runProgram(name, args) {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}`);
  if (!isFresh(target)) {
    const { buildWithTools } = await import('./tools.mjs');
    await buildWithTools([name]);
  }
  const file = join(root, target.output);
  process.argv = [process.execPath, file, ...args];
  // Absent in Node 20. Compiling the engine client anew takes longer than most commands do.
  module.enableCompileCache?.(join(cacheFolder, 'compiled'));
  await import(pathToFileURL(file).href);
}
