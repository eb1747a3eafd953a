// The merge on sources that say when they are asked, and give lines when the test lets them.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import { type LogSource, mergeByTime } from '../../../electron/runtime/log-merge.ts';

const line = (service: string, nanoseconds: number, text = `${service} ${nanoseconds}`): LogLine => ({
  service,
  stream: 'stdout',
  timestamp: `2026-10-05T12:34:56.${String(nanoseconds).padStart(9, '0')}Z`,
  text,
});

async function* giving(batches: readonly (readonly LogLine[])[]): LogSource {
  for (const batch of batches) yield await Promise.resolve(batch);
}

// Gives what it is told, when it is told.
function told() {
  const waiting: ((batch: readonly LogLine[] | undefined) => void)[] = [];
  const counts = { asked: 0, isEnded: false };
  async function* source(): LogSource {
    try {
      for (;;) {
        counts.asked += 1;
        const batch = await new Promise<readonly LogLine[] | undefined>((resolve) => waiting.push(resolve));
        if (batch === undefined) return;
        yield batch;
      }
    } finally {
      counts.isEnded = true;
    }
  }
  return { counts, source: source(), give: (batch: readonly LogLine[] | undefined) => waiting.shift()?.(batch) };
}

async function all(source: LogSource): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const batch of source) texts.push(...batch.map(({ text }) => text));
  return texts;
}

// Repeatable.
function randoms(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('mergeByTime', () => {
  it('puts lines of several sources in order of time, however they are cut into batches', async () => {
    const random = randoms(7);
    for (let round = 0; round < 20; round += 1) {
      const lines = Array.from({ length: 500 }, (_, index) => line(String(Math.floor(random() * 7)), index));
      const sources = ['0', '1', '2', '3', '4', '5', '6'].map((service) => {
        const own = lines.filter((candidate) => candidate.service === service);
        const batches: LogLine[][] = [];
        while (own.length > 0) batches.push(own.splice(0, 1 + Math.floor(random() * 20)));
        return giving(batches);
      });
      expect(await all(mergeByTime(sources, undefined))).toEqual(lines.map(({ text }) => text));
    }
  });

  it('never changes the order within a source', async () => {
    const odd = [line('a', 5), line('a', 3), { ...line('a', 0, 'without'), timestamp: '' }, line('a', 9)];
    const merged = await all(
      mergeByTime([giving([odd.slice(0, 3), odd.slice(3)]), giving([[line('b', 4)]])], undefined),
    );
    expect(merged.filter((text) => text !== 'b 4')).toEqual(['a 5', 'a 3', 'without', 'a 9']);
    expect(merged.indexOf('b 4')).toBe(0);
  });

  it('gives lines of the same moment in the order of the sources', async () => {
    const sources = ['a', 'b', 'c'].map((service) => giving([[line(service, 1)]]));
    expect(await all(mergeByTime(sources, undefined))).toEqual(['a 1', 'b 1', 'c 1']);
  });

  it('waits for every source where they end by themselves', async () => {
    const late = told();
    const merged = all(mergeByTime([giving([[line('a', 2)]]), late.source], undefined));
    await new Promise((resolve) => setTimeout(resolve, 100));
    late.give([line('b', 1)]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    late.give(undefined);
    expect(await merged).toEqual(['b 1', 'a 2']);
  });

  it('is held up by a silent source for its patience only, and takes it in when it speaks', async () => {
    const [silent, talking] = [told(), told()];
    const merged = mergeByTime([silent.source, talking.source], { first: 20, next: 20 });
    const first = merged.next();
    talking.give([line('b', 2)]);
    expect((await first).value).toEqual([line('b', 2)]);
    const second = merged.next();
    silent.give([line('a', 1)]);
    expect((await second).value).toEqual([line('a', 1)]);
  });

  it('does not let a source that seldom speaks slow down a flood', async () => {
    const seldom = told();
    async function* flood(): LogSource {
      for (let at = 0; at < 3000; at += 1) yield [line('b', at)];
    }
    const began = performance.now();
    const pulse = setInterval(() => seldom.give([line('a', 1)]), 10);
    const merged = mergeByTime([seldom.source, flood()], { first: 10, next: 10_000 });
    let count = 0;
    for await (const batch of merged) {
      count += batch.filter(({ service }) => service === 'b').length;
      if (count === 3000) break;
    }
    clearInterval(pulse);
    // Had it waited for the other, it would have been for ten seconds.
    expect(performance.now() - began).toBeLessThan(8000);
  });

  it('holds one batch of each source and no more', async () => {
    const [one, other] = [told(), told()];
    const merged = mergeByTime([one.source, other.source], undefined);
    const first = merged.next();
    one.give([line('a', 1)]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([one.counts.asked, other.counts.asked]).toEqual([1, 1]);
    other.give([line('b', 2)]);
    expect((await first).value).toEqual([line('a', 1)]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([one.counts.asked, other.counts.asked]).toEqual([2, 1]);
  });

  it('fails with the first source that does', async () => {
    // oxlint-disable-next-line require-yield -- it fails before its first line
    async function* failing(): LogSource {
      throw new Error('no such log');
    }
    await expect(all(mergeByTime([told().source, failing()], undefined))).rejects.toThrow('no such log');
  });

  it('ends at once with no sources', async () => {
    expect(await all(mergeByTime([], undefined))).toEqual([]);
  });
});
