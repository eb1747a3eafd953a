// What the engine's machine has. It does not change while the engine runs: asked once.
import { json } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { EngineMachine } from '../core/engine-port.ts';
import { statusOf } from './failures.ts';
import { openStream } from './stream.ts';

// undefined where a proxy before the engine keeps it from us.
export type MachineReader = (signal: AbortSignal) => Promise<EngineMachine | undefined>;

interface EngineInfo {
  readonly NCPU?: number;
  readonly MemTotal?: number;
}

export function createMachineReader(docker: Docker): MachineReader {
  let known: { readonly machine: EngineMachine | undefined } | undefined;
  return async (signal) => {
    known ??= { machine: await readMachine(docker, signal) };
    return known.machine;
  };
}

async function readMachine(docker: Docker, signal: AbortSignal): Promise<EngineMachine | undefined> {
  try {
    const info = (await json(await openStream(docker, { path: '/info', signal }))) as EngineInfo;
    return toMachine(info);
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return undefined;
  }
}

function toMachine({ NCPU: processors = 0, MemTotal: memoryBytes = 0 }: EngineInfo): EngineMachine {
  return { processors, memoryBytes };
}
