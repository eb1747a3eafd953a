// The Telemetry page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { sticksOut } from './support/sticks-out.ts';
import { type TelemetryScenarioName, telemetryScenarios } from './support/telemetry-scenarios.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;
const names = Object.keys(telemetryScenarios) as TelemetryScenarioName[];
const small = { width: 640, height: 480 };
const large = { width: 3840, height: 2160 };

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

// With the results of a check, one guide open and words of refusal: as much as the page ever shows.
async function openTelemetry(name: TelemetryScenarioName, options: Parameters<typeof open>[1]): Promise<Page> {
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

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  test.each(names)('%s', async (name) => {
    const page = await openTelemetry(name, looks[look]);
    await page.screenshot({ path: join(screenshots, `telemetry-${name}-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('all that can be opened, and the question before data goes', async () => {
    const page = await openTelemetry('ready', looks[look]);
    await openAll(page);
    await page.screenshot({ path: join(screenshots, `telemetry-open-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Throw away… logs' }).click();
    await page.getByRole('dialog', { name: 'Throw away all logs?' }).waitFor();
    await page.screenshot({ path: join(screenshots, `telemetry-wipe-${look}.png`) });
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openTelemetry(name, { viewport: small });
  await openAll(page);
  const picture = (look: string) =>
    page.screenshot({ path: join(screenshots, `telemetry-${name}-${look}.png`), fullPage: look !== '4k' });
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
