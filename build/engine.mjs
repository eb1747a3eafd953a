import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from './bootstrap/paths.mjs';
import { SetUpError } from './bootstrap/say.mjs';
import { prepareEngine, stopEngine } from './engine/prepare.mjs';

// `engine start` and `engine stop` keep one engine for several commands in a row; only what start started is stopped.

const record = join(stateFolder, 'engine.json');

/** @param {string[]} args */
export async function run([action, ...options]) {
  if (action === 'start') {
    const started = await prepareEngine({ mayUseSudo: options.includes('--yes') });
    if (started === undefined) return;
    mkdirSync(stateFolder, { recursive: true });
    writeFileSync(record, JSON.stringify(started));
  } else if (action === 'stop') {
    const started = readRecord();
    if (started === undefined) return;
    await stopEngine(started);
    rmSync(record);
  } else {
    throw new SetUpError('Usage: node build/bootstrap.mjs engine start|stop');
  }
}

/** @returns {import('./engine/prepare.mjs').StartedEngine | undefined} */
function readRecord() {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return undefined;
  }
}
