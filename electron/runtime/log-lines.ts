// Log lines of services: the last few as evidence, or a followed stream that survives restarts.
import { findContainer } from '../core/conflicts.ts';
import type { EnginePort, LogLine } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
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

export interface ServiceLogQuery {
  readonly services: readonly string[];
  readonly follow: boolean;
  readonly tail?: number;
  readonly signal: AbortSignal;
}

// Batches of all services as they arrive. A slow reader makes each engine stream wait.
export async function* serviceLogs(world: World, query: ServiceLogQuery): AsyncGenerator<readonly LogLine[]> {
  const sources = new Map(query.services.map((service) => [service, oneService(world, service, query)]));
  const pending = new Map<
    string,
    Promise<{ readonly service: string; readonly result: IteratorResult<readonly LogLine[]> }>
  >();
  const ask = (service: string, source: AsyncGenerator<readonly LogLine[]>) =>
    pending.set(
      service,
      source.next().then((result) => ({ service, result })),
    );
  try {
    for (const [service, source] of sources) ask(service, source);
    while (pending.size > 0) {
      const { service, result } = await Promise.race(pending.values());
      pending.delete(service);
      const source = sources.get(service);
      if (result.done === true || source === undefined) continue;
      yield result.value;
      ask(service, source);
    }
  } finally {
    // A source that waits for the engine ends by the query's signal, which the reader owns.
    for (const source of sources.values()) void source.return(undefined).catch(() => undefined);
  }
}

async function* oneService(world: World, service: string, query: ServiceLogQuery): AsyncGenerator<readonly LogLine[]> {
  let tail = query.tail;
  let last = '';
  for (;;) {
    const container = world.observed === undefined ? undefined : findContainer(world.observed, service);
    const { engine } = world;
    if (container !== undefined && engine !== undefined) {
      const since = last === '' ? undefined : Math.floor(Date.parse(last) / 1000);
      const batches = engine.logs({
        service,
        containerId: container.id,
        follow: query.follow,
        signal: query.signal,
        ...(tail === undefined ? {} : { tail }),
        ...(since === undefined ? {} : { since }),
      });
      for await (const batch of batches) {
        const fresh = last === '' ? batch : batch.filter((line) => line.timestamp > last);
        const newest = fresh.at(-1);
        if (newest === undefined) continue;
        yield fresh;
        last = newest.timestamp;
      }
    }
    if (!query.follow || query.signal.aborted) return;
    // Lines of the next run are all wanted, however many.
    tail = undefined;
    await nextRun(world, service, container?.startedAt, query.signal);
    if (query.signal.aborted) return;
  }
}

// Resolves when the service's container runs again after the run that was read.
function nextRun(world: World, service: string, startedAt: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      const container = world.observed === undefined ? undefined : findContainer(world.observed, service);
      const isNewRun = container?.phase === 'running' && container.startedAt !== startedAt;
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
