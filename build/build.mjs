import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { fingerprint, recordBuild } from './bootstrap/freshness.mjs';
import { withLock } from './bootstrap/lock.mjs';
import { root } from './bootstrap/paths.mjs';
import { say } from './bootstrap/say.mjs';
import { targets } from './targets.mjs';
import { viteConfig } from './vite/configs.mjs';

// node build/build.mjs [target …]: builds the named targets, or all of them.

const wanted = process.argv.slice(2);

/** @param {import('./targets.mjs').Target} target */
async function buildTarget(target) {
  // Until every entry has landed.
  if (!existsSync(join(root, target.entry))) {
    say(`not there yet: ${target.entry}`);
    return;
  }
  const print = fingerprint(target);
  await build(viteConfig(target));
  recordBuild(target, print);
}

await withLock(join(root, 'dist/.lock'), async () => {
  const chosen = targets.filter((target) => wanted.length === 0 || wanted.includes(target.name));
  const started = performance.now();
  await Promise.all(chosen.map(buildTarget));
  say(`built ${chosen.map((target) => target.name).join(', ')} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
});
