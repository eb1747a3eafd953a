// A flood from a real container in the real window: nothing is lost, whatever the page is busy with.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  beginWriting,
  countingScript,
  prepareWriters,
  removeWriters,
  startLogWriter,
  waiting,
} from '../support/log-writers.ts';
import { type LogWindow, openLogWindow } from './log-window.ts';

const total = 200_000;
let missing: string | undefined = 'it was not looked for';
let container: string;
let logs: LogWindow;

beforeAll(async () => {
  missing = await prepareWriters();
  if (missing !== undefined) return;
  container = await startLogWriter('loki', waiting(countingScript(total, 500)));
  logs = await openLogWindow('Loki');
});

afterAll(async () => {
  await logs?.stop();
  if (missing === undefined) await removeWriters();
});

describe('a flood in the window', () => {
  test('waits while the page is busy for ten seconds, and arrives whole and in order', async (context) => {
    context.skip(missing !== undefined, missing);
    const before = await logs.memory('main');
    await logs.startCounting();
    await beginWriting(container);
    await expect.poll(async () => (await logs.counted()).lines, { timeout: 60_000 }).toBeGreaterThan(0);
    let most = 0;
    let isBusy = true;
    const busy = logs.page
      .evaluate(() => {
        const end = performance.now() + 10_000;
        while (performance.now() < end);
        return window.counts.lines;
      })
      .finally(() => (isBusy = false));
    while (isBusy) {
      most = Math.max(most, await logs.memory('main'));
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(await busy).toBeLessThan(total);
    await expect.poll(async () => (await logs.counted()).lines, { timeout: 150_000, interval: 500 }).toBe(total);
    expect((await logs.counted()).wrong).toBe(0);
    // All of it would be 100 MB and more.
    expect(most - before).toBeLessThan(80);
    await logs.page
      .getByRole('log')
      .getByText(new RegExp(`^${total}\\b|\\b${total}$`))
      .first()
      .waitFor({ timeout: 20_000 });
  });
});
