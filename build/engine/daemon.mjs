import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetUpError } from '../bootstrap/say.mjs';
import { ask } from './endpoints.mjs';

/**
 * A process that outlives us, told apart from a later one that got the same number.
 * @typedef {object} Daemon
 * @property {number} pid
 * @property {string} startedAt in the kernel's own count
 */

/** @param {number} pid */
function startTime(pid) {
  try {
    // The second field is the command in brackets, which may hold blanks.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isDead(pid) {
  try {
    return / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').slice(0, 80));
  } catch {
    return true;
  }
}

/** @param {Daemon} daemon */
export function isRunning(daemon) {
  return startTime(daemon.pid) === daemon.startedAt && !isDead(daemon.pid);
}

/** @param {string} log */
function lastLines(log) {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
}

/**
 * Starts the daemon so that it stays when we go, and waits until its socket answers.
 * @param {{ command: string, args: string[], socket: string, log: string, seconds?: number }} options
 * @returns {Promise<Daemon>}
 */
export async function startDaemon({ command, args, socket, log, seconds = 60 }) {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'w');
  const child = spawn(command, args, { detached: true, stdio: ['ignore', file, file] });
  closeSync(file);
  child.unref();
  /** @type {string | undefined} */
  let ended;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (code, signal) => (ended = `it ended with ${signal ?? `code ${code}`}`));
  const deadline = Date.now() + seconds * 1000;
  while (ended === undefined && Date.now() < deadline) {
    if ((await ask(`unix://${socket}`)) === 'answers' && child.pid !== undefined) {
      return { pid: child.pid, startedAt: startTime(child.pid) ?? '' };
    }
    await sleep(200);
  }
  if (ended === undefined && child.pid !== undefined) process.kill(child.pid, 'SIGTERM');
  throw new SetUpError(
    `The container engine did not start: ${ended ?? `no answer in ${seconds} s`}. Its last lines, from ${log}:\n${lastLines(log)}`,
  );
}

/**
 * @param {Daemon} daemon
 * @param {number} [seconds] that it has to stop its containers
 */
export async function stopDaemon(daemon, seconds = 60) {
  if (!isRunning(daemon)) return;
  process.kill(daemon.pid, 'SIGTERM');
  const deadline = Date.now() + seconds * 1000;
  while (isRunning(daemon)) {
    if (Date.now() > deadline) {
      process.kill(daemon.pid, 'SIGKILL');
      return;
    }
    await sleep(100);
  }
}
