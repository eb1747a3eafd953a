// Runs the built command as a user would: a process of its own, with pipes or on a terminal.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { start } from '../../support/child-process.ts';

export const program = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

// The tests' own settings, so that nobody's are read or changed.
const configuration = mkdtempSync(join(tmpdir(), 'macula-cli-'));
// A command that a failed test left behind goes with the settings: it would hold the stack for ever.
const running = new Set<ChildProcess>();
function cleanUp(): void {
  for (const child of running) child.kill('SIGKILL');
  rmSync(configuration, { recursive: true, force: true });
}
// A test runner's worker ends without a word, so the end of the test file counts there; a benchmark has its own process.
if (process.env['VITEST'] === undefined) process.once('exit', cleanUp);
else afterAll(cleanUp);
export const settingsFolder = join(configuration, 'macula-desktop');

export interface Options {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  // What stands before the words, where it is not just Node and the program.
  readonly command?: readonly string[];
}

export interface Result {
  // Of a process that a signal ended, 128 and its number, as in a shell.
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<Result>;
  // What it printed so far on both.
  text(): string;
  // Resolves as soon as this was printed.
  until(pattern: RegExp): Promise<void>;
  interrupt(): void;
}

const signalNumbers: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGPIPE: 13, SIGTERM: 15 };

export function startMacula(args: readonly string[], options: Options = {}): RunningCommand {
  return follow([...(options.command ?? [process.execPath, program]), ...args], options);
}

export function macula(args: readonly string[], options: Options = {}): Promise<Result> {
  const command = startMacula(args, options);
  command.process.stdin?.end(options.input ?? '');
  return command.ended;
}

// On a terminal of this size, which util-linux provides; what it shows comes on stdout.
export function startInTerminal(args: readonly string[], options: Options = {}): RunningCommand {
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const environment = { TERM: 'xterm-256color', ...options.environment };
  return follow(['script', '-qefc', `stty cols 100 rows 30; exec ${words}`, '/dev/null'], { ...options, environment });
}

export async function json(args: readonly string[], options: Options = {}): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await macula([...args, '--json'], options);
  try {
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`macula ${args.join(' ')} --json printed no JSON:\n${stdout}${stderr}`, { cause: error });
  }
}

function follow([command = '', ...args]: readonly string[], options: Options): RunningCommand {
  const { NO_COLOR: _refused, FORCE_COLOR: _forced, ...inherited } = process.env;
  const started = start(command, args, {
    env: { ...inherited, XDG_CONFIG_HOME: configuration, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const child = started.process;
  running.add(child);
  const printed = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const text = () => printed.stdout + printed.stderr;
  const ended = new Promise<Result>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      void started.stop();
      resolve({ code: code ?? 128 + (signalNumbers[signal ?? ''] ?? 0), ...printed });
    });
  });
  return {
    process: child,
    ended,
    text,
    until(pattern) {
      return new Promise((resolve, reject) => {
        const check = () => {
          if (!pattern.test(text())) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        void ended.then(() => reject(new Error(`It ended without printing ${pattern}:\n${text()}`)), reject);
        check();
      });
    },
    interrupt: () => void child.kill('SIGINT'),
  };
}
