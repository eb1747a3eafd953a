// The figures of all running containers, a few at a time: a big stack must not crowd the engine.
import type { EnginePort } from '../../core/engine-port.ts';
import { FailureError } from '../../core/failure.ts';
import type { ContainerFigures } from '../../core/telemetry/container-metrics.ts';
import type { FeedSource } from '../../core/telemetry/feed-sources.ts';
import type { Clock } from '../runtime-api.ts';

export interface StatsRound {
  readonly figures: readonly ContainerFigures[];
  // Names of containers that run, but whose figures the engine did not tell.
  readonly missing: readonly string[];
}

const atOnce = 4;
const longestMilliseconds = 10_000;

export async function statsOf(engine: EnginePort, sources: readonly FeedSource[], clock: Clock): Promise<StatsRound> {
  const figures: ContainerFigures[] = [];
  const missing: string[] = [];
  const waiting = [...sources];
  async function work(): Promise<void> {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      const { service, containerName } = source;
      const stats = await statsWithin(engine, source, clock);
      if (stats === 'missing') missing.push(containerName);
      else if (stats !== undefined) figures.push({ service, containerName, stats });
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return { figures, missing };
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
