// Every page in every state: it is drawn, nothing is refused by the policy, and axe finds nothing serious.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { pages, type Page as PageName } from '../../electron/contract/contract.ts';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { type ScenarioName, scenarios } from './support/scenarios.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;
const listed: readonly PageName[] = ['services', 'logs', 'settings'];

const cases: readonly (readonly [PageName, ScenarioName])[] = [
  ...(Object.keys(scenarios) as ScenarioName[]).map((name) => ['services', name] as const),
  ['logs', 'ready'],
  ['logs', 'off'],
  ['logs', 'hostile'],
  ['logs', 'many'],
  ['settings', 'ready'],
  ['settings', 'stubs'],
  ['settings', 'engineUnavailable'],
  ['settings', 'many'],
  // The other pages' own states have tests of their own; none of the contract's list is left out here.
  ...pages.filter((page) => !listed.includes(page)).map((page) => [page, 'ready'] as const),
];

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  // More contrast is the same page with other colours: one state of each is enough.
  const shown = look === 'contrast' ? cases.filter(([, name]) => name === 'ready') : cases;
  test.each(shown)('%s, %s', async (pageName, scenarioName) => {
    const { page } = await open(scenarios[scenarioName], { page: pageName, ...looks[look], reducedMotion: 'reduce' });
    await expect.poll(() => page.locator('h1').count()).toBe(1);
    await expect.poll(() => page.locator('.loading').count()).toBe(0);
    if (scenarios[scenarioName].lines.length > 0 && (pageName === 'services' || pageName === 'logs')) {
      await page
        .locator(pageName === 'logs' ? '.log-text' : '.tail-text')
        .first()
        .waitFor();
    }
    await page.screenshot({
      path: join(screenshots, `${pageName}-${scenarioName}-${look}.png`),
      fullPage: pageName !== 'logs' && scenarioName !== 'many',
    });
    // Hundreds of rows differ from a few in nothing but the time this takes.
    if (scenarioName !== 'many' || look === 'light') expect(await seriousFindings(page)).toEqual([]);
    else expect(await page.locator('h1').count()).toBe(1);
  });
});
