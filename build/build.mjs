import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { fingerprint, recordBuild } from './bootstrap/freshness.mjs';
import { withLock } from './bootstrap/lock.mjs';
import { root } from './bootstrap/paths.mjs';
import { say } from './bootstrap/say.mjs';
import { targets } from './targets.mjs';
import { viteConfig } from './vite/configs.mjs';

/** @param {import('./targets.mjs').Target} target */
async function buildTarget(target) {
  const print = fingerprint(target);
  const result = await build(viteConfig(target));
  removeFormerParts(target, /** @type {import('vite').Rolldown.RolldownOutput} */ (result));
  recordBuild(target, print);
}

/**
 * Parts of an earlier build that this one no longer has. They are not cleared before: a running application loads
 * its parts when it first needs them.
 * @param {import('./targets.mjs').Target} target
 * @param {import('vite').Rolldown.RolldownOutput} result
 */
function removeFormerParts(target, { output }) {
  const parts = `${target.name}-parts`;
  const folder = join(root, 'dist', parts);
  if (!existsSync(folder)) return;
  const made = new Set(output.map((file) => file.fileName));
  for (const name of readdirSync(folder)) if (!made.has(`${parts}/${name}`)) rmSync(join(folder, name));
}

/** @param {string[]} names of targets; none means all */
export async function run(names) {
  const chosen = targets.filter((target) => names.length === 0 || names.includes(target.name));
  await withLock(join(root, 'dist/.lock'), async () => {
    const started = performance.now();
    await Promise.all(chosen.map(buildTarget));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`built ${chosen.map((target) => target.name).join(', ')} in ${seconds} s`);
  });
}
