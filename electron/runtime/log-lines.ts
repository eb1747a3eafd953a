// Log lines of services: the last few as evidence, or a followed stream that survives restarts.
import { findContainer } from '../core/conflicts.ts';
import type { EnginePort, LogLine } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { createOverlap } from './log-overlap.ts';
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

// Batches of all services as they arrive. A slow reader makes each engine stream wait.
export async function* serviceLogs(world: World, query: ServiceLogQuery): AsyncGenerator<readonly LogLine[]> {
  const sources = query.services.map((service) => oneService(world, service, query));
  const arrived: Arrival[] = [];
  let wake: () => void = () => undefined;
  // One batch of each source at most is held: it is asked for the next when the reader has taken this one.
  const ask = (source: Source): void => {
    const arrive = (arrival: Arrival): void => {
      arrived.push(arrival);
      wake();
    };
    source.next().then(
      (result) => arrive({ source, result }),
      (error: unknown) => arrive({ source, error }),
    );
  };
  let open = sources.length;
  try {
    sources.forEach(ask);
    while (open > 0) {
      const arrival = arrived.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('error' in arrival) throw arrival.error;
      if (arrival.result.done === true) {
        open -= 1;
        continue;
      }
      yield arrival.result.value;
      ask(arrival.source);
    }
  } finally {
    // A source that waits for the engine ends by the query's signal, which the reader owns.
    for (const source of sources) void source.return(undefined).catch(() => undefined);
  }
}

type Source = AsyncGenerator<readonly LogLine[]>;
type Arrival =
  | { readonly source: Source; readonly result: IteratorResult<readonly LogLine[]> }
  | { readonly source: Source; readonly error: unknown };

async function* oneService(world: World, service: string, query: ServiceLogQuery): Source {
  let tail = query.tail;
  const overlap = createOverlap();
  for (;;) {
    const container = world.observed === undefined ? undefined : findContainer(world.observed, service);
    const { engine } = world;
    if (container !== undefined && engine !== undefined) {
      const since = overlap.since();
      const batches = engine.logs({
        service,
        containerId: container.id,
        follow: query.follow,
        signal: query.signal,
        ...(tail === undefined ? {} : { tail }),
        ...(since === undefined ? {} : { since }),
      });
      for await (const batch of batches) {
        const fresh = overlap.take(batch);
        if (fresh.length > 0) yield fresh;
      }
    }
    if (!query.follow || query.signal.aborted) return;
    overlap.readAgain();
    // Lines of the next run are all wanted, however many.
    tail = undefined;
    await nextRun(world, service, { engine, startedAt: container?.startedAt }, query.signal);
    if (query.signal.aborted) return;
  }
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
