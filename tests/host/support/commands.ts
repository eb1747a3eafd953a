// Runs programs to their end, with what they said. Nothing here throws but `must`.
import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly timeoutSeconds?: number;
}

export function runCommand(argv: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const [program = '', ...args] = argv;
  const { input = '', timeoutSeconds = 60 } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'pipe' });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8');
      child[stream].on('data', (text: string) => (said[stream] += text));
    }
    const impatience = setTimeout(() => child.kill('SIGKILL'), timeoutSeconds * 1000);
    const end = (code: number, problem = '') => {
      clearTimeout(impatience);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, stdout: said.stdout, stderr: said.stderr + problem });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code, signal) => end(code ?? 137, signal === null ? '' : `(ended by ${signal})`));
    // What it left running may keep its output open for ever.
    child.on('exit', (code, signal) =>
      setTimeout(() => end(code ?? 137, signal === null ? '' : `(ended by ${signal})`), 500),
    );
    // Not everybody reads what they are given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

export function outputOf(argv: readonly string[], { code, stdout, stderr }: Ended): string {
  if (code !== 0) throw new Error(`${argv.join(' ')}: exit ${code}\n${stderr}${stdout}`);
  return stdout;
}

export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  return outputOf(argv, await runCommand(argv, options));
}

export const inNetwork = (namespace: string): readonly string[] => ['nsenter', `--net=/run/netns/${namespace}`];
