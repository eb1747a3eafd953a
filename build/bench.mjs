import { join } from 'node:path';
import { runnerImport } from 'vite';
import { prepareCompose } from './compose.mjs';
import { testNeeds } from './bootstrap/needs.mjs';
import { root } from './bootstrap/paths.mjs';
import { prepareSystem } from './bootstrap/system.mjs';
import { buildWhatIsStale } from './bootstrap/tools.mjs';
import { prepareElectron } from './electron-runtime.mjs';
import { prepareEngine, stopEngine } from './engine/prepare.mjs';

/** @param {string[]} args for the benchmarks, and --yes */
export async function run(args) {
  const permission = { mayUseSudo: args.includes('--yes') };
  prepareSystem(testNeeds, permission);
  await prepareElectron();
  await buildWhatIsStale(['main', 'preload', 'renderer', 'cli', 'images']);
  process.env['MACULA_COMPOSE'] = prepareCompose();
  const engine = await prepareEngine(permission);
  process.argv = [process.execPath, join(root, 'tests/bench/main.ts'), ...args.filter((arg) => arg !== '--yes')];
  try {
    // Like the test runner: sources as they are, with what Vite adds to them.
    await runnerImport(join(root, 'tests/bench/main.ts'), { root, configFile: false, envDir: false, logLevel: 'warn' });
  } finally {
    if (engine !== undefined) await stopEngine(engine);
  }
}
