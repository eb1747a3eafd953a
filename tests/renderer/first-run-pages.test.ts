// The first steps in every state and look: they are drawn, axe finds nothing serious, and nothing runs out of the window.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { beginnings, firstRunScenarios, type FirstRunScenarioName } from './support/first-run-scenarios.ts';
import { sticksOut } from './support/sticks-out.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;
const names = Object.keys(firstRunScenarios) as FirstRunScenarioName[];
const small = { width: 640, height: 480 };
const large = { width: 3840, height: 2160 };
// Shown once the app has answered.
const answers: Readonly<Partial<Record<FirstRunScenarioName, string>>> = {
  noEngine: '4 other places were tried',
  missing: 'At most 263 MB',
  pulling: 'Downloading images',
  stubs: 'only a stub is here',
  names: 'dnsmasq',
  namesUp: 'Every name leads where it should',
  started: 'These pages are yours',
};

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

async function openSteps(name: FirstRunScenarioName, options: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(firstRunScenarios[name], { reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: beginnings[name], level: 1 }).waitFor();
  const answer = answers[name];
  if (answer !== undefined) await page.getByText(answer).first().waitFor();
  return page;
}

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  test.each(names)('%s', async (name) => {
    const page = await openSteps(name, looks[look]);
    await page.screenshot({ path: join(screenshots, `first-run-${name}-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('an engine that is there, and another one to choose', async () => {
    const page = await openSteps('missing', looks[look]);
    await page.getByRole('button', { name: 'Container engine done' }).click();
    await page.getByText('Podman Engine 5.4.2').waitFor();
    await page.screenshot({ path: join(screenshots, `first-run-engine-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openSteps(name, { viewport: small });
  const picture = (look: string) =>
    page.screenshot({ path: join(screenshots, `first-run-${name}-${look}.png`), fullPage: true });
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
