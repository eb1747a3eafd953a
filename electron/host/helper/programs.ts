// Programs at constant places, with a list of arguments, no shell and nothing of the caller's environment.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Refused } from './refused.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  // There may be nothing to do for it.
  readonly mayFail?: true;
}

const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export function findProgram(name: string): string | undefined {
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}

// What it printed; throws with its last words when it fails.
export function run({ program, args, input = '', mayFail }: Command): string {
  const path = findProgram(program);
  if (path === undefined && mayFail) return '';
  if (path === undefined) throw new Refused('missing-program', `${program} is not installed. Everything is as it was`);
  const env = { PATH: folders.join(':'), LC_ALL: 'C' };
  const options = { input, env, cwd: '/', encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 24 } as const;
  const { status, stdout, stderr, error } = spawnSync(path, args, options);
  if (status === 0 || mayFail) return stdout ?? '';
  const words = `${stderr || stdout || error?.message || ''}`.trim().split('\n').slice(-3).join(' / ');
  throw new Error(`${[program, ...args].join(' ')} failed: ${words}`);
}
