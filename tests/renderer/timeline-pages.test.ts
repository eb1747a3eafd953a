// The Timeline page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { sticksOut } from './support/sticks-out.ts';
import { type TimelineScenarioName, timelineScenarios } from './support/timeline-scenarios.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;
const names = Object.keys(timelineScenarios) as TimelineScenarioName[];
const small = { width: 640, height: 480 };
const large = { width: 3840, height: 2160 };

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  // axe looks at each of thousands of elements.
  test.each(names)('%s', { timeout: 240_000 }, async (name) => {
    const { page } = await open(timelineScenarios[name], { page: 'timeline', reducedMotion: 'reduce', ...looks[look] });
    await page.getByRole('heading', { name: 'Changes of the last day' }).waitFor();
    const path = join(screenshots, `timeline-${name}-${look}.png`);
    await page.screenshot({ path, fullPage: name !== 'many' });
    // Hundreds of rows differ from a few in nothing but the time this takes.
    if (name !== 'many' || look === 'light') expect(await seriousFindings(page)).toEqual([]);
    else expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });
});

test.each(names)('%s, in the smallest and the largest window, and with text twice as large', async (name) => {
  const options = { page: 'timeline', viewport: small, reducedMotion: 'reduce' } as const;
  const { page } = await open(timelineScenarios[name], options);
  await page.getByRole('heading', { name: 'Changes of the last day' }).waitFor();
  const picture = (look: string) =>
    page.screenshot({ path: join(screenshots, `timeline-${name}-${look}.png`), fullPage: name !== 'many' });
  await picture('small');
  expect(await sticksOut(page)).toEqual([]);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await picture('small-large-text');
  expect(await sticksOut(page)).toEqual([]);
  await page.setViewportSize(large);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await picture('4k');
  expect(await sticksOut(page)).toEqual([]);
});
