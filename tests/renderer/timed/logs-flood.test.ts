// The Logs page under as many lines as a container can write. The figures depend on what else this machine does; what is
// asserted has wide slack, what was measured is printed.
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { flood, type Flood } from '../support/log-flood.ts';
import { lastShown, onlyGrafana } from '../support/log-page.ts';

const open = useBrowser();
const empty = { ...onlyGrafana, lines: [] };

// Seconds of the page's main thread: told by the processor, not by the clock.
async function mainThread(page: Page): Promise<{ session: CDPSession; seconds: () => Promise<number> }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const seconds = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (
      metrics.find(({ name }) => name === 'ThreadTime')?.value ??
      metrics.find(({ name }) => name === 'TaskDuration')?.value ??
      0
    );
  };
  return { session, seconds };
}

async function openFlooded() {
  const opened = await open(empty, { page: 'logs', isOwn: true });
  await expect.poll(() => opened.page.evaluate(() => window.mock.openSessions().length)).toBe(1);
  return opened;
}

function tell(what: string, { lines, seconds, frames, longestFrame, mostMemory }: Flood, used?: number): void {
  const rest =
    used === undefined
      ? ''
      : `; of ${used.toFixed(1)} s of processor ${Math.round(lines / used).toLocaleString('en')} lines and ${(frames / used).toFixed(0)} frames a second`;
  const rate = Math.round(lines / seconds).toLocaleString('en');
  console.log(
    `${what}: ${lines} lines in ${seconds.toFixed(1)} s, ${rate} lines/s, ${(frames / seconds).toFixed(0)} frames/s, ` +
      `longest frame ${longestFrame.toFixed(0)} ms, memory ${(mostMemory / 1e6).toFixed(0)} MB${rest}`,
  );
}

// What is kept, by its numbers.
async function keptNumbers(page: Page): Promise<readonly number[]> {
  await page.getByRole('button', { name: 'Copy all' }).click();
  const text = await page.evaluate(() => {
    const last = window.mock.sent.at(-1);
    return last?.name === 'clipboard:write' ? last.input.text : '';
  });
  return text.split('\n').map((line) => Number(/request (\d+)/.exec(line)?.[1]));
}

async function expectInOrder(page: Page, total: number): Promise<void> {
  await expect.poll(() => lastShown(page), { timeout: 20_000 }).toContain(`request ${total - 1}`);
  const numbers = await keptNumbers(page);
  expect(numbers.length).toBe(Math.min(total, 50_000));
  expect(numbers[0]).toBe(total - numbers.length);
  expect(numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)).toBe(true);
}

describe('a flood of lines', () => {
  test('arrives in order, with none lost, and the page goes on drawing', async () => {
    const { page } = await openFlooded();
    const { seconds } = await mainThread(page);
    const before = await seconds();
    const result = await flood(page, { lines: 300_000, rate: 110_000 });
    const used = (await seconds()) - before;
    tell('at 110,000 lines/s', result, used);
    await expectInOrder(page, 300_000);
    expect(await page.locator('.log-status').textContent()).toContain('250,000 older ones let go');
    expect(result.mostMemory).toBeLessThan(250e6);
    // What makes the lines runs in the page too, and takes a third of its time.
    expect(result.lines / used).toBeGreaterThan(40_000);
    expect(result.frames / used).toBeGreaterThan(30);
    // Only where the page had a processor for itself do frames a second say anything of the page.
    if (used / result.seconds > 0.6) expect(result.frames / result.seconds).toBeGreaterThan(15);
  }, 180_000);

  test('is filtered and searched as it comes', async () => {
    const { page } = await openFlooded();
    await page.getByLabel('Search in the lines').fill('request 1\\d*7"');
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await page.getByRole('button', { name: 'Only matching lines' }).click();
    await page.getByRole('button', { name: /^Debug/ }).click();
    const { seconds } = await mainThread(page);
    const before = await seconds();
    const result = await flood(page, { lines: 150_000, rate: 110_000 });
    const used = (await seconds()) - before;
    tell('with a search', result, used);
    // Of the last 50,000, that are 100000 to 149999, those that end in 7.
    await expect
      .poll(() => page.locator('.log-status').textContent(), { timeout: 20_000 })
      .toContain('5,000 of 50,000 lines');
    expect(await lastShown(page)).toContain('request 149997');
    expect(result.lines / used).toBeGreaterThan(30_000);
  }, 180_000);

  test('loses nothing while the page is blocked for ten seconds', async () => {
    const { page } = await openFlooded();
    const result = await flood(page, { lines: 60_000, rate: 0, blockedFor: 10_000 });
    tell('blocked for 10 s', result);
    expect(result.longestFrame).toBeGreaterThan(9000);
    await expectInOrder(page, 60_000);
    expect(await page.locator('.log-status').textContent()).toContain('10,000 older ones let go');
  }, 180_000);

  test('is searched in a tenth of a second once it is here', async () => {
    const { page } = await openFlooded();
    await flood(page, { lines: 50_000, rate: 0 });
    await expectInOrder(page, 50_000);
    const { seconds } = await mainThread(page);
    const figures: string[] = [];
    await page.getByRole('button', { name: 'Regular expression' }).click();
    for (const [words, count] of [
      ['request 49999', '1 match'],
      ['ms=12$', '50,000 matches'],
      ['REQUEST \\d*7"', '5,000 matches'],
      ['(e+)+x|(.*)*y', 'No matches'],
    ] as const) {
      const before = await seconds();
      const took = await page.evaluate(
        ({ pattern, expected }) => {
          const field = document.querySelector<HTMLInputElement>('.log-search-field input');
          const told = document.querySelector('.log-search-count');
          if (field === null || told === null) throw new Error('There is no search');
          const begin = performance.now();
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, pattern);
          field.dispatchEvent(new Event('input', { bubbles: true }));
          return new Promise<number>((resolve, reject) => {
            const look = (): void => {
              if (told.textContent === expected) resolve(performance.now() - begin);
              else if (performance.now() - begin > 20_000) reject(new Error(`says ${told.textContent}`));
              else requestAnimationFrame(look);
            };
            look();
          });
        },
        { pattern: words, expected: count },
      );
      figures.push(
        `${words}: ${took.toFixed(0)} ms (${(((await seconds()) - before) * 1000).toFixed(0)} ms of processor)`,
      );
      expect(took).toBeLessThan(2000);
    }
    console.log(`search in 50,000 lines: ${figures.join('; ')}`);
  }, 180_000);
});
