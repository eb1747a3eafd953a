// The Images page: what is asked and when, downloads to their end, bundles, and what is removed.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { imagesView } from './support/images-fixtures.ts';
import { imagesScenarios, missingSnapshot, pullingSnapshot } from './support/images-scenarios.ts';

const open = useBrowser();
const section = (page: Page, name: string) => page.getByRole('region', { name });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const asked = (sent: readonly { name: string }[], name: string) => sent.filter((command) => command.name === name);

describe('the table', () => {
  test('says of each image what is here and what that means, in words', async () => {
    const { page, commands } = await open(imagesScenarios.mixed, { page: 'images' });
    const row = (title: string) => page.getByRole('row', { name: new RegExp(`^${title}`) });
    await row('Tempo').waitFor();
    for (const [title, words] of [
      ['Ingress', 'Packaged'],
      ['Prometheus', 'Built here'],
      ['Grafana', 'StubThis is a stub'],
      ['Loki', 'OutdatedThe pinned image is here, but the container still runs from an older one. Start applies it.'],
      ['Tempo', 'ForeignSomething else has this name here. It is never run'],
      ['Alloy', 'PresentImported from a bundle, on that bundle’s own word alone.'],
      ['Excalidraw', 'Missing'],
    ] as const) {
      expect(await row(title).textContent()).toContain(words);
    }
    expect(await row('Excalidraw').textContent()).not.toContain('The next start');
    await press(page, 'Copy the digest of Loki’s image');
    const { digest } = imagesScenarios.mixed.images.view.images[3] ?? { digest: '' };
    expect(await commands()).toEqual([{ name: 'clipboard:write', input: { text: digest } }]);
  });

  test('is asked for again when an image or a container changed, and not otherwise', async () => {
    const { page, sent } = await open(imagesScenarios.present, { page: 'images' });
    await page.getByRole('table').waitFor();
    const before = asked(await sent(), 'images:get').length;
    const { snapshot } = imagesScenarios.present;
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...snapshot, number: 2, notes: ['A note'] });
    await page.evaluate((next) => window.mock.emit('snapshot', next), {
      ...snapshot,
      number: 3,
      services: snapshot.services.map((service) =>
        service.id === 'loki' ? { ...service, image: { ...service.image, present: false } } : service,
      ),
    });
    await expect.poll(async () => asked(await sent(), 'images:get').length).toBe(before + 1);
    expect(asked(await sent(), 'images:sizes')).toEqual([]);
  });

  test('says that no engine answers, asks nothing of it, and leads to it', async () => {
    const { page, sent } = await open(imagesScenarios.away, { page: 'images' });
    await page.getByText('Images are kept by the engine.').waitFor();
    expect(asked(await sent(), 'images:get')).toEqual([]);
    await press(page, 'Go to the engine');
    await page.getByRole('heading', { name: 'You may not use the container engine' }).waitFor();
  });

  test('keeps what was seen last when the engine goes away, with every button off', async () => {
    const { page, commands } = await open(imagesScenarios.missing, { page: 'images' });
    await page.getByText('At most 263 MB').waitFor();
    await page.getByRole('checkbox', { name: 'grafana/grafana:12.4.0' }).check();
    const { snapshot } = imagesScenarios.away;
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...snapshot, number: 2 });
    await page.getByText('Below is what was seen last.').waitFor();
    for (const name of [/^Download what/, /^Export/, /^Import/, /^Remove/]) {
      const button = page.getByRole('main').getByRole('button', { name });
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      await button.click({ force: true });
    }
    expect(await commands()).toEqual([]);
  });
});

