// The figures of all running containers, a few at a time: a big stack must not crowd the engine.
import type { ContainerStats, EnginePort } from '../../core/engine-port.ts';
import { FailureError } from '../../core/failure.ts';
import type { ContainerFigures } from '../../core/telemetry/container-metrics.ts';
import type { FeedSource } from '../../core/telemetry/feed-sources.ts';
import type { Clock } from '../runtime-parts.ts';

export interface StatsRound {
  // In the order in which they were asked for, whoever answered first.
  readonly figures: readonly ContainerFigures[];
  // Names of containers that run, but whose figures the engine did not tell.
  readonly missing: readonly string[];
}

const atOnce = 4;
const patientAtOnce = 16;
const longestMilliseconds = 10_000;

export async function statsOf(engine: EnginePort, sources: readonly FeedSource[], clock: Clock): Promise<StatsRound> {
  const found = new Map<FeedSource, ContainerStats>();
  const missing: string[] = [];
  const waiting = [...sources];
  async function work(): Promise<void> {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      const stats = await statsWithin(engine, source, clock);
      if (stats === 'missing') missing.push(source.containerName);
      else if (stats !== undefined) found.set(source, stats);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return { figures: inOrder(sources, found), missing };
}

function inOrder(
  sources: readonly FeedSource[],
  found: ReadonlyMap<FeedSource, ContainerStats>,
): readonly ContainerFigures[] {
  return sources.flatMap((source) => {
    const stats = found.get(source);
    return stats === undefined ? [] : [{ service: source.service, containerName: source.containerName, stats }];
  });
}

// For an app that nobody looks at. What cannot be had so is asked for in the usual way.
export async function patientStatsOf(
  engine: EnginePort,
  sources: readonly FeedSource[],
  clock: Clock,
): Promise<StatsRound> {
  const some = sources.slice(0, patientAtOnce);
  // Many more would wait for each other: the round must not outlast its time.
  const others = sources.slice(patientAtOnce);
  const found = new Map<FeedSource, ContainerStats>();
  const told = await Promise.all(some.map(({ id }) => engine.patientStats(id).catch(() => undefined)));
  some.forEach((source, index) => {
    const stats = told[index];
    if (stats === undefined) others.push(source);
    else found.set(source, stats);
  });
  const figures = inOrder(some, found);
  if (others.length === 0) return { figures, missing: [] };
  const rest = await statsOf(engine, others, clock);
  return { figures: [...figures, ...rest.figures], missing: rest.missing };
}

async function statsWithin(engine: EnginePort, source: FeedSource, clock: Clock) {
  let cancel: () => void = () => undefined;
  const late = new Promise<'missing'>((resolve) => {
    cancel = clock.after(longestMilliseconds, () => resolve('missing'));
  });
  const asked = engine.containerStats(source.id).catch((error: unknown) => {
    if (error instanceof FailureError) return 'missing' as const;
    throw error;
  });
  // Whoever comes second is nobody's any more.
  asked.catch(() => undefined);
  try {
    return await Promise.race([asked, late]);
  } finally {
    cancel();
  }
}
