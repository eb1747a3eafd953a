import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { say } from './bootstrap/say.mjs';

/**
 * @typedef {object} Check
 * @property {string} what it looks at
 * @property {string} tool
 * @property {string[]} args
 * @property {string[]} [fix] the arguments that repair instead
 */

/** @type {readonly Check[]} */
const checks = [
  { what: 'types', tool: 'tsc', args: ['--build'] },
  {
    what: 'lint and layers',
    tool: 'oxlint',
    args: ['--type-aware', '--deny-warnings'],
    fix: ['--type-aware', '--fix'],
  },
  { what: 'format', tool: 'biome', args: ['format'], fix: ['format', '--write'] },
  { what: 'unused code', tool: 'knip', args: ['--no-progress'] },
];

/**
 * @param {Check} check
 * @param {boolean} mustFix
 * @returns {Promise<boolean>} whether it found nothing
 */
async function passes(check, mustFix) {
  const args = mustFix ? (check.fix ?? check.args) : check.args;
  const child = spawn(join(root, 'node_modules/.bin', check.tool), args, { cwd: root });
  /** @type {Buffer[]} */
  const printed = [];
  child.stdout.on('data', (chunk) => printed.push(chunk));
  child.stderr.on('data', (chunk) => printed.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) process.stdout.write(Buffer.concat(printed));
  say(`${code === 0 ? 'passed' : 'FAILED'}: ${check.what}`);
  return code === 0;
}

/** @param {string[]} args */
export async function run(args) {
  const mustFix = args.includes('--fix');
  const results = [];
  // What repairs a file must not meet what reads it.
  if (mustFix) for (const check of checks) results.push(await passes(check, true));
  else results.push(...(await Promise.all(checks.map((check) => passes(check, false)))));
  if (results.includes(false)) process.exitCode = 1;
}
