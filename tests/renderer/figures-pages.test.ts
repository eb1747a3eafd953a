// The Figures page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { type FiguresScenarioName, figuresScenarios } from './support/figures-scenarios.ts';
import { sticksOut } from './support/sticks-out.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;
const names = Object.keys(figuresScenarios) as FiguresScenarioName[];
// High enough for all of it: what is out of sight is not drawn.
const high = { width: 1280, height: 2300 };
const small = { width: 640, height: 480 };
const large = { width: 3840, height: 2160 };

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

async function openFigures(name: FiguresScenarioName, options: Parameters<typeof open>[1]): Promise<Page> {
  const scenario = figuresScenarios[name];
  const { page } = await open(scenario, { page: 'figures', reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: 'Figures', level: 1 }).waitFor();
  const last: unknown = scenario.figures.samples.at(-1)?.services;
  const hasFigures = typeof last === 'object' && last !== null && Object.keys(last).length > 0;
  if (hasFigures) await page.locator('.figures-service .chart-line[d^=M]').first().waitFor({ state: 'attached' });
  return page;
}

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  test.each(names)('%s', async (name) => {
    const page = await openFigures(name, { ...looks[look], ...(name === 'many' ? {} : { viewport: high }) });
    await page.screenshot({ path: join(screenshots, `figures-${name}-${look}.png`), fullPage: name !== 'many' });
    // Hundreds of rows differ from a few in nothing but the time this takes.
    if (name !== 'many') expect(await seriousFindings(page)).toEqual([]);
    else expect(await page.locator('.figures-service').count()).toBe(200);
  });

  test.each(['ready', 'hostile'] as const)('%s, as a table', async (name) => {
    const page = await openFigures(name, looks[look]);
    await page.getByRole('switch', { name: 'Show as a table' }).click();
    await page.getByRole('table', { name: 'What each service uses now' }).waitFor();
    await page.screenshot({ path: join(screenshots, `figures-${name}-table-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openFigures(name, { viewport: small });
  const picture = (look: string) => {
    const isWhole = look !== '4k' && name !== 'many';
    return page.screenshot({ path: join(screenshots, `figures-${name}-${look}.png`), fullPage: isWhole });
  };
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
