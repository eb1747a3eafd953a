// The Figures page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { type FiguresScenarioName, figuresScenarios } from './support/figures-scenarios.ts';
import { expectSoundInEachLook, expectToFit, inEachLook, small, take } from './support/looks.ts';

const names = Object.keys(figuresScenarios) as FiguresScenarioName[];
// High enough for all of it: what is out of sight is not drawn.
const high = { width: 1280, height: 2300 };

const open = useBrowser();

async function openFigures(name: FiguresScenarioName, options?: Parameters<typeof open>[1]): Promise<Page> {
  const scenario = figuresScenarios[name];
  const { page } = await open(scenario, { page: 'figures', reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: 'Figures', level: 1 }).waitFor();
  const last: unknown = scenario.figures.samples.at(-1)?.services;
  const hasFigures = typeof last === 'object' && last !== null && Object.keys(last).length > 0;
  if (hasFigures) await page.locator('.figures-service .chart-line[d^=M]').first().waitFor({ state: 'attached' });
  return page;
}

describe('in each look', () => {
  test.each(names.filter((name) => name !== 'many'))('%s', async (name) => {
    const page = await openFigures(name, { viewport: high });
    await expectSoundInEachLook(page, { name: `figures-${name}`, isWhole: true });
  });

  // Hundreds of rows differ from a few in nothing but the time that axe takes.
  test('many', async () => {
    const page = await openFigures('many');
    await inEachLook(page, async (look) => {
      await take(page, { name: 'figures-many' }, look);
      expect(await page.locator('.figures-service').count()).toBe(200);
    });
  });

  test.each(['ready', 'hostile'] as const)('%s, as a table', async (name) => {
    const page = await openFigures(name);
    await page.getByRole('switch', { name: 'Show as a table' }).click();
    await page.getByRole('table', { name: 'What each service uses now' }).waitFor();
    await expectSoundInEachLook(page, { name: `figures-${name}-table`, isWhole: true });
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openFigures(name, { viewport: small });
  const picture = { name: `figures-${name}` };
  await expectToFit(page, { ...picture, isWhole: name !== 'many' }, picture);
});