describe('a download', () => {
  test('tells its size first, each unknown one with the reason, and asks for that again', async () => {
    const { page, sent } = await open(imagesScenarios.missing, { page: 'images' });
    await page.getByText('3 images are not here: Grafana, Loki and Tempo.').waitFor();
    await page.getByText('At most 263 MB to download, and 1 image of unknown size.').waitFor();
    await page.getByText('The registry does not answer: connection refused.').waitFor();
    await page.evaluate(() => window.mock.setImages({ sizes: [{ service: 'tempo', bytes: 37_000_000 }] }));
    await press(page, 'Ask again');
    await page.getByText('At most 300 MB to download.').waitFor();
    expect(asked(await sent(), 'images:sizes')).toEqual([
      { name: 'images:sizes', input: { services: ['grafana', 'loki', 'tempo'] } },
      { name: 'images:sizes', input: { services: ['tempo'] } },
    ]);
  });

  test('shows a bar for each image and one for all, is cancelled, and goes on', async () => {
    const { page, commands } = await open(imagesScenarios.missing, { page: 'images' });
    await page.evaluate(() => {
      window.mock.setImages({ sizes: [{ service: 'tempo', bytes: 36_700_000 }] });
    });
    await press(page, 'Ask again');
    await page.getByText('At most 300 MB to download.').waitFor();
    await press(page, 'Download what is missing');
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...pullingSnapshot, number: 2 });
    await page.getByText('0 of 3 images').waitFor();
    const bar = (name: string) => page.getByRole('progressbar', { name });
    expect(await bar('Grafana').getAttribute('value')).toBe('84300000');
    expect(await bar('All together').getAttribute('max')).toBe('300000000');
    expect(await bar('Loki').count()).toBe(0);
    // Leaving the page loses nothing.
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Ingress', level: 3 }).waitFor();
    await page.keyboard.press('Control+5');
    await page.getByText('0 of 3 images').waitFor();
    await press(page, 'Cancel the download');
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...missingSnapshot, number: 3 });
    await page.getByText('What came stays, and it goes on from there.').waitFor();
    await press(page, 'Go on downloading');
    expect(await commands()).toEqual([
      { name: 'images:pull', input: {} },
      { name: 'stack:cancel', input: undefined },
      { name: 'images:pull', input: {} },
    ]);
  });

  test('that is complete says so', async () => {
    const { page } = await open(imagesScenarios.pulling, { page: 'images' });
    await page.getByText('0 of 3 images').waitFor();
    await page.evaluate((view) => window.mock.setImages({ view }), imagesView());
    const { snapshot } = imagesScenarios.present;
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...snapshot, number: 2 });
    await page.getByText('Every image is here.').waitFor();
    expect(await section(page, 'Download').getByRole('button').count()).toBe(0);
  });

  test('that failed is tried again without starting anything', async () => {
    const failure = shown({ code: 'registry-unreachable', image: 'grafana/loki:3.7.8', detail: 'no route to host' });
    const scenario = { ...imagesScenarios.missing, snapshot: { ...missingSnapshot, failures: [failure] } };
    const { page, commands } = await open(scenario, { page: 'images' });
    const { action } = failure.text;
    await press(page, action?.label ?? 'Try again');
    expect(await commands()).toEqual([{ name: 'images:pull', input: {} }]);
  });
});

