// The Telemetry page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import type { Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { expectSoundInEachLook, expectToFit, small } from './support/looks.ts';
import { type TelemetryScenarioName, telemetryScenarios } from './support/telemetry-scenarios.ts';

const names = Object.keys(telemetryScenarios) as TelemetryScenarioName[];

const open = useBrowser();

// With the results of a check, one guide open and words of refusal: as much as the page ever shows.
async function openTelemetry(name: TelemetryScenarioName, options?: Parameters<typeof open>[1]): Promise<Page> {
  const scenario = telemetryScenarios[name];
  const { page } = await open(scenario, { page: 'telemetry', reducedMotion: 'reduce', ...options });
  await page.getByRole('button', { name: 'Check metrics, logs and traces' }).click();
  await page.locator('.hops .check').first().waitFor();
  return page;
}

async function openAll(page: Page): Promise<void> {
  await page.getByText('Distributed tracing', { exact: true }).click();
  await page.getByRole('button', { name: 'Add Add a target of your own' }).click();
  await page.getByLabel('Days (Logs)').fill('0');
  await page.getByLabel('Days (Traces)').fill('1');
  await page.evaluate(() => window.scrollTo({ top: 0 }));
}

describe('in each look', () => {
  test.each(names)('%s', async (name) => {
    const page = await openTelemetry(name);
    await expectSoundInEachLook(page, { name: `telemetry-${name}`, isWhole: true });
  });

  test('all that can be opened, and the question before data goes', async () => {
    const page = await openTelemetry('ready');
    await openAll(page);
    await expectSoundInEachLook(page, { name: 'telemetry-open', isWhole: true });
    await page.getByRole('button', { name: 'Throw away… logs' }).click();
    await page.getByRole('dialog', { name: 'Throw away all logs?' }).waitFor();
    await expectSoundInEachLook(page, { name: 'telemetry-wipe' });
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openTelemetry(name, { viewport: small });
  await openAll(page);
  const picture = { name: `telemetry-${name}` };
  await expectToFit(page, { ...picture, isWhole: true }, picture);
});
