import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { helperTestNeeds, packageTestNeeds, testNeeds } from './bootstrap/needs.mjs';
import { root } from './bootstrap/paths.mjs';
import { passOn } from './bootstrap/processes.mjs';
import { SetUpError, say } from './bootstrap/say.mjs';
import { prepareSystem } from './bootstrap/system.mjs';
import { buildWhatIsStale } from './bootstrap/tools.mjs';
import { prepareCompose } from './compose.mjs';
import { prepareElectron } from './electron-runtime.mjs';
import { prepareEngine, stopEngine } from './engine/prepare.mjs';
import { madeFile, preparePackage } from './package.mjs';
import { readSummary, summaryFile, summaryText } from './test/summary.mjs';
import { prepareBaseRoot } from './test-machine/base-root.mjs';
import { prepareDesktopLayer } from './test-machine/desktop-layer.mjs';

/**
 * Whether tests of one of these kinds will run: all do unless some are asked for, as in `npm test -- --project unit`.
 * @param {string[]} args
 * @param {string[]} kinds
 */
function willRun(args, kinds) {
  const projects = args.flatMap((arg, index) => {
    if (arg === '--project') return args[index + 1] ?? [];
    return arg.startsWith('--project=') ? arg.slice('--project='.length) : [];
  });
  return projects.length === 0 || projects.some((project) => kinds.includes(project));
}

/**
 * What measures times is a kind of its own, to run alone: who asks for the kind that it belongs to asks for both.
 * @param {string[]} args
 */
function withTimed(args) {
  return args.map((arg, index) => {
    const isName = args[index - 1] === '--project' && /^!?renderer$/.test(arg);
    return isName || /^--project=!?renderer$/.test(arg) ? `${arg}*` : arg;
  });
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

/**
 * The tests on a machine of their own skip, and say why, where none can be had.
 * @param {{ mayUseSudo: boolean }} permission
 */
async function testMachineIfPossible(permission) {
  try {
    process.env['MACULA_TEST_MACHINE'] = await prepareBaseRoot(permission);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.env['MACULA_NO_TEST_MACHINE'] = error.message;
    say(error.message);
  }
}

/**
 * The tests of the package skip, and say why, where none can be made. Where it could and was not, they fail.
 * @param {{ mayUseSudo: boolean }} permission
 */
async function packageIfPossible(permission) {
  const base = process.env['MACULA_TEST_MACHINE'];
  try {
    prepareSystem(packageTestNeeds, permission);
    const { file } = await preparePackage({ ...permission, isQuick: true });
    process.env['MACULA_PACKAGE'] = madeFile;
    if (base !== undefined) process.env['MACULA_PACKAGE_MACHINE'] = await prepareDesktopLayer(base, file);
  } catch (error) {
    if (error instanceof SetUpError) process.env['MACULA_NO_PACKAGE'] = error.message;
    say(error instanceof SetUpError ? error.message : inspect(error));
  }
}

/**
 * The tests of the root program skip, and say why, where they cannot run.
 * @param {{ mayUseSudo: boolean }} permission
 */
function helperNeedsIfPossible(permission) {
  try {
    if (process.getuid?.() === 0) prepareSystem(helperTestNeeds, permission);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
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
  const asked = args.filter((arg) => arg !== '--yes');
  const passedOn = withTimed(asked);
  const needsDesktop = willRun(asked, ['renderer', 'renderer-timed', 'engine', 'observability', 'e2e']);
  if (needsDesktop) {
    prepareSystem(testNeeds, permission);
    await prepareElectron();
    composeIfPossible();
  }
  if (willRun(asked, ['helper'])) helperNeedsIfPossible(permission);
  if (willRun(asked, ['observability', 'host', 'package'])) await testMachineIfPossible(permission);
  await buildWhatIsStale(['main', 'preload', 'renderer', 'cli', 'helper', 'images']);
  if (willRun(asked, ['package'])) await packageIfPossible(permission);
  const engine = needsDesktop ? await engineIfPossible(permission) : undefined;
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
