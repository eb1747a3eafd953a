// Programs that the fake engine runs: in a container of their own, or in one that runs already.
import type { ContainerStats, ProgramResult, ProgramRun, VolumeUser } from '../../electron/core/engine-port.ts';
import { labels as labelNames } from '../../electron/core/identity.ts';
import type { FakeProcesses } from './fake-processes.ts';
import { failed, newId } from './fake-resources.ts';
import { sleep } from './fake-script.ts';
import { type FakeContainer, type FakeWorld, newContainer } from './fake-world.ts';

const mostBytes = 64 * 1024;

// What such a program says. One that never ends is a promise that is never kept.
export type Answer<T> = T | Promise<T>;

export const silence: ProgramResult = { exitCode: 0, output: '' };

export async function runInOwnContainer(
  world: FakeWorld,
  processes: FakeProcesses,
  run: ProgramRun,
  answer: () => Answer<ProgramResult>,
  signal: AbortSignal,
): Promise<ProgramResult> {
  const operation = `run the program of ${run.service}`;
  if (!world.images.some((image) => image.id === run.imageId)) throw failed(operation, `No such image: ${run.imageId}`);
  const container = checkContainer(run);
  for (const { name } of run.volumes ?? []) {
    if (!world.volumes.has(name)) world.volumes.set(name, { name, labels: {} });
  }
  world.containers.set(container.id, container);
  processes.emit('container', 'create', container);
  container.phase = 'running';
  processes.emit('container', 'start', container);
  const over = new AbortController();
  const limit = sleep(run.seconds * 1000, AbortSignal.any([signal, over.signal])).then(() => {
    throw failed(operation, `It had not ended after ${run.seconds} seconds.`);
  });
  try {
    const result = await Promise.race([limit, answer()]);
    processes.end(container, result.exitCode);
    return { ...result, output: Buffer.from(result.output).subarray(-mostBytes).toString() };
  } finally {
    over.abort();
    await limit.catch(() => undefined);
    if (container.phase === 'running') processes.end(container, 137);
    container.removed = true;
    world.containers.delete(container.id);
    processes.emit('container', 'destroy', container);
  }
}

function checkContainer(run: ProgramRun): FakeContainer {
  const id = newId();
  const container = newContainer(
    id,
    {
      service: run.service,
      name: `macula-check-${run.service}-${id.slice(0, 8)}`,
      image: { repository: 'none', tag: 'none', digest: 'none' },
      command: [...run.entrypoint, ...run.command],
      environment: {},
      address: '',
      aliases: [],
      publishes: [],
      volumes: (run.volumes ?? []).map(({ name, path }) => ({ name, path })),
      files: run.files,
      liveFiles: [],
      stopSeconds: 0,
      configHash: '',
    },
    { labels: { [labelNames.check]: run.service, ...volumesLabel(run) }, imageId: run.imageId, networkName: 'none' },
  );
  for (const file of run.files) container.files.set(file.path, file);
  return container;
}

function volumesLabel({ volumes = [] }: ProgramRun) {
  return volumes.length === 0 ? {} : { [labelNames.checkVolumes]: volumes.map(({ name }) => name).join(' ') };
}

export function usersOf(world: FakeWorld, name: string): readonly VolumeUser[] {
  return [...world.containers.values()]
    .filter(({ desired }) => desired.volumes.some((use) => use.name === name))
    .map(({ id, desired, labels, phase }) => ({ id, name: desired.name, labels, isRunning: phase === 'running' }));
}

export function statsOf(world: FakeWorld, container: FakeContainer, now: number): ContainerStats | undefined {
  if (container.phase !== 'running') return undefined;
  return {
    at: now,
    // A hundredth of a processor since its start.
    cpuSeconds: Math.max(0, now - (container.startedAt ?? now)) / 100_000,
    memoryBytes: 20_000_000,
    memoryLimitBytes: 0,
    networkReceivedBytes: 0,
    networkSentBytes: 0,
    diskReadBytes: 0,
    diskWrittenBytes: 0,
    processes: 1,
    ...world.stats.get(container.desired.name),
  };
}

export function sizesOf(world: FakeWorld, names: readonly string[]): Readonly<Record<string, number>> {
  const there = names.filter((name) => world.volumes.has(name));
  return Object.fromEntries(
    there.flatMap((name) => {
      const size = world.volumeSizes.has(name) ? world.volumeSizes.get(name) : 0;
      return size === undefined ? [] : [[name, size]];
    }),
  );
}
