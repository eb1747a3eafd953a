// The Logs page in every state that it tells apart: drawn, nothing refused by the policy, nothing serious for axe.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { failedAt, type LogScenarioName, logScenarios } from './support/log-scenarios.ts';
import { sticksOut } from './support/sticks-out.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;

interface State {
  readonly name: string;
  readonly scenario: LogScenarioName;
  // What somebody does.
  readonly act: (page: Page) => Promise<void>;
}

const search = (words: string) => async (page: Page) => {
  await page.getByLabel('Search in the lines').fill(words);
  await page.locator('.log-text mark').first().waitFor();
};

const states: readonly State[] = [
  { name: 'fields', scenario: 'structured', act: async () => {} },
  { name: 'raw', scenario: 'structured', act: (page) => page.getByRole('button', { name: 'Fields' }).click() },
  { name: 'colours', scenario: 'coloured', act: async () => {} },
  { name: 'wrapped', scenario: 'long', act: (page) => page.getByRole('button', { name: 'Wrap' }).click() },
  { name: 'bombs', scenario: 'bombs', act: (page) => page.getByRole('button', { name: 'Wrap' }).click() },
  {
    name: 'searched',
    scenario: 'structured',
    async act(page) {
      await search('ms')(page);
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'filtered',
    scenario: 'structured',
    async act(page) {
      for (const level of ['Info', 'Debug', 'No level']) {
        await page.getByRole('group', { name: 'Levels' }).getByRole('button', { name: level }).click();
      }
      await page.getByText(/^\d+ of \d+ lines$/).waitFor();
    },
  },
  {
    name: 'trouble',
    scenario: 'structured',
    async act(page) {
      await page.getByRole('button', { name: 'Regular expression' }).click();
      await page.getByLabel('Search in the lines').fill('status=(200');
      await page.getByText('At character 8').waitFor();
    },
  },
  {
    name: 'moment',
    scenario: 'failing',
    async act(page) {
      const at = failedAt;
      await page.evaluate((moment) => window.mock.emit('navigate', { page: 'logs', service: 'loki', at: moment }), at);
      await page.locator('.log-divider').waitFor();
    },
  },
  {
    name: 'detail',
    scenario: 'structured',
    async act(page) {
      await page.getByRole('listbox').focus();
      for (const key of ['End', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Shift+ArrowUp', 'ArrowUp', 'Enter']) {
        await page.keyboard.press(key);
      }
      await page.getByRole('region', { name: 'Line', exact: true }).waitFor();
    },
  },
];

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  test.each(states)('$name', async ({ name, scenario, act }) => {
    const { page } = await open(logScenarios[scenario], { page: 'logs', ...looks[look], reducedMotion: 'reduce' });
    await page.locator('.log-text').first().waitFor();
    await act(page);
    await page.screenshot({ path: join(screenshots, `logs-${name}-${look}.png`) });
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test.each(states)(
  '$name in the smallest window, with large text and in the largest',
  async ({ name, scenario, act }) => {
    const { page } = await open(logScenarios[scenario], {
      page: 'logs',
      viewport: { width: 640, height: 480 },
      reducedMotion: 'reduce',
    });
    await page.locator('.log-text').first().waitFor();
    await act(page);
    const picture = (look: string) => page.screenshot({ path: join(screenshots, `logs-${name}-${look}.png`) });
    await picture('small');
    expect(await sticksOut(page)).toEqual([]);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await picture('small-large-text');
    expect(await sticksOut(page)).toEqual([]);
    await page.setViewportSize({ width: 3840, height: 2160 });
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
    await picture('4k');
    expect(await sticksOut(page)).toEqual([]);
  },
);
