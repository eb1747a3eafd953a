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
  const begin = container.log.findIndex((line, index) => index >= first && Date.parse(line.timestamp) / 1000 >= since);
  let at = begin < 0 ? container.log.length : begin;
  while (!query.signal.aborted && !isLost()) {
    const found = container.log.slice(at, at + 100);
    at += found.length;
    const batch = found
      .filter((line) => Date.parse(line.timestamp) / 1000 <= (query.until ?? Infinity))
      .map((line) => ({ ...line, service: query.service }));
    if (batch.length > 0) yield batch;
    else if (found.length > 0) continue;
    else if (!query.follow || container.removed || container.phase !== 'running') return;
    else await untilWoken(container, query.signal);
  }
}