describe('a bundle', () => {
  test('is written with its progress, and its report stays when the page is left', async () => {
    const { page, commands } = await open(imagesScenarios.present, { page: 'images' });
    await page.evaluate(() => window.mock.hold('images:export'));
    await press(page, 'Export… a bundle of all images');
    await page.getByText('Waiting for a file to be chosen').waitFor();
    const progress = { kind: 'export', bytesDone: 300, bytesTotal: 1200, image: 'grafana/loki:3.7.8' } as const;
    await page.evaluate((given) => window.mock.emit('transfer', given), progress);
    await section(page, 'Bundle').getByText('grafana/loki:3.7.8').waitFor();
    expect(await page.getByRole('progressbar', { name: 'Writing the bundle' }).getAttribute('value')).toBe('300');
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+5');
    await page.getByRole('progressbar', { name: 'Writing the bundle' }).waitFor();
    await page.evaluate(() => {
      window.mock.emit('transfer', undefined);
      window.mock.release('images:export');
    });
    await page.getByText('7 images exported, 1.5 GB').first().waitFor();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+5');
    await section(page, 'Bundle').getByText('/home/user/macula-images.tar').waitFor();
    await press(page, 'Dismiss this report');
    expect(await page.getByText('/home/user/macula-images.tar').count()).toBe(0);
    expect((await commands()).map(({ name }) => name)).toEqual(['images:export']);
  });

  test('is read, and what was verified how and left out why is told', async () => {
    const { page, sent } = await open(imagesScenarios.present, { page: 'images' });
    await page.getByRole('table').waitFor();
    const before = asked(await sent(), 'images:get').length;
    await page.evaluate(() => {
      window.mock.setImages({
        report: {
          path: '/media/stick/bundle.tar',
          images: [
            { service: 'loki', name: 'grafana/loki:3.7.8', verified: 'pinned-digest', sizeBytes: 4e6 },
            { service: 'tempo', name: 'grafana/tempo:3.1.0', verified: 'bundle-record', sizeBytes: 5e6 },
          ],
          leftOut: [{ service: 'grafana', reason: 'Its image is not the pinned one.' }],
        },
      });
    });
    await press(page, 'Import… images from a bundle');
    const report = section(page, 'Bundle');
    await report.getByText('2 images imported, 9.0 MB').waitFor();
    const words = await report.textContent();
    expect(words).toContain('Verified: its pinned digest leads to it');
    expect(words).toContain('whoever made the bundle vouches for it');
    expect(words).toContain('Left outGrafanaIts image is not the pinned one.');
    await expect.poll(async () => asked(await sent(), 'images:get').length).toBe(before + 1);
  });

  test('is cancelled, or not even begun', async () => {
    const { page, commands } = await open(imagesScenarios.present, { page: 'images' });
    await page.evaluate(() => {
      window.mock.setImages({ report: undefined as never });
      window.mock.hold('images:import');
    });
    await press(page, 'Import… images from a bundle');
    const progress = { kind: 'import', bytesDone: 0, bytesTotal: 0, image: '' } as const;
    await page.evaluate((given) => window.mock.emit('transfer', given), progress);
    await press(page, 'Cancel the import');
    await page.evaluate(() => {
      window.mock.emit('transfer', undefined);
      window.mock.release('images:import');
    });
    await page.getByText('The import was cancelled.').waitFor();
    // No file was chosen: nothing is said of it.
    await press(page, 'Import… images from a bundle');
    await expect.poll(() => page.getByText('The import was cancelled.').count()).toBe(0);
    const names = (await commands()).map(({ name }) => name);
    expect(names).toEqual(['images:import', 'images:cancel', 'images:import']);
  });

  test('that cannot be read is told above, and may be tried again', async () => {
    const { page } = await open(imagesScenarios.present, { page: 'images' });
    await page.evaluate(() => window.mock.refuse('images:import', { ok: false, unexpected: 'bug-3d' }));
    await press(page, 'Import… images from a bundle');
    await page.getByRole('alert').getByText('bug-3d').waitFor();
    expect(await page.getByRole('button', { name: /^Import/ }).getAttribute('aria-disabled')).toBe(null);
  });
});

describe('what is unused', () => {
  const unused = (page: Page) => section(page, 'Unused');

  test('is removed only when it was chosen and agreed to', async () => {
    const { page, commands } = await open(imagesScenarios.mixed, { page: 'images' });
    const boxes = unused(page).getByRole('checkbox');
    await expect.poll(() => boxes.count()).toBe(4);
    for (const box of await boxes.all()) expect(await box.isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Remove… the chosen images' }).click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'grafana/loki:3.6.1' }).check();
    await unused(page).getByText('1 image chosen, 306 MB at most.').waitFor();
    await press(page, 'Remove… the chosen images');
    const dialog = page.getByRole('dialog', { name: 'Remove 1 image' });
    await dialog.getByText('Up to 306 MB').waitFor();
    await page.keyboard.press('Escape');
    expect(await commands()).toEqual([]);
    await press(page, 'Remove… the chosen images');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await unused(page).getByText('1 image removed.').waitFor();
    const { id } = imagesScenarios.mixed.images.view.unused[1] ?? { id: '' };
    expect(await commands()).toEqual([{ name: 'images:remove', input: { ids: [id] } }]);
    expect(await boxes.count()).toBe(3);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Unused');
  });

  test('and is used meanwhile stays, and that is said', async () => {
    const { page } = await open(imagesScenarios.mixed, { page: 'images' });
    await page.getByRole('checkbox', { name: 'Choose all' }).check();
    await unused(page).getByText('3 images chosen, 1.1 GB at most.').waitFor();
    const [used] = imagesScenarios.mixed.images.view.unused;
    await page.evaluate((id) => window.mock.setImages({ usedMeanwhile: [id] }), used?.id ?? '');
    await press(page, 'Remove… the chosen images');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await unused(page).getByText('2 images removed. Used meanwhile, and kept: grafana/grafana:12.4.0.').waitFor();
    expect(await unused(page).getByRole('checkbox').isChecked()).toBe(false);
  });
});
