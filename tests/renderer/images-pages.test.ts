// The Images page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { type ImagesScenarioName, imagesScenarios } from './support/images-scenarios.ts';
import { sticksOut } from './support/sticks-out.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;
const names = Object.keys(imagesScenarios) as ImagesScenarioName[];
const small = { width: 640, height: 480 };
const large = { width: 3840, height: 2160 };

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

async function openImages(name: ImagesScenarioName, options: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(imagesScenarios[name], { page: 'images', reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: 'Images', level: 1 }).waitFor();
  if (name === 'away') await page.getByText('No container engine answers').first().waitFor();
  else await page.getByRole('table').waitFor();
  if (name === 'missing') await page.getByText('At most 263 MB').waitFor();
  return page;
}

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  test.each(names)('%s', async (name) => {
    const page = await openImages(name, looks[look]);
    await page.screenshot({ path: join(screenshots, `images-${name}-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('the report of an import', async () => {
    const page = await openImages('present', looks[look]);
    const { report } = imagesScenarios.present.images;
    if (report === undefined) throw new Error('The fixture has no report');
    await page.evaluate((given) => window.mock.setImages({ report: given }), {
      ...report,
      images: report.images.map((image, index) =>
        index === 5 ? { ...image, verified: 'bundle-record' as const } : image,
      ),
      leftOut: [{ service: 'excalidraw', reason: 'Its image in the bundle is not the pinned one.' }],
    });
    await page.getByRole('button', { name: 'Import… images from a bundle' }).click();
    await page.getByText('7 images imported').first().waitFor();
    await page.screenshot({ path: join(screenshots, `images-report-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('the question before a removal', async () => {
    const page = await openImages('mixed', looks[look]);
    await page.getByRole('checkbox', { name: 'Choose all' }).check();
    await page.getByRole('button', { name: 'Remove… the chosen images' }).click();
    await page.getByRole('dialog', { name: 'Remove 3 images' }).waitFor();
    await page.screenshot({ path: join(screenshots, `images-remove-${look}.png`) });
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openImages(name, { viewport: small });
  const picture = (look: string) =>
    page.screenshot({ path: join(screenshots, `images-${name}-${look}.png`), fullPage: true });
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
