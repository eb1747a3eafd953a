// From a real container through engine, runtime and session to lines as the page has them: in order, and none lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { composeRuntime, connectSystemEngine } from '../../electron/compose.ts';
import type { LogBatch } from '../../electron/contract/contract.ts';
import { findContainer } from '../../electron/core/conflicts.ts';
import type { EnginePort, LogLine } from '../../electron/core/engine-port.ts';
import { labels } from '../../electron/core/identity.ts';
import { unpackLines } from '../../electron/core/log-pack.ts';
import { serviceLogs } from '../../electron/runtime/log-lines.ts';
import type { World } from '../../electron/runtime/world.ts';
import type { Runtime } from '../../electron/runtime/runtime-api.ts';
import { createLogSessions, type LogPage, type LogQuery, type LogSessions } from '../../electron/shell/log-sessions.ts';
import { stackContainers, askEngine } from '../e2e/engine-api.ts';
import { countingScript, numberOf, prepareWriters, removeWriters, startLogWriter } from '../support/log-writers.ts';

let missing: string | undefined = 'it was not looked for';
let runtime: Runtime;
let folder: string;
let engine: EnginePort;

beforeAll(async () => {
  missing = await prepareWriters();
  if (missing === undefined) engine = (await connectSystemEngine('auto')).engine;
  folder = mkdtempSync(join(tmpdir(), 'macula-log-flood-'));
});

afterEach(async () => {
  runtime?.close();
  for (const { Id } of await stackContainers()) await askEngine('DELETE', `/containers/${Id}?force=1&v=1`);
});

afterAll(async () => {
  engine?.close();
  if (missing === undefined) await removeWriters();
  rmSync(folder, { recursive: true, force: true });
});

async function connected(context: TestContext): Promise<Runtime> {
  context.skip(missing !== undefined, missing);
  runtime = composeRuntime({ settingsDirectory: folder, log: () => undefined });
  await runtime.connect({ watch: true });
  return runtime;
}

interface Reading {
  readonly page: LogPage;
  readonly sessions: LogSessions;
  // Resolves once `take` has said that it is enough.
  readonly done: Promise<void>;
}

// A page that answers each batch once its lines are taken, and when `answersAfter` resolves.
function read(
  query: LogQuery,
  take: (lines: readonly LogLine[], batch: LogBatch) => boolean,
  answersAfter: Promise<void> = Promise.resolve(),
): Reading {
  const sessions = createLogSessions(
    (asked) => runtime.logs(asked),
    () => undefined,
  );
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const page: LogPage = {
    id: 1,
    send(batch) {
      if (take(unpackLines(batch.lines), batch) || batch.ended) {
        sessions.closePage(1);
        finish();
      } else {
        void answersAfter.then(() => setImmediate(() => sessions.acknowledge(page, batch.session, batch.batch)));
      }
    },
  };
  sessions.open(page, query);
  return { page, sessions, done };
}

// Takes lines numbered from 1 on, and counts those that are not the next.
function numbers(total: number) {
  const counts = { lines: 0, wrong: 0 };
  const take = (lines: readonly LogLine[]): boolean => {
    for (const { text } of lines) {
      counts.lines += 1;
      if (numberOf(text) !== counts.lines) counts.wrong += 1;
    }
    return counts.lines >= total;
  };
  return { counts, take };
}

const everything = 200_000;
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
// Of this process to the engine, and whatever else it has; only their number before and after counts.
const openSockets = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;

