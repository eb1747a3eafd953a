// The Images page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import type { Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { type ImagesScenarioName, imagesScenarios } from './support/images-scenarios.ts';
import { expectSoundInEachLook, expectToFit, small } from './support/looks.ts';

const names = Object.keys(imagesScenarios) as ImagesScenarioName[];

const open = useBrowser();

async function openImages(name: ImagesScenarioName, options?: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(imagesScenarios[name], { page: 'images', reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: 'Images', level: 1 }).waitFor();
  if (name === 'away') await page.getByText('No container engine answers').first().waitFor();
  else await page.getByRole('table').waitFor();
  if (name === 'missing') await page.getByText('At most 263 MB').waitFor();
  return page;
}

describe('in each look', () => {
  test.each(names)('%s', async (name) => {
    const page = await openImages(name);
    await expectSoundInEachLook(page, { name: `images-${name}`, isWhole: true });
  });

  test('the report of an import', async () => {
    const page = await openImages('present');
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
    await expectSoundInEachLook(page, { name: 'images-report', isWhole: true });
  });

  test('the question before a removal', async () => {
    const page = await openImages('mixed');
    await page.getByRole('checkbox', { name: 'Choose all' }).check();
    await page.getByRole('button', { name: 'Remove… the chosen images' }).click();
    await page.getByRole('dialog', { name: 'Remove 3 images' }).waitFor();
    await expectSoundInEachLook(page, { name: 'images-remove' });
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openImages(name, { viewport: small });
  await expectToFit(page, { name: `images-${name}`, isWhole: true });
});
