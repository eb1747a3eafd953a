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
  await build(viteConfig(target));
  recordBuild(target, print);
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
