// The first steps in every state and look: they are drawn, axe finds nothing serious, and nothing runs out of the window.
import type { Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { beginnings, firstRunScenarios, type FirstRunScenarioName } from './support/first-run-scenarios.ts';
import { expectSoundInEachLook, expectToFit, small } from './support/looks.ts';

const names = Object.keys(firstRunScenarios) as FirstRunScenarioName[];
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

async function openSteps(name: FirstRunScenarioName, options?: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(firstRunScenarios[name], { reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: beginnings[name], level: 1 }).waitFor();
  const answer = answers[name];
  if (answer !== undefined) await page.getByText(answer).first().waitFor();
  return page;
}

describe('in each look', () => {
  test.each(names)('%s', async (name) => {
    const page = await openSteps(name);
    await expectSoundInEachLook(page, { name: `first-run-${name}`, isWhole: true });
  });

  test('an engine that is there, and another one to choose', async () => {
    const page = await openSteps('missing');
    await page.getByRole('button', { name: 'Container engine done' }).click();
    await page.getByText('Podman Engine 5.4.2').waitFor();
    await expectSoundInEachLook(page, { name: 'first-run-engine', isWhole: true });
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openSteps(name, { viewport: small });
  await expectToFit(page, { name: `first-run-${name}`, isWhole: true });
});
