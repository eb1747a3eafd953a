import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronNeeds } from './bootstrap/needs.mjs';
import { root } from './bootstrap/paths.mjs';
import { passOn } from './bootstrap/processes.mjs';
import { runProgram } from './bootstrap/program.mjs';
import { SetUpError, say } from './bootstrap/say.mjs';
import { prepareSystem } from './bootstrap/system.mjs';
import { buildWhatIsStale } from './bootstrap/tools.mjs';
import { prepareElectron, sandboxObstacle } from './electron-runtime.mjs';
import { prepareEngine } from './engine/prepare.mjs';

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** @param {{ mayUseSudo: boolean }} permission */
async function engineFor(permission) {
  try {
    const started = await prepareEngine(permission);
    if (started === undefined) return;
    const stop = started.kind === 'service' ? 'systemctl stop docker.socket docker' : `kill ${started.daemon.pid}`;
    say(`The container engine was started, and stays when this ends. To stop it: ${stop}`);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    // The application explains a missing engine by itself, and notices when one appears.
    say(error.message);
  }
}

/** @returns {{ missing: string[], reachable: boolean, reason: string } | undefined} */
function probeImages() {
  const args = [join(root, 'dist/cli.js'), 'images', '--probe', '--json'];
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return result.status === 0 ? JSON.parse(result.stdout) : undefined;
}

/** Where nothing is here and nothing can be pulled, a stack of which part is a stub shows more than an error. */
async function imagesForNow() {
  const images = probeImages();
  if (images === undefined || images.missing.length === 0 || images.reachable) return;
  say(`Images are missing (${images.missing.join(', ')}) and cannot be pulled: ${images.reason}`);
  say(
    'Making what is quickly made, and stubs for the rest. "npm run images" makes the real programs, as far as it can.',
  );
  await buildWhatIsStale(['images']);
  const code = await passOn(process.execPath, [join(root, 'dist/images.js'), '--stubs']);
  if (code === 130) process.exit(code);
}

/** @param {string[]} args --yes, and what the application is given */
export async function run(args) {
  const permission = { mayUseSudo: args.includes('--yes') };
  const passedOn = args.filter((arg) => arg !== '--yes');
  const isWindowed = hasDisplay();
  if (isWindowed) prepareSystem(electronNeeds, permission);
  const electron = isWindowed ? await prepareElectron() : undefined;
  await buildWhatIsStale(isWindowed ? ['main', 'preload', 'renderer', 'cli'] : ['cli']);
  await engineFor(permission);
  await imagesForNow();
  if (electron === undefined) {
    say('There is no display: the stack comes up in this terminal. Ctrl-C stops it.');
    await runProgram('cli', ['up', '--follow']);
    return;
  }
  const obstacle = sandboxObstacle(electron.executable);
  if (obstacle !== undefined) say(`Chromium's sandbox is off: ${obstacle}.`);
  const sandbox = obstacle === undefined ? [] : ['--no-sandbox'];
  if (electron.isSubstitute)
    say(`Running on Electron ${electron.version} from the npm registry, for development only.`);
  process.exitCode = await passOn(electron.executable, [...sandbox, root, ...passedOn]);
}
