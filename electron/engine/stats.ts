// What a container uses, as the engine counts it at this moment.
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { ContainerStats } from '../core/engine-port.ts';
import type { EngineDescription } from '../core/observed.ts';
import { statusOf } from './failures.ts';
import { createMachineReader } from './machine.ts';
import { podmanProduct } from './mapping.ts';
import { readPatiently } from './patient-read.ts';
import { compareVersions } from './probe.ts';
import { openStream, type StreamRequest } from './stream.ts';

// Only the parts that are read; both engines leave out what the machine does not count.
export interface EngineStats {
  // The year 1 where the container does not run.
  readonly read?: string;
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } | null };
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>> | null;
  };
  readonly networks?: Readonly<Record<string, { readonly rx_bytes?: number; readonly tx_bytes?: number }>> | null;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op?: string; readonly value?: number }[] | null;
  };
  readonly pids_stats?: { readonly current?: number };
}

export interface StatsReader {
  read(containerId: string, signal: AbortSignal): Promise<ContainerStats | undefined>;
  // undefined also where it cannot be had so.
  readPatiently(containerId: string, signal: AbortSignal): Promise<ContainerStats | undefined>;
}

export function createStatsReader(
  docker: Docker,
  { product, version }: EngineDescription,
  readMachine = createMachineReader(docker),
): StatsReader {
  // Before 4.4 Podman told what a container sent as received, and the other way round.
  const isSwapped = product === podmanProduct && compareVersions(version, '4.4') < 0;

  async function understand(answer: string, signal: AbortSignal): Promise<ContainerStats | undefined> {
    // All that Podman has to say of one that does not run.
    if (answer.trim() === '') return undefined;
    const found = JSON.parse(answer) as EngineStats;
    if (!(Date.parse(found.read ?? '') > 0)) return undefined;
    const machine = await readMachine(signal);
    // Where it is kept from us, a limit is what the engine says it is.
    const memory = machine === undefined || machine.memoryBytes === 0 ? Number.POSITIVE_INFINITY : machine.memoryBytes;
    return toStats(isSwapped ? { ...found, networks: swapped(found.networks) } : found, memory);
  }

  // Docker would otherwise take a second look after a second, to tell percentages.
  const query = { stream: false, 'one-shot': true };
  const requestFor = (containerId: string, signal: AbortSignal): StreamRequest => ({
    ...{ path: `/containers/${containerId}/stats`, query, signal },
  });

  return {
    async read(containerId, signal) {
      try {
        return await understand(await text(await openStream(docker, requestFor(containerId, signal))), signal);
      } catch (error) {
        if (saysNotRunning(error)) return undefined;
        throw error;
      }
    },
    async readPatiently(containerId, signal) {
      const answer = await readPatiently(docker, requestFor(containerId, signal));
      try {
        return answer === undefined ? undefined : await understand(answer, signal);
      } catch {
        // Cut off, or worse: the usual way says it.
        return undefined;
      }
    },
  };
}

function swapped(networks: EngineStats['networks']): NonNullable<EngineStats['networks']> {
  const entries = Object.entries(networks ?? {});
  return Object.fromEntries(
    entries.map(([name, { rx_bytes: sent = 0, tx_bytes: received = 0 }]) => [
      name,
      { rx_bytes: received, tx_bytes: sent },
    ]),
  );
}

// Docker answers with nothing but zeros for one that does not run, other versions of Podman with a conflict.
function saysNotRunning(error: unknown): boolean {
  return statusOf(error) === 404 || statusOf(error) === 409;
}

export function toStats(found: EngineStats, machineBytes: number): ContainerStats {
  const networks = Object.values(found.networks ?? {});
  const limit = found.memory_stats?.limit ?? 0;
  return {
    at: Date.parse(found.read ?? ''),
    cpuSeconds: (found.cpu_stats?.cpu_usage?.total_usage ?? 0) / 1e9,
    memoryBytes: toMemory(found.memory_stats),
    // Without a limit the engines name all the memory that there is.
    memoryLimitBytes: limit >= machineBytes ? 0 : limit,
    networkReceivedBytes: sum(networks.map((one) => one.rx_bytes)),
    networkSentBytes: sum(networks.map((one) => one.tx_bytes)),
    diskReadBytes: toDiskBytes(found, 'read'),
    diskWrittenBytes: toDiskBytes(found, 'write'),
    processes: found.pids_stats?.current ?? 0,
  };
}

// As `docker stats` counts it: files that the kernel keeps in memory and has not needed lately are not the program's.
function toMemory(memory: EngineStats['memory_stats']): number {
  const usage = memory?.usage ?? 0;
  // The first is the kernel's older way of control groups.
  const cache = memory?.stats?.['total_inactive_file'] ?? memory?.stats?.['inactive_file'] ?? 0;
  return cache < usage ? usage - cache : usage;
}

function toDiskBytes(found: EngineStats, operation: 'read' | 'write'): number {
  const entries = found.blkio_stats?.io_service_bytes_recursive ?? [];
  return sum(entries.filter((entry) => entry.op?.toLowerCase() === operation).map((entry) => entry.value));
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