describe('a flood of lines', () => {
  test('of one container arrives in order, none lost, while it is written', async (context) => {
    await connected(context);
    const total = 200_000;
    await startLogWriter('loki', countingScript(total));
    await runtime.refresh();
    const began = performance.now();
    const { counts, take } = numbers(total);
    await read({ services: ['loki'], tail: everything }, take).done;
    expect(counts).toEqual({ lines: total, wrong: 0 });
    // How fast it is, the benchmark tells; this only fails where something waits between batches.
    expect(total / ((performance.now() - began) / 1000)).toBeGreaterThan(2000);
  });

  test('waits for a page that does not answer for ten seconds: none lost, little held', async (context) => {
    await connected(context);
    const total = 150_000;
    await startLogWriter('loki', countingScript(total, 1000));
    await runtime.refresh();
    const { counts, take } = numbers(total);
    const before = process.memoryUsage.rss();
    let most = before;
    const looking = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100);
    const { done } = read({ services: ['loki'], tail: everything }, take, pause(10_000));
    await pause(9000);
    const whileSilent = counts.lines;
    const grown = (process.memoryUsage.rss() - before) / 1024 / 1024;
    await done;
    clearInterval(looking);
    expect(whileSilent).toBeLessThanOrEqual(8000);
    expect(whileSilent).toBeGreaterThan(0);
    expect(counts).toEqual({ lines: total, wrong: 0 });
    // All of it would be 150 MiB and more.
    expect(grown).toBeLessThan(100);
  });

  test('of anything but text comes through without harm to the lines after it', async (context) => {
    await connected(context);
    const box = '/bin/busybox';
    const script = [
      `${box} head -c 1000000 /dev/zero | ${box} tr '\\0' x; echo`,
      `${box} head -c 3000000 /dev/zero | ${box} tr '\\0' y; echo`,
      `${box} head -c 300000 /bin/busybox; echo`,
      `printf '\\377\\376 broken \\303\\050 text \\360\\237\\220\n'`,
      `${box} yes "$(printf '\\033[31m\\033[2J\\033]0;title\\007\\033[999C')" | ${box} head -n 5000`,
      `${box} yes "$(printf 'busy\\rbusy\\r')" | ${box} head -n 5000`,
      `${box} head -c 200000 /dev/zero | ${box} tr '\\0' '\\r'; echo`,
      `${box} yes '' | ${box} head -n 5000`,
      `${box} seq -s ' end\n' 1 1000`,
    ].join('\n');
    await startLogWriter('loki', script);
    await runtime.refresh();
    const lines: LogLine[] = [];
    let largest = 0;
    await read({ services: ['loki'], tail: everything }, (taken, batch) => {
      // What a page counts as lines is what was counted here.
      if (taken.length !== batch.lines.count) lines.length = 0;
      largest = Math.max(largest, batch.lines.text.length);
      lines.push(...taken);
      return taken.at(-1)?.text === '1000';
    }).done;
    const numbered = lines.slice(-1000).map(({ text }) => numberOf(text));
    expect(numbered).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(lines[0]?.text).toBe('x'.repeat(1_000_000));
    const ys = lines.filter(({ text }) => text.startsWith('yyy')).map(({ text }) => text.length);
    expect(ys.reduce((sum, length) => sum + length, 0)).toBe(3_000_000);
    expect(lines.some(({ text }) => text.includes('\ufffd broken'))).toBe(true);
    expect(lines.filter(({ text }) => text.startsWith('\u001b[31m\u001b[2J'))).toHaveLength(5000);
    expect(lines.filter(({ text }) => text === 'busy\rbusy')).toHaveLength(5000);
    expect(lines.filter(({ text }) => text === '').length).toBeGreaterThanOrEqual(5000);
    expect(largest).toBeLessThan(2 * 1024 * 1024);
  });

  test('is no business of the engine once nobody looks', async (context) => {
    await connected(context);
    await startLogWriter('loki', `while :; do echo line; ${'/bin/busybox sleep 0.1'}; done`);
    await startLogWriter('tempo', `while :; do echo line; ${'/bin/busybox sleep 0.1'}; done`);
    await runtime.refresh();
    await pause(500);
    const before = openSockets();
    let count = 0;
    const { page, sessions } = read({ services: ['loki', 'tempo'], tail: 10 }, (lines) => {
      count += lines.length;
      return false;
    });
    await expect.poll(() => count, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(openSockets()).toBeGreaterThanOrEqual(before + 2);
    sessions.closePage(page.id);
    await expect.poll(openSockets, { timeout: 20_000 }).toBeLessThanOrEqual(before);
    const after = count;
    await pause(1000);
    expect(count).toBe(after);
  });

  test('of 200 logs at once is merged by time', async (context) => {
    await connected(context);
    const each = 200;
    const names = ['loki', 'tempo', 'grafana', 'prometheus', 'alloy'];
    for (const name of names) await startLogWriter(name, countingScript(each));
    await runtime.refresh();
    const before = openSockets();
    let most = 0;
    const query = { follow: true, signal: new AbortController().signal };
    const { world, services } = worldOf200(names);
    const counts = new Map<string, number>();
    let wrong = 0;
    let late = 0;
    let newest = '';
    const began = performance.now();
    let firstAt = 0;
    let total = 0;
    for await (const lines of serviceLogs(world, { ...query, services })) {
      firstAt ||= performance.now() - began;
      most = Math.max(most, openSockets());
      for (const { service, text, timestamp } of lines) {
        const count = (counts.get(service) ?? 0) + 1;
        counts.set(service, count);
        if (numberOf(text) !== count) wrong += 1;
        if (timestamp < newest) late += 1;
        newest = timestamp;
      }
      total += lines.length;
      if (total === services.length * each) break;
    }
    process.stderr.write(
      `200 logs: first line after ${Math.round(firstAt)} ms, all ${total} after ${Math.round(performance.now() - began)} ms, ${most - before} connections, ${late} lines late\n`,
    );
    expect({ wrong, services: counts.size, total }).toEqual({ wrong: 0, services: 200, total: 200 * each });
    expect(most - before).toBeLessThanOrEqual(200);
    await expect.poll(openSockets, { timeout: 20_000 }).toBeLessThanOrEqual(before);
  });
});

// Stands in for a stack of 200 services: each is one of a few real containers.
function worldOf200(names: readonly string[]): { readonly world: World; readonly services: readonly string[] } {
  const observed = runtime.observed();
  if (observed === undefined) throw new Error('nothing was observed');
  const services = Array.from({ length: 200 }, (_, index) => `service-${index}`);
  const containers = services.map((service, index) => {
    const real = findContainer(observed, names[index % names.length] ?? '');
    if (real === undefined) throw new Error('a container is missing');
    return { ...real, labels: { ...real.labels, [labels.service]: service } };
  });
  const stand = { observed: { ...observed, containers }, engine, store: { subscribe: () => () => undefined } };
  return { world: stand as unknown as World, services };
}
