import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineNeeds } from '../bootstrap/needs.mjs';
import { stateFolder } from '../bootstrap/paths.mjs';
import { must } from '../bootstrap/processes.mjs';
import { SetUpError, say } from '../bootstrap/say.mjs';
import { findCommand, prepareSystem } from '../bootstrap/system.mjs';
import { startDaemon, stopDaemon } from './daemon.mjs';
import { dockerSocket, findEngine } from './endpoints.mjs';

/** @typedef {{ kind: 'process', daemon: import('./daemon.mjs').Daemon } | { kind: 'service' }} StartedEngine */

const log = join(stateFolder, 'dockerd.log');

/** @param {string[]} args */
function systemctl(args) {
  const isRoot = process.getuid?.() === 0;
  must(isRoot ? 'systemctl' : 'sudo', isRoot ? args : ['systemctl', ...args]);
}

async function answersSoon() {
  for (let tries = 0; tries < 50; tries += 1) {
    if ((await findEngine()).answers !== undefined) return true;
    await sleep(200);
  }
  return false;
}

/** @returns {Promise<StartedEngine>} */
async function start() {
  if (existsSync('/run/systemd/system')) {
    say('starting the container engine (systemctl start docker)');
    systemctl(['start', 'docker']);
    if (!(await answersSoon()))
      throw new SetUpError('The docker service was started but does not answer: journalctl -u docker');
    return { kind: 'service' };
  }
  if (process.getuid?.() !== 0) throw new SetUpError('No container engine runs. Start it as root: sudo dockerd');
  say(`starting the container engine (dockerd, log in ${log})`);
  const command = findCommand('dockerd') ?? 'dockerd';
  return { kind: 'process', daemon: await startDaemon({ command, args: [], socket: dockerSocket, log }) };
}

/**
 * Makes sure that an engine answers. What was running before stays untouched, and is not ours to stop.
 * @param {{ mayUseSudo: boolean }} permission
 * @returns {Promise<StartedEngine | undefined>} what was started for it
 */
export async function prepareEngine(permission) {
  const found = await findEngine();
  if (found.answers !== undefined) return undefined;
  if (found.denied !== undefined) {
    throw new SetUpError(
      `An engine listens at ${found.denied}, but you may not use it: sudo usermod -aG docker $USER, then log in again.`,
    );
  }
  if (process.env['DOCKER_HOST'])
    throw new SetUpError(`Nothing answers at DOCKER_HOST (${process.env['DOCKER_HOST']})`);
  if (process.platform !== 'linux') {
    throw new SetUpError('No container engine runs. Start Docker Desktop, Colima or OrbStack.');
  }
  const installed = prepareSystem(engineNeeds, permission);
  // Its package may have started it; that it runs is then still our doing.
  if (installed.length > 0 && (await findEngine()).answers !== undefined) return { kind: 'service' };
  if (process.getuid?.() !== 0 && !permission.mayUseSudo) {
    throw new SetUpError(
      'No container engine runs. Give --yes to have it started, or run: sudo systemctl start docker',
    );
  }
  return start();
}

/** @param {StartedEngine} engine */
export async function stopEngine(engine) {
  say('stopping the container engine that was started for this');
  if (engine.kind === 'process') return stopDaemon(engine.daemon);
  // The socket would start it again.
  systemctl(['stop', 'docker.socket', 'docker.service']);
}
