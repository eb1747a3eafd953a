// Runs a program to its end, its output into a log file.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { access, constants, readFile } from 'node:fs/promises';
import { constants as system, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder?: string;
  // On top of the environment of this process.
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: string;
  readonly signal?: AbortSignal | undefined;
}

export class CommandFailed extends Error {
  constructor(invocation: Invocation, outcome: string, tail: string) {
    super(`${invocation.program} ${invocation.args[0] ?? ''} ${outcome}. ${quote(tail)}Whole log: ${invocation.log}`);
    this.name = 'CommandFailed';
  }
}

// What it prints on its standard output is returned; a program that prints much should be given files instead.
export async function run(invocation: Invocation): Promise<string> {
  invocation.signal?.throwIfAborted();
  const log = openSync(invocation.log, 'a');
  try {
    // A group of its own, so that stopping it stops what it started.
    const child = spawn(invocation.program, invocation.args, {
      cwd: invocation.folder,
      env: { ...process.env, ...invocation.environment },
      stdio: ['ignore', 'pipe', log],
      detached: true,
    });
    const stop = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    };
    invocation.signal?.addEventListener('abort', stop, { once: true });
    if (child.pid !== undefined) beNice(child.pid);
    const output: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    const outcome = await new Promise<string | undefined>((done) => {
      child.on('error', (error) => done(`could not be started: ${error.message}`));
      child.on('close', (code, signal) => done(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`));
    });
    invocation.signal?.removeEventListener('abort', stop);
    invocation.signal?.throwIfAborted();
    const text = Buffer.concat(output).toString();
    if (outcome !== undefined)
      throw new CommandFailed(invocation, outcome, `${await tailOf(invocation.log)}\n${lastLines(text)}`);
    return text;
  } finally {
    closeSync(log);
  }
}

export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

export async function findFile(candidates: readonly string[]): Promise<string | undefined> {
  for (const file of candidates) {
    if (
      await access(file, constants.R_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

function beNice(pid: number): void {
  try {
    setPriority(pid, system.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already.
  }
}

async function tailOf(log: string): Promise<string> {
  return lastLines(await readFile(log, 'utf8').catch(() => ''));
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-12).join('\n');
}

function quote(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? '' : `Its last words:\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
}
