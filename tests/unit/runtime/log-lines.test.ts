// What the runtime makes of the logs of the fake engine: several services, a span of time.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import type { ServiceLogQuery } from '../../../electron/runtime/runtime-api.ts';
import { createHarness, type Harness } from './harness.ts';

const begin = Date.parse('2026-10-05T12:00:00.000Z');

async function startedHarness(): Promise<Harness> {
  const harness = createHarness();
  await harness.runtime.connect({ watch: true });
  await harness.runtime.run({ kind: 'up' });
  return harness;
}

// Lines of two services in turns, a second apart.
function writeInTurns({ engine }: Harness, count: number): void {
  for (const name of ['macula-store', 'macula-shop']) engine.container(name).log.length = 0;
  for (let at = 0; at < count; at += 1) {
    const name = at % 2 === 0 ? 'macula-store' : 'macula-shop';
    const timestamp = `${new Date(begin + at * 1000).toISOString().slice(0, -1)}000000Z`;
    engine.container(name).log.push({ service: '', stream: 'stdout', timestamp, text: String(at) });
  }
}

async function read({ runtime }: Harness, query: Partial<ServiceLogQuery>): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  const all = { services: ['store', 'shop'], follow: false, signal: new AbortController().signal, ...query };
  for await (const batch of runtime.logs(all)) lines.push(...batch);
  return lines;
}

const texts = (lines: readonly LogLine[]): readonly number[] => lines.map(({ text }) => Number(text));

describe('the logs of several services', () => {
  it('come in order of time', async () => {
    const harness = await startedHarness();
    writeInTurns(harness, 1000);
    const lines = await read(harness, {});
    expect(texts(lines)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(new Set(lines.map(({ service }) => service))).toEqual(new Set(['store', 'shop']));
    harness.runtime.close();
  });

  it('come of a span of time, both ends with it, and end by themselves even where they are followed', async () => {
    const harness = await startedHarness();
    writeInTurns(harness, 100);
    const span = { from: begin + 10_000, to: begin + 13_000 };
    expect(texts(await read(harness, span))).toEqual([10, 11, 12, 13]);
    expect(texts(await read(harness, { ...span, follow: true }))).toEqual([10, 11, 12, 13]);
    expect(texts(await read(harness, { from: begin + 98_000 }))).toEqual([98, 99]);
    harness.runtime.close();
  });

  it('count the last lines within the span', async () => {
    const harness = await startedHarness();
    writeInTurns(harness, 100);
    expect(texts(await read(harness, { to: begin + 50_000, tail: 2 }))).toEqual([47, 48, 49, 50]);
    expect(await read(harness, { to: begin + 50_000, tail: 0 })).toEqual([]);
    harness.runtime.close();
  });

  it('stop reading the engine when the reader has left', async () => {
    const harness = await startedHarness();
    writeInTurns(harness, 10);
    let aborted = 0;
    const { engine } = harness;
    const logs = engine.logs.bind(engine);
    engine.logs = (query) => {
      query.signal.addEventListener('abort', () => (aborted += 1));
      return logs(query);
    };
    const query = { services: ['store', 'shop'], follow: true, signal: new AbortController().signal };
    for await (const batch of harness.runtime.logs(query)) if (batch.length > 0) break;
    expect(aborted).toBe(2);
    harness.runtime.close();
  });
});
