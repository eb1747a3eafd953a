// What the shippers send, how far, and when they wait. What Loki makes of it is tested on Loki.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from './harness.ts';
import {
  type CountingEngine,
  numbered,
  ship,
  type Ships,
  startedEngine,
  taken,
  writeNumbers,
} from './log-shipper-world.ts';

let folder: string;
let ends: (() => Promise<void>)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-shipper-'));
});
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  ends = [];
  rmSync(folder, { recursive: true });
});

function begin(engine: CountingEngine): Ships {
  const ships = ship(engine, folder);
  ends.push(ships.stop);
  return ships;
}

describe('shippers', () => {
  it('send what was written before and what comes, of every container, with its output', async () => {
    const engine = await startedEngine();
    writeNumbers(engine, 0, 3);
    const ships = begin(engine);
    await until(() => ships.lines.length === 3, 'the first lines');
    engine.write('macula-shop', 'oops', 'stderr');
    await until(() => ships.lines.length === 4, 'the line of the shop');
    expect(ships.lines).toEqual([...numbered(0, 3), 'macula-shop stderr oops']);
    await until(() => ships.sent === 4, 'they are counted');
  });

  it('go on where they left, in another process', async () => {
    const engine = await startedEngine();
    writeNumbers(engine, 0, 1000);
    const first = begin(engine);
    await until(() => first.lines.length === 1000, 'the first thousand');
    await first.stop();
    writeNumbers(engine, 1000, 1500);
    const second = begin(engine);
    await until(() => second.lines.length >= 500, 'the rest');
    writeNumbers(engine, 1500, 1501);
    await until(() => second.lines.includes('macula-store stdout 1500'), 'one more');
    expect([...first.lines, ...second.lines]).toEqual(numbered(0, 1501));
  });

  it('send nothing that they have not acknowledged a second time, and all of it, when Loki comes back', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    ships.answer = () => ({ status: 0, text: 'connect ECONNREFUSED' });
    writeNumbers(engine, 0, 20_000);
    await until(() => ships.problems.length >= 3, 'several tries');
    expect(ships.problems[0]).toContain('ECONNREFUSED');
    // No more is read than fits into what is being sent.
    const read = engine.batches;
    await until(() => ships.problems.length >= 6, 'more tries');
    expect(engine.batches).toBe(read);
    expect(ships.sent).toBe(0);
    ships.answer = () => taken;
    await until(() => ships.lines.length >= 20_000, 'all lines');
    expect(ships.lines).toEqual(numbered(0, 20_000));
  });

  it('do not even try while Loki is known not to be ready', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    ships.isLokiReady = false;
    ships.answer = () => {
      ships.problems.push('asked');
      return taken;
    };
    writeNumbers(engine, 0, 2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(ships.problems).toEqual([]);
    ships.isLokiReady = true;
    ships.change();
    await until(() => ships.lines.length === 2, 'both lines');
  });

  it('count what Loki refuses, and go on', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    ships.answer = () => ({ status: 400, text: '1 errors like: max entry size exceeded' });
    writeNumbers(engine, 0, 2);
    await until(() => ships.refused.length === 1, 'it was refused');
    ships.answer = () => taken;
    writeNumbers(engine, 2, 3);
    await until(() => ships.lines.length === 1, 'the next line');
    expect(ships.refused).toEqual(['1 1 errors like: max entry size exceeded']);
    expect(ships.sent).toBe(2);
  });

  it('try again what was too much at once', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    ships.answer = () => ({ status: 429, text: 'Ingestion rate limit exceeded' });
    writeNumbers(engine, 0, 2);
    await until(() => ships.problems.length === 1, 'it was too much');
    ships.answer = () => taken;
    await until(() => ships.lines.length === 2, 'both lines');
    expect(ships.refused).toEqual([]);
  });

  it('send the last words of a container that ended, and what it says when it runs again', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    await until(() => engine.reading.length === 2, 'both are read');
    engine.write('macula-store', 'dying', 'stderr');
    engine.exit('macula-store', 1);
    ships.change();
    await until(() => ships.lines.length === 1, 'its last words');
    await until(() => engine.reading.length === 1, 'it is read to its end');
    await engine.startContainer('macula-store');
    ships.change();
    engine.write('macula-store', 'again');
    await until(() => ships.lines.length >= 2, 'the second run');
    expect(ships.lines).toEqual(['macula-store stderr dying', 'macula-store stdout again']);
  });

  it('read each container once, however often something changes', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    let most = 0;
    for (let turn = 0; turn < 30; turn += 1) {
      ships.isWanted = turn % 3 !== 1;
      ships.change();
      writeNumbers(engine, turn, turn + 1);
      await new Promise((resolve) => setTimeout(resolve, turn % 4));
      const own = engine.reading.filter((id) => id === engine.container('macula-store').id);
      most = Math.max(most, own.length);
    }
    await until(() => new Set(ships.lines).size === 30, 'all lines');
    expect(most).toBe(1);
    expect(new Set(ships.lines)).toEqual(new Set(numbered(0, 30)));
  });

  it('end when they are not wanted any more', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    await until(() => engine.reading.length === 2, 'both are read');
    ships.isWanted = false;
    ships.change();
    await until(() => engine.reading.length === 0, 'none is read');
    engine.write('macula-store', 'unheard');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ships.lines).toEqual([]);
  });

  it('find their place again when the engine was away', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    writeNumbers(engine, 0, 10);
    await until(() => ships.lines.length === 10, 'the first lines');
    engine.lose();
    ships.isConnected = false;
    ships.change();
    await until(() => engine.reading.length === 0, 'none is read');
    writeNumbers(engine, 10, 20);
    engine.restore();
    ships.isConnected = true;
    ships.change();
    await until(() => ships.lines.length >= 20, 'what was written meanwhile');
    expect(ships.lines).toEqual(numbered(0, 20));
  });

  it('say of which container the log cannot be read, and read the others', async () => {
    const engine = await startedEngine();
    engine.refusesToRead = engine.container('macula-shop').id;
    writeNumbers(engine, 0, 1);
    const ships = begin(engine);
    await until(() => ships.lines.length === 1, 'the line of the store');
    await until(() => ships.problems.length > 0, 'the problem of the shop');
    expect(ships.problems[0]).toMatch(/^The log of macula-shop cannot be read: .*no such driver/);
  });

  it('forget a container that was removed', async () => {
    const engine = await startedEngine();
    const ships = begin(engine);
    await until(() => engine.reading.length === 2, 'both are read');
    await engine.removeContainer(engine.container('macula-store').id);
    ships.change();
    await until(() => engine.reading.length === 1, 'one is read');
    await ships.stop();
    expect(engine.reading).toEqual([]);
  });
});
