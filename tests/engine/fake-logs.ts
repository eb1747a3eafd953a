// The log of a fake container, as the engine's would be read.
import type { LogLine, LogQuery } from '../../electron/core/engine-port.ts';
import { untilWoken } from './fake-processes.ts';
import type { FakeContainer } from './fake-world.ts';

export async function* readFakeLog(
  container: FakeContainer,
  query: LogQuery,
  isLost: () => boolean,
): AsyncIterable<readonly LogLine[]> {
  const since = query.since ?? 0;
  const first = Math.max(0, query.tail === undefined ? 0 : container.log.length - query.tail);
  const found = container.log.findIndex((line, index) => index >= first && Date.parse(line.timestamp) / 1000 >= since);
  let at = found < 0 ? container.log.length : found;
  while (!query.signal.aborted && !isLost()) {
    const batch = container.log.slice(at, at + 100).map((line) => ({ ...line, service: query.service }));
    at += batch.length;
    if (batch.length > 0) yield batch;
    else if (!query.follow || container.removed || container.phase !== 'running') return;
    else await untilWoken(container, query.signal);
  }
}
