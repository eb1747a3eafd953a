import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { testNeeds } from './bootstrap/needs.mjs';
import { root } from './bootstrap/paths.mjs';
import { passOn } from './bootstrap/processes.mjs';
import { SetUpError, say } from './bootstrap/say.mjs';
import { prepareSystem } from './bootstrap/system.mjs';
import { buildWhatIsStale } from './bootstrap/tools.mjs';
import { prepareCompose } from './compose.mjs';
import { prepareElectron } from './electron-runtime.mjs';
import { prepareEngine, stopEngine } from './engine/prepare.mjs';
import { readSummary, summaryFile, summaryText } from './test/summary.mjs';

const machineProjects = ['renderer', 'engine', 'e2e'];

/**
 * Whether only tests that need nothing of the machine were asked for: `npm test -- --project unit`.
 * @param {string[]} args
 */
function needsNoMachine(args) {
  const projects = args.flatMap((arg, index) => {
    if (arg === '--project') return args[index + 1] ?? [];
    return arg.startsWith('--project=') ? arg.slice('--project='.length) : [];
  });
  return projects.length > 0 && !projects.some((project) => machineProjects.includes(project));
}

/**
 * The tests that need an engine skip, and say so, where none can be had.
 * @param {{ mayUseSudo: boolean }} permission
 */
async function engineIfPossible(permission) {
  try {
    return await prepareEngine(permission);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    return undefined;
  }
}

/** The tests that compare with Compose skip, and say so, where there is none. */
function composeIfPossible() {
  try {
    process.env['MACULA_COMPOSE'] = prepareCompose();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
  }
}

/** @param {string[]} args for the test runner, and --yes */
export async function run(args) {
  const permission = { mayUseSudo: args.includes('--yes') };
  const passedOn = args.filter((arg) => arg !== '--yes');
  const isSmall = needsNoMachine(passedOn);
  if (!isSmall) {
    prepareSystem(testNeeds, permission);
    await prepareElectron();
    composeIfPossible();
  }
  await buildWhatIsStale(['main', 'preload', 'renderer', 'cli', 'images']);
  const engine = isSmall ? undefined : await engineIfPossible(permission);
  rmSync(summaryFile, { force: true });
  try {
    const runner = join(root, 'node_modules/vitest/vitest.mjs');
    const config = join(root, 'build/vitest.config.ts');
    const code = await passOn(process.execPath, [runner, 'run', '--root', root, '--config', config, ...passedOn]);
    const summary = readSummary();
    process.exitCode = code !== 0 || summary.failed > 0 || summary.passed === 0 ? 1 : 0;
  } finally {
    if (engine !== undefined) await stopEngine(engine);
  }
  process.stdout.write(`${summaryText(readSummary())}\n`);
}
