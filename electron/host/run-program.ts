// Runs a program to its end: a list of arguments, no shell, nothing of this process's environment.
import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly input?: string;
  // Without one it may take as long as somebody thinks about a password.
  readonly limitMilliseconds?: number;
  // Of either output; a program that says more is ended.
  readonly limitBytes?: number;
  // Gets what it says to the user, as it says it.
  readonly onWords?: (words: string) => void;
}

export interface Ended {
  // 127 where there is no such program, 128 and the signal's number where one ended it.
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  // It was ended: it took too long or said too much.
  readonly isCut: boolean;
}

export type RunProgram = (argv: readonly string[], options?: RunOptions) => Promise<Ended>;

// Messages in English, for they are read by us.
const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
const usualBytes = 1 << 20;
const afterKill = 128;

export const runProgram: RunProgram = (argv, options = {}) => {
  const [program = '', ...args] = argv;
  const { input = '', limitMilliseconds, limitBytes = usualBytes, onWords } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'pipe', env: environment, cwd: '/' });
    const said = { stdout: '', stderr: '' };
    const end = (code: number, words = '', isCut = false): void => {
      clearTimeout(impatience);
      resolve({ code, stdout: said.stdout, stderr: said.stderr + words, isCut });
    };
    // What it started itself, or what is another user's, may go on for a while: nobody listens to it any more.
    const cut = (): void => {
      end(afterKill, '', true);
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const impatience = limitMilliseconds === undefined ? undefined : setTimeout(cut, limitMilliseconds);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
        if (stream === 'stderr') onWords?.(text);
        if (said[stream].length > limitBytes) cut();
      });
    }
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code, signal) => end(code ?? afterKill, signal === null ? '' : `ended by ${signal}`));
    // Not everybody reads what they are given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
};
