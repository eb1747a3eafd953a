// The smallest and the largest window, and text twice as large: nothing runs out of the page sideways.
import { expect, test } from 'vitest';
import { pages as allPages, type Page as PageName } from '../../electron/contract/contract.ts';
import { useBrowser } from './support/browser.ts';
import { expectToFit, setTextSize, small } from './support/looks.ts';
import { type ScenarioName, scenarios } from './support/scenarios.ts';

const open = useBrowser();
const pages: readonly PageName[] = ['services', 'logs', 'settings'];
const names: readonly ScenarioName[] = ['working', 'failed', 'engineUnavailable', 'stubs', 'many', 'hostile'];

const cases: readonly (readonly [ScenarioName, PageName])[] = [
  ...names.flatMap((name) => pages.map((page) => [name, page] as const)),
  // None of the contract's list is left out.
  ...allPages.map((page) => ['ready', page] as const),
];

test.each(cases)('%s, %s', async (name, pageName) => {
  const { page } = await open(scenarios[name], { page: pageName, viewport: small, reducedMotion: 'reduce' });
  await page.locator('h1').waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('.loading').count()).toBe(0);
  await expectToFit(page, { name: `${pageName}-${name}` });
});

test('the log lines keep room of their own in the smallest window with large text', async () => {
  const { page } = await open(scenarios.ready, { page: 'logs', viewport: small });
  await setTextSize(page, '200%');
  await page.locator('.log-text').first().waitFor();
  const box = await page.getByRole('log').boundingBox();
  expect(box?.height).toBeGreaterThan(150);
});

test.each(['ready', 'working'] as const)('all tabs are in sight in a window of the usual size, %s', async (name) => {
  for (const pageName of pages) {
    const { page } = await open(scenarios[name], { page: pageName, viewport: { width: 1080, height: 760 } });
    const tabs = page.getByRole('navigation', { name: 'Pages' });
    await expect.poll(() => tabs.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  }
});
