// A command in a container that runs.
import { Duplex, type Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { ProgramResult } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { ProgramOutput } from './output.ts';

const operation = 'run a command in a container';
// The engine cannot end a command: after this long nobody waits for it any more.
const longestSeconds = 60;

export async function execute(
  docker: Docker,
  containerId: string,
  command: readonly string[],
  input: string | undefined,
  closed: AbortSignal,
): Promise<ProgramResult> {
  const limit = AbortSignal.timeout(longestSeconds * 1000);
  try {
    return await executeUntil(docker, containerId, command, input, AbortSignal.any([closed, limit]));
  } catch (error) {
    if (!limit.aborted || closed.aborted) throw error;
    const detail = `It had not ended after ${longestSeconds} seconds.`;
    throw new FailureError({ code: 'operation-failed', operation, detail }, { cause: error });
  }
}

async function executeUntil(
  docker: Docker,
  containerId: string,
  command: readonly string[],
  input: string | undefined,
  signal: AbortSignal,
): Promise<ProgramResult> {
  const exec = await docker.getContainer(containerId).exec({
    Cmd: [...command],
    AttachStdin: input !== undefined,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    abortSignal: signal,
  });
  // Only a connection that is taken over has two directions.
  const stream: Readable = await exec.start({
    hijack: input !== undefined,
    Detach: false,
    Tty: false,
    abortSignal: signal,
  });
  const stop = () => stream.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop);
  try {
    if (input !== undefined) {
      if (!(stream instanceof Duplex)) throw new Error('The engine did not take the input of a command');
      stream.end(input);
    }
    const output = new ProgramOutput();
    for await (const chunk of stream) output.push(chunk as Buffer);
    return { exitCode: await exitCodeOf(exec, signal), output: output.text() };
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}

// The output may end a moment before the engine knows that the command has.
async function exitCodeOf(exec: Docker.Exec, signal: AbortSignal): Promise<number> {
  for (;;) {
    const { Running: isRunning, ExitCode: exitCode } = await exec.inspect({ abortSignal: signal });
    if (!isRunning && exitCode !== null) return exitCode;
    await new Promise((resolve) => setTimeout(resolve, 20));
    signal.throwIfAborted();
  }
}
