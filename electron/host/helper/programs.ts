// Programs at constant places, with a list of arguments, no shell and nothing of the caller's environment.
import { type StdioOptions, spawnSync } from 'node:child_process';
import { constants, existsSync, openSync } from 'node:fs';
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

// One change at a time. The programs that are run hold the lock too: what one of them still does after this process was
// killed is over before the next change begins. The kernel frees it, and nobody but root can take it.
let lock: number | undefined;

export function takeLock(): void {
  const busy = new Refused('busy', 'Another change is under way. Wait for it, and try again');
  const isMac = process.platform === 'darwin';
  // Of macOS, where opening can lock.
  const exclusive = 0x20;
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
    lock = openSync('/var/run/macula-host.lock', isMac ? flags | constants.O_NONBLOCK | exclusive : flags, 0o600);
  } catch {
    throw busy;
  }
  try {
    if (!isMac) run({ program: 'flock', args: ['-n', '3'] });
  } catch (error) {
    throw error instanceof Refused ? error : busy;
  }
}

// What it printed; throws with its last words when it fails.
export function run({ program, args, input = '', mayFail }: Command): string {
  const path = findProgram(program);
  if (path === undefined && mayFail) return '';
  if (path === undefined) throw new Refused('missing-program', `${program} is not installed. Everything is as it was`);
  const env = { PATH: folders.join(':'), LC_ALL: 'C' };
  const options = { input, env, cwd: '/', encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 24 } as const;
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', lock ?? 'ignore'];
  const { status, stdout, stderr, error } = spawnSync(path, args, { ...options, stdio });
  if (status === 0 || mayFail) return stdout ?? '';
  const words = `${stderr || stdout || error?.message || ''}`.trim().split('\n').slice(-3).join(' / ');
  throw new Error(`${[program, ...args].join(' ')} failed: ${words}`);
}
