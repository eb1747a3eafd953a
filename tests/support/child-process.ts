import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

// What a test starts it stops itself, by its own process id, and also when the test runner goes early.

export interface Started {
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

export function start(command: string, args: readonly string[], options: SpawnOptions): Started {
  const child = spawn(command, args, options);
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const hasEnded = () => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    process: child,
    async stop() {
      process.off('exit', killAtExit);
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(impatience);
    },
  };
}

/** The first line that the program writes to this descriptor. */
export async function firstLine(started: Started, descriptor: number, what: string): Promise<string> {
  const stream = started.process.stdio[descriptor];
  if (stream === null || stream === undefined || !('setEncoding' in stream))
    throw new Error(`${what} has no such pipe`);
  stream.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let text = '';
    started.process.once('error', reject);
    started.process.once('exit', (code) => reject(new Error(`${what} ended with code ${code} before it was ready`)));
    stream.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
  });
}
