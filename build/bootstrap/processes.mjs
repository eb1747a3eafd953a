import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { SetUpError } from './say.mjs';

/**
 * Runs a step of the set-up, of which only complaints are shown, or what its options say.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function must(command, args, options) {
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 2], ...options });
  if (result.error !== undefined) throw new SetUpError(`${command} could not be run: ${result.error.message}`);
  if (result.signal !== null) process.kill(process.pid, result.signal);
  if (result.status !== 0) throw new SetUpError(`${command} ${args.join(' ')}: exit ${result.status}`);
}

/**
 * Runs something talkative: only the last lines are kept, for the case that it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 */
export function quietly(command, args, options) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  const lines = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trimEnd().split('\n');
  return { ok: result.status === 0, lastLines: lines.slice(-8).join('\n') };
}

/**
 * What a command prints, or undefined when it is not there or fails.
 * @param {string} command
 * @param {string[]} args
 * @param {number} [timeout] in milliseconds
 */
export function output(command, args, timeout = 30_000) {
  const result = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout });
  return result.status === 0 ? result.stdout : undefined;
}

/**
 * Hands terminal, signals and exit code to a program and waits for it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} the exit code, as a shell would give it
 */
export async function passOn(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  /** @param {NodeJS.Signals} signal */
  const send = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, send);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', (error) => reject(new SetUpError(`${command} could not be run: ${error.message}`)));
      child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
    });
  } finally {
    for (const signal of signals) process.off(signal, send);
  }
}
