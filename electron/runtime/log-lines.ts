// Log lines of services: the last few as evidence, or a followed stream that survives restarts.
import { findContainer } from '../core/conflicts.ts';
import type { EnginePort, LogLine } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { type LogSource, mergeByTime } from './log-merge.ts';
import { createOverlap } from './log-overlap.ts';
import { createSpanCut } from './log-span.ts';
import type { ServiceLogQuery } from './runtime-api.ts';
import type { World } from './world.ts';

const evidenceLines = 8;

export async function lastLines(engine: EnginePort, service: string, containerId: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const { signal } = new AbortController();
  try {
    for await (const batch of engine.logs({ service, containerId, follow: false, tail: evidenceLines, signal })) {
      lines.push(...batch.map((line) => line.text));
    }
  } catch (error) {
    // The evidence is an extra: what it is evidence for is told without it too.
    if (!(error instanceof FailureError)) throw error;
  }
  return lines.slice(-evidenceLines);
}

// For one that follows, the oldest of what is there may come late; what is asked for a span ends, and is waited for.
const patience = { first: 250, next: 50 };
// The engine opens many logs one after the other.
const patiencePerService = 5;

// Lines of all services in order of time. A slow reader makes each engine stream wait.
export async function* serviceLogs(world: World, query: ServiceLogQuery): AsyncGenerator<readonly LogLine[]> {
  const left = new AbortController();
  const ending = { ...query, signal: AbortSignal.any([query.signal, left.signal]) };
  const sources = query.services.map((service) => oneService(world, service, ending));
  const [only] = sources;
  try {
    if (only !== undefined && sources.length === 1) {
      yield* only;
    } else {
      const first = patience.first + patiencePerService * sources.length;
      yield* mergeByTime(sources, isFollowed(query) ? { ...patience, first } : undefined);
    }
  } finally {
    // The reader may have left before the end.
    left.abort();
    for (const source of sources) void source.return(undefined).catch(() => undefined);
  }
}

// What has an end in time is not followed beyond it.
function isFollowed({ follow, to }: ServiceLogQuery): boolean {
  return follow && to === undefined;
}

async function* oneService(world: World, service: string, query: ServiceLogQuery): LogSource {
  const cut = createSpanCut(query);
  const { tail, to } = query;
  if (tail === undefined || to === undefined) {
    for await (const batch of allRuns(world, service, query, tail)) {
      const inside = cut(batch);
      if (inside.length > 0) yield inside;
    }
    return;
  }
  // The engine counts from the end of all there is, so these are counted here.
  let last: readonly LogLine[] = [];
  for await (const batch of allRuns(world, service, query, undefined)) {
    const lines = [...last, ...cut(batch)];
    last = lines.slice(Math.max(0, lines.length - tail));
  }
  if (last.length > 0) yield last;
}

async function* allRuns(world: World, service: string, query: ServiceLogQuery, lines: number | undefined): LogSource {
  let tail = lines;
  const follow = isFollowed(query);
  const overlap = createOverlap();
  for (;;) {
    const container = world.observed === undefined ? undefined : findContainer(world.observed, service);
    const { engine } = world;
    if (container !== undefined && engine !== undefined) {
      const since = overlap.since() ?? inSeconds(query.from);
      const until = inSeconds(query.to);
      const batches = engine.logs({
        service,
        containerId: container.id,
        follow,
        signal: query.signal,
        ...(tail === undefined ? {} : { tail }),
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
      });
      for await (const batch of batches) {
        const fresh = overlap.take(batch);
        if (fresh.length > 0) yield fresh;
      }
    }
    if (!follow || query.signal.aborted) return;
    overlap.readAgain();
    // Lines of the next run are all wanted, however many.
    tail = undefined;
    await nextRun(world, service, { engine, startedAt: container?.startedAt }, query.signal);
    if (query.signal.aborted) return;
  }
}

function inSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

interface ReadRun {
  readonly engine: EnginePort | undefined;
  readonly startedAt: number | undefined;
}

// Resolves when the service's container runs again after the run that was read, or is reached by another connection.
function nextRun(world: World, service: string, read: ReadRun, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      const container = world.observed === undefined ? undefined : findContainer(world.observed, service);
      const isNew =
        container?.startedAt !== read.startedAt || (world.engine !== read.engine && world.engine !== undefined);
      const isNewRun = container?.phase === 'running' && isNew;
      if (isNewRun || signal.aborted) finish();
    };
    const finish = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const unsubscribe = world.store.subscribe(check);
    signal.addEventListener('abort', finish, { once: true });
    check();
  });
}
