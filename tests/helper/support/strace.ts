// Where a run can be cut off: before each of its calls that change something, in the order in which they come.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostRequest } from '../../../electron/core/host/host-request.ts';
import type { Sandbox } from './sandbox.ts';

export interface CrashPoint {
  readonly call: string;
  // The how many-th of its kind.
  readonly count: number;
  readonly words: string;
  // Only calls on this file are counted.
  readonly path?: string;
}

// Not fsync: for whoever looks at a machine that goes on running, it changes nothing.
const calls = 'rename,renameat,renameat2,unlink,unlinkat,openat,write,mkdir,rmdir,clone,clone3,vfork,connect';
const tracer = ['strace', '--follow-forks', '--quiet=all', '--decode-fds=path', '--signal=none'];

// Runs the request to its end.
export async function crashPoints(sandbox: Sandbox, request: HostRequest): Promise<readonly CrashPoint[]> {
  const log = join(sandbox.folder, 'calls');
  await sandbox.run(request, { through: [...tracer, `--output=${log}`, `--trace=${calls}`] });
  return pointsOf(readFileSync(log, 'utf8'));
}

function pointsOf(log: string): readonly CrashPoint[] {
  const lines = log.split('\n').flatMap((line) => {
    const [, process = '', words = ''] = /^(\d+) +([a-z].*)$/.exec(line) ?? [];
    return words === '' ? [] : [{ process, words }];
  });
  const counts = new Map<string, number>();
  return lines
    .filter(({ process }) => process === lines[0]?.process)
    .map(({ words }) => {
      const call = words.slice(0, words.indexOf('('));
      const path = writtenPath(words);
      const kind = `${call} ${path ?? ''}`;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return { call, count, words, ...(path === undefined ? {} : { path }) };
    })
    .filter(isChange);
}

// What threads say to each other is written too, and not always as often: writes are counted by file.
function writtenPath(words: string): string | undefined {
  return /^write\(\d+<(\/(etc|var)\/[^>]*)>/.exec(words)?.[1];
}

function isChange({ call, words, path }: CrashPoint): boolean {
  if (/ = -1 E(?!INPROGRESS)/.test(words)) return false;
  // An image has another name each time.
  if (call === 'write') return path !== undefined && !path.includes('/images/');
  if (call === 'openat') return /O_CREAT|O_TRUNC/.test(words);
  if (call === 'connect') return words.includes('AF_INET');
  return !words.includes('CLONE_THREAD');
}

export async function killAt(sandbox: Sandbox, request: HostRequest, point: CrashPoint): Promise<boolean> {
  const { signal } = await sandbox.run(request, {
    through: [
      ...tracer,
      `--output=${join(sandbox.folder, 'calls')}`,
      `--trace=${point.call}`,
      `--inject=${point.call}:signal=SIGKILL:when=${point.count}`,
      ...(point.path === undefined ? [] : [`--trace-path=${point.path}`]),
    ],
  });
  return signal === 'SIGKILL';
}
