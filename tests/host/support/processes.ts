// Processes by number, told apart from later ones that got the same number.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessIdentity {
  readonly pid: number;
  // In the kernel's own count.
  readonly startedAt: string;
}

// The second field is the command in brackets, which may hold blanks.
function fieldsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

export function identify(pid: number): ProcessIdentity {
  return { pid, startedAt: fieldsOf(pid)[19] ?? 'gone' };
}

export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  const fields = fieldsOf(pid);
  return fields[19] === startedAt && !['Z', 'X'].includes(fields[0] ?? '');
}

export function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export async function end(process_: ProcessIdentity): Promise<void> {
  if (isAlive(process_)) process.kill(process_.pid, 'SIGKILL');
  await waitUntil(() => !isAlive(process_), `process ${process_.pid} has ended`);
}

export async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  { seconds = 20, everyMilliseconds = 50 } = {},
): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await isSo()); await sleep(everyMilliseconds)) {
    if (Date.now() > deadline) throw new Error(`Not so after ${seconds} s: ${what}`);
  }
}
