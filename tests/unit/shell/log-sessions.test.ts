import { describe, expect, it } from 'vitest';
import type { LogBatch } from '../../../electron/contract/contract.ts';
import type { LogLine } from '../../../electron/core/engine-port.ts';
import { FailureError } from '../../../electron/core/failure.ts';
import { unpackLines } from '../../../electron/core/log-pack.ts';
import { createLogSessions, type LogPage } from '../../../electron/shell/log-sessions.ts';

const query = { services: ['loki'], tail: 10 };

function lines(count: number, from = 0): readonly LogLine[] {
  return Array.from({ length: count }, (_, index) => ({
    service: 'loki',
    stream: 'stdout',
    timestamp: '',
    text: `line ${from + index}`,
  }));
}

function createPage(id = 1): { id: number; readonly batches: LogBatch[]; send: LogPage['send'] } {
  const batches: LogBatch[] = [];
  return { id, batches, send: (batch) => void batches.push(batch) };
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const pastFrame = () => new Promise((resolve) => setTimeout(resolve, 40));

// Gives full batches for ever and counts how many were asked for.
function endless() {
  const asked = { batches: 0, isEnded: false };
  async function* read({ signal }: { readonly signal: AbortSignal }): AsyncGenerator<readonly LogLine[]> {
    try {
      while (!signal.aborted) {
        asked.batches += 1;
        yield lines(1000, asked.batches * 1000);
      }
    } finally {
      asked.isEnded = true;
    }
  }
  return { asked, read };
}

describe('log sessions', () => {
  it('send nothing before the page knows the number', async () => {
    const page = createPage();
    const sessions = createLogSessions(endless().read, () => undefined);
    const number = sessions.open(page, query);
    await Promise.resolve();
    expect(page.batches).toEqual([]);
    await settle();
    expect(page.batches[0]).toMatchObject({ session: number, batch: 1, ended: false });
  });

  it('read no further than the page has answered', async () => {
    const page = createPage();
    const { asked, read } = endless();
    const sessions = createLogSessions(read, () => undefined);
    const number = sessions.open(page, query);
    await settle();
    expect(page.batches.length).toBe(8);
    // One more is in hand.
    expect(asked.batches).toBe(9);
    sessions.acknowledge(page, number, 3);
    await settle();
    expect(page.batches.length).toBe(11);
    sessions.acknowledge(page, number, 11);
    await settle();
    expect(page.batches.length).toBe(19);
    expect(page.batches.map((batch) => batch.batch)).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
  });

  it('believe no answer to what was not sent, nor one that goes back', async () => {
    const page = createPage();
    const sessions = createLogSessions(endless().read, () => undefined);
    const number = sessions.open(page, query);
    await settle();
    sessions.acknowledge(page, number, 9);
    sessions.acknowledge(page, number, 4);
    sessions.acknowledge(page, number, 2);
    await settle();
    expect(page.batches.length).toBe(12);
  });

  it('send a single line at once, and gather those that come before the page has answered', async () => {
    const page = createPage();
    let give: (batch: readonly LogLine[]) => void = () => undefined;
    const sessions = createLogSessions(
      async function* () {
        for (;;) yield await new Promise<readonly LogLine[]>((resolve) => (give = resolve));
      },
      () => undefined,
    );
    const number = sessions.open(page, query);
    const counts = () => page.batches.map((batch) => batch.lines.count);
    await settle();
    for (let turn = 0; turn < 5; turn += 1) {
      give(lines(1, turn));
      await settle();
    }
    expect(counts()).toEqual([1]);
    await pastFrame();
    sessions.acknowledge(page, number, 1);
    expect(counts()).toEqual([1, 4]);
    sessions.acknowledge(page, number, 2);
    await pastFrame();
    give(lines(1, 5));
    await settle();
    expect(counts()).toEqual([1, 4, 1]);
    expect(page.batches.flatMap((batch) => unpackLines(batch.lines).map((line) => line.text))).toEqual(
      lines(6).map((line) => line.text),
    );
  });

  it('send small batches once a frame at most, and full ones at once', async () => {
    const page = createPage();
    let give: (batch: readonly LogLine[]) => void = () => undefined;
    const sessions = createLogSessions(
      async function* () {
        for (;;) yield await new Promise<readonly LogLine[]>((resolve) => (give = resolve));
      },
      () => undefined,
    );
    // Answers at once.
    const send = page.send.bind(page);
    page.send = (batch) => {
      send(batch);
      queueMicrotask(() => sessions.acknowledge(page, batch.session, batch.batch));
    };
    sessions.open(page, query);
    await settle();
    const began = performance.now();
    let given = 0;
    while (performance.now() - began < 200) {
      give(lines(1, given));
      given += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // One a frame, and one for each thousand lines, which is a full batch.
    const most = Math.ceil((performance.now() - began) / 16) + Math.floor(given / 1000) + 1;
    await pastFrame();
    expect(page.batches.length).toBeGreaterThan(1);
    expect(page.batches.length).toBeLessThanOrEqual(most + 1);
    give(lines(2000, given));
    await settle();
    expect(page.batches.flatMap((batch) => unpackLines(batch.lines).map((line) => line.text)).slice(0, given)).toEqual(
      lines(given).map((line) => line.text),
    );
    expect(page.batches.at(-1)?.lines.count).toBe(1000);
    sessions.closePage(1);
  });

  it('cut what is too large for one message and lose nothing', async () => {
    const page = createPage();
    const sessions = createLogSessions(
      async function* () {
        yield lines(2500);
      },
      () => undefined,
    );
    sessions.open(page, query);
    await settle();
    expect(page.batches.map((batch) => [batch.lines.count, batch.ended])).toEqual([
      [1000, false],
      [1000, false],
      [500, false],
      [0, true],
    ]);
    expect(page.batches.flatMap((batch) => unpackLines(batch.lines).map((line) => line.text))).toEqual(
      lines(2500).map((line) => line.text),
    );
  });

  it('keep a batch small where lines are long', async () => {
    const page = createPage();
    const long = lines(10).map((line) => ({ ...line, text: line.text.padEnd(200_000, '.') }));
    const huge = lines(3).map((line) => ({ ...line, text: line.text.padEnd(1_000_000, '.') }));
    const sessions = createLogSessions(
      async function* () {
        yield [...lines(10), ...long];
        yield huge;
      },
      () => undefined,
    );
    const number = sessions.open(page, query);
    await settle();
    sessions.acknowledge(page, number, page.batches.length);
    await settle();
    sessions.acknowledge(page, number, page.batches.length);
    await settle();
    expect(page.batches.flatMap((batch) => unpackLines(batch.lines).map((line) => line.text))).toEqual(
      [...lines(10), ...long, ...huge].map((line) => line.text),
    );
    const alone = page.batches.filter((batch) => batch.lines.text.length > 600_000);
    expect(alone.map((batch) => batch.lines.count)).toEqual([1, 1, 1]);
  });

  it('send what was gathered before they end, and nothing to a page that has closed them', async () => {
    const page = createPage();
    const read = async function* () {
      yield lines(1);
      yield lines(1, 1);
    };
    const sessions = createLogSessions(read, () => undefined);
    sessions.open(page, query);
    await settle();
    expect(page.batches.map((batch) => [batch.lines.count, batch.ended])).toEqual([
      [1, false],
      [1, false],
      [0, true],
    ]);
    const other = createPage(2);
    const waiting = createLogSessions(
      async function* ({ signal }) {
        yield* read();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      },
      () => undefined,
    );
    const number = waiting.open(other, query);
    await settle();
    waiting.close(other, number);
    await settle();
    expect(other.batches.map((batch) => [batch.lines.count, batch.ended])).toEqual([[1, false]]);
  });

  it('end with the page, even while it owes an answer', async () => {
    const page = createPage();
    const { asked, read } = endless();
    const sessions = createLogSessions(read, () => undefined);
    sessions.open(page, query);
    await settle();
    sessions.closePage(page.id);
    await settle();
    expect(asked.isEnded).toBe(true);
    expect(page.batches.every((batch) => !batch.ended)).toBe(true);
  });

  it('obey their own page only', async () => {
    const page = createPage(1);
    const other = createPage(2);
    const { asked, read } = endless();
    const sessions = createLogSessions(read, () => undefined);
    const number = sessions.open(page, query);
    await settle();
    sessions.acknowledge(other, number, 8);
    sessions.close(other, number);
    sessions.closePage(other.id);
    await settle();
    expect(page.batches.length).toBe(8);
    expect(asked.isEnded).toBe(false);
    sessions.close(page, number);
    await settle();
    expect(asked.isEnded).toBe(true);
  });

  it('tell in words why they ended early, and keep a fault to the log', async () => {
    const logged: string[] = [];
    const page = createPage();
    const failing = (error: Error) =>
      createLogSessions(
        // oxlint-disable-next-line require-yield -- it fails before its first line
        async function* () {
          throw error;
        },
        (line) => logged.push(line),
      );
    failing(new FailureError({ code: 'engine-lost', detail: 'It closed.' })).open(page, query);
    failing(new Error('inner detail')).open(page, query);
    await settle();
    expect(page.batches.map((batch) => batch.problem)).toEqual([
      'The container engine went away. It closed.',
      'The lines could not be read.',
    ]);
    expect(logged.join('\n')).toContain('inner detail');
  });

  it('of one page stay few', async () => {
    const page = createPage();
    const ended: number[] = [];
    let opened = 0;
    const sessions = createLogSessions(
      async function* ({ signal }) {
        opened += 1;
        const own = opened;
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        ended.push(own);
        yield [];
      },
      () => undefined,
    );
    for (let count = 0; count < 20; count += 1) {
      sessions.open(page, query);
      await settle();
    }
    expect(ended).toEqual([1, 2, 3, 4]);
  });
});
