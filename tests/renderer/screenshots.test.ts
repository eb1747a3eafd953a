// A picture of every page in light and dark, the same each time: for people to look at and for the documentation.
// With MACULA_KEEP_SCREENSHOTS=1 those that changed go to docs/screenshots.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { pages, type Page as PageName } from '../../electron/contract/contract.ts';
import type { Scenario } from './mock-bridge.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { differingPixels } from './support/differing-pixels.ts';

const folder = join(outputFolder, 'screenshots/docs');
const kept = join(import.meta.dirname, '../../docs/screenshots');
const isKeeping = process.env['MACULA_KEEP_SCREENSHOTS'] === '1';
// A Tuesday afternoon.
const moment = Date.UTC(2026, 2, 17, 14, 3, 20);
// Of a million: the browser does not draw each rounded corner the same way twice.
const chance = 60;

const open = useBrowser();
let scenario: Scenario;

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  // The scenarios take the time when they are made.
  vi.useFakeTimers({ toFake: ['Date'], now: moment });
  const { scenarios } = await import('./support/scenarios.ts');
  vi.useRealTimers();
  scenario = scenarios.ready;
});

type Look = 'light' | 'dark';

async function show(name: PageName, colorScheme: Look): Promise<{ page: Page; picture: Buffer }> {
  const { page } = await open(scenario, {
    ...{ page: name, at: moment, timezoneId: 'UTC', colorScheme, reducedMotion: 'reduce' },
  });
  await page.locator('h1').waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('.loading').count()).toBe(0);
  const arrives = { services: '.tail-text', logs: '.log-text' }[name as string];
  if (arrives !== undefined) await page.locator(arrives).last().waitFor();
  // A picture is of nobody's focus.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  return { page, picture: await settled(page) };
}

// Lines and figures come as events, one service after the other: what is the same twice is complete.
async function settled(page: Page): Promise<Buffer> {
  const take = () => page.screenshot({ animations: 'disabled' });
  let last = await take();
  for (let turn = 0; turn < 20; turn += 1) {
    await page.waitForTimeout(400);
    const next = await take();
    if (next.equals(last)) return next;
    last = next;
  }
  throw new Error('The page never stands still');
}

async function keep(page: Page, name: string, picture: Buffer): Promise<void> {
  await writeFile(join(folder, name), picture);
  if (!isKeeping) return;
  const before = await readFile(join(kept, name)).catch(() => undefined);
  const hasChanged = before === undefined || (await differingPixels(page, before, picture)) > chance;
  if (hasChanged) await writeFile(join(kept, name), picture);
}

test.each(pages)('%s', async (name) => {
  const light = await show(name, 'light');
  await keep(light.page, `${name}-light.png`, light.picture);
  const dark = await show(name, 'dark');
  await keep(dark.page, `${name}-dark.png`, dark.picture);
  // As wide and tall as the documentation has room for: both are in the header of a PNG.
  expect([light.picture.readUInt32BE(16), light.picture.readUInt32BE(20)]).toEqual([1280, 860]);
  // Something is drawn, in other colours.
  expect(await differingPixels(dark.page, light.picture, dark.picture)).toBeGreaterThan(500_000);
  const again = await show(name, 'light');
  expect(await differingPixels(again.page, light.picture, again.picture)).toBeLessThanOrEqual(chance);
});
