// The Logs page in every state that it tells apart: drawn, nothing refused by the policy, nothing serious for axe.
import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { failedAt, type LogScenarioName, logScenarios } from './support/log-scenarios.ts';
import { expectSoundInEachLook, expectToFit, small } from './support/looks.ts';

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

async function openLogs({ scenario, act }: State, options?: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(logScenarios[scenario], { page: 'logs', reducedMotion: 'reduce', ...options });
  await page.locator('.log-text').first().waitFor();
  await act(page);
  return page;
}

test.each(states)('$name in each look', async (state) => {
  const page = await openLogs(state);
  await expectSoundInEachLook(page, { name: `logs-${state.name}` });
});

test.each(states)('$name in the smallest window, with large text and in the largest', async (state) => {
  const page = await openLogs(state, { viewport: small });
  await expectToFit(page, { name: `logs-${state.name}` });
});
