// The Images page of the real app: what it says is what the engine says, and it removes what it was told to.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { labels } from '../../electron/core/identity.ts';
import { texts } from '../../renderer/texts.ts';
import { bytesWords } from '../../renderer/words/bytes.ts';
import { startDesktop, type Desktop } from './desktop.ts';
import { askEngine, importEmptyImage, missingForStack } from './engine-api.ts';

const pictures = fileURLToPath(new URL('../output/screenshots/app', import.meta.url));
const unused = { repository: 'grafana/grafana', tag: '0.0.1-left-over' };
const kept = 'macula-test/kept-aside';

interface InspectedImage {
  readonly Id: string;
  readonly Size: number;
  readonly RepoDigests: readonly string[] | null;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> | null } | null;
}

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let missing: string | undefined;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  missing = await missingForStack();
  if (missing === undefined) await importEmptyImage(unused.repository, unused.tag);
  desktop = await startDesktop({ withTrayHost: true });
  app = await desktop.drive();
  page = await app.firstWindow();
});

afterAll(async () => {
  await desktop?.stop();
  if (missing !== undefined) return;
  await askEngine('DELETE', `/images/${unused.repository}:${unused.tag}`).catch(() => {});
});

function needsImages(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

const inspect = async (name: string) => (await askEngine('GET', `/images/${name}/json`)) as InspectedImage;
const row = (title: string): Locator => page.getByRole('row', { name: new RegExp(`^${title}`) });
const goTo = (name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click();

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true });
  }
}

// What the engine alone says of it, in the page's words.
function stateWord({ RepoDigests, Config }: InspectedImage, digest: string): string {
  if (RepoDigests?.some((name) => name.endsWith(`@${digest}`)) === true) return 'Present';
  const substitute = Config?.Labels?.[labels.substitute] as keyof typeof texts.substitute | undefined;
  return substitute === undefined ? 'Foreign' : texts.substitute[substitute].badge;
}

describe('the Images page', () => {
  test('says of each image what the engine says', async (context) => {
    needsImages(context);
    await goTo('Images');
    await page.getByRole('table').waitFor({ timeout: 20_000 });
    for (const { title, image } of catalog) {
      const found = await inspect(`${image.repository}:${image.tag}`);
      const words = await row(title).textContent();
      expect(words, title).toContain(`${image.repository}:${image.tag}`);
      expect(words, title).toContain(image.digest.replace('sha256:', '').slice(0, 12));
      expect(words, title).toContain(stateWord(found, image.digest));
      expect(words, title).toContain(bytesWords(found.Size));
    }
    await picture('images');
  });

  test('removes what nothing needs, once it was chosen and agreed to', async (context) => {
    needsImages(context);
    const name = `${unused.repository}:${unused.tag}`;
    const before = await inspect(name);
    await page.getByRole('checkbox', { name }).check();
    await page.getByRole('button', { name: 'Remove… the chosen images' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('1 image removed.').first().waitFor({ timeout: 20_000 });
    expect(await page.getByRole('checkbox', { name }).count()).toBe(0);
    await expect(inspect(before.Id)).rejects.toThrow('404');
    // The one in use is still there.
    const [own] = catalog.filter(({ image }) => image.repository === unused.repository);
    await inspect(`${unused.repository}:${own?.image.tag}`);
  });

  test('misses an image that is taken away, says why its size is not known, and sees it come back', async (context) => {
    needsImages(context);
    const { title, image } = catalog.at(-1) ?? { title: '', image: { repository: '', tag: '' } };
    const name = `${image.repository}:${image.tag}`;
    const { Id } = await inspect(name);
    await askEngine('POST', `/images/${Id}/tag?repo=${kept}&tag=${image.tag}`);
    try {
      await askEngine('DELETE', `/images/${name}?noprune=1`);
      await goTo('Services');
      await goTo('Images');
      await expect.poll(() => row(title).textContent(), { timeout: 20_000 }).toContain('Missing');
      await page.getByText(`1 image is not here: ${title}.`).waitFor();
      // Whether a registry is within reach is not this test's to say; either way it is told.
      await page
        .getByText(/At most .+ to download\.|How much it is to download is not known\./)
        .waitFor({ timeout: 60_000 });
      await picture('images-missing');
    } finally {
      await askEngine('POST', `/images/${Id}/tag?repo=${image.repository}&tag=${image.tag}`);
      await askEngine('DELETE', `/images/${kept}:${image.tag}?noprune=1`);
    }
    await goTo('Services');
    await goTo('Images');
    await expect.poll(() => row(title).textContent(), { timeout: 20_000 }).not.toContain('Missing');
  });

  test('exports to the file that was chosen, and tells what is in it and what is not', async (context) => {
    needsImages(context);
    const path = join(desktop.user.home, 'bundle.tar');
    // The desktop's own dialog is nobody's here to click.
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await page.getByRole('button', { name: 'Export… a bundle of all images' }).click();
    const report = page.getByRole('region', { name: 'Bundle' });
    await report.getByRole('button', { name: 'Dismiss this report' }).or(page.getByRole('alert')).first().waitFor({
      timeout: 120_000,
    });
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    const words = await report.textContent();
    expect(words).toContain(path);
    for (const { title } of catalog) expect(words).toContain(title);
    expect(existsSync(path)).toBe(true);
    await picture('images-exported');
  });
});
