// Every page in every state: it is drawn, nothing is refused by the policy, and axe finds nothing serious.
import { expect, test } from 'vitest';
import { pages, type Page as PageName } from '../../electron/contract/contract.ts';
import { useBrowser } from './support/browser.ts';
import { expectSoundInEachLook, inEachLook, take } from './support/looks.ts';
import { type ScenarioName, scenarios } from './support/scenarios.ts';

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

test.each(cases)('%s, %s, in each look', async (pageName, scenarioName) => {
  const { page } = await open(scenarios[scenarioName], { page: pageName, reducedMotion: 'reduce' });
  await expect.poll(() => page.locator('h1').count()).toBe(1);
  await expect.poll(() => page.locator('.loading').count()).toBe(0);
  if (scenarios[scenarioName].lines.length > 0 && (pageName === 'services' || pageName === 'logs')) {
    await page
      .locator(pageName === 'logs' ? '.log-text' : '.tail-text')
      .first()
      .waitFor();
  }
  const isMany = scenarioName === 'many';
  const picture = { name: `${pageName}-${scenarioName}`, isWhole: pageName !== 'logs' && !isMany };
  // More contrast is the same page with other colours: one state of each is enough.
  const others = scenarioName === 'ready' ? (['dark', 'forced', 'contrast'] as const) : (['dark', 'forced'] as const);
  await expectSoundInEachLook(page, picture, ['light', ...(isMany ? [] : others)]);
  if (!isMany) return;
  // Hundreds of rows differ from a few in nothing but the time that axe takes.
  await inEachLook(
    page,
    async (look) => {
      await take(page, picture, look);
      expect(await page.locator('h1').count()).toBe(1);
    },
    others,
  );
});
