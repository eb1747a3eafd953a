// The real app where nobody has used it yet, on the real engine: three steps, each skipped, a start, and never again.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { startDesktop, type Desktop } from './desktop.ts';
import { askEngine, missingForStack, removeStack, requireNoStack, runningServices } from './engine-api.ts';

const pictures = fileURLToPath(new URL('../output/screenshots/app', import.meta.url));

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let missing: string | undefined;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  missing = await missingForStack();
  if (missing === undefined) await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true, isNew: true });
  app = await desktop.drive();
  page = await app.firstWindow();
});

afterAll(async () => {
  await desktop?.stop();
  if (missing === undefined) await removeStack();
});

function needsStack(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
const steps = (): Locator => page.getByRole('navigation', { name: 'Steps' });
const step = (name: string): Locator => page.getByRole('heading', { level: 1, name });

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true });
  }
}

describe('the first run', () => {
  test('begins with the steps, and has found the engine', async (context) => {
    needsStack(context);
    await steps().waitFor({ timeout: 20_000 });
    await button('Container engine done').click();
    await step('Container engine').waitFor();
    const { Version } = (await askEngine('GET', '/version')) as { readonly Version: string };
    await page.getByText(`${Version} answers.`).waitFor();
    await picture('first-run-engine');
    expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0);
  });

  test('goes through images and names without doing anything', async (context) => {
    needsStack(context);
    await button(/^Images/).click();
    await step('Images').waitFor();
    await page.getByText('All 7 images are here').waitFor({ timeout: 20_000 });
    await picture('first-run-images');
    await button(/^Later$|^Next$/).click();
    await step('Names').waitFor();
    await page.getByText('http://grafana.macula.localhost:8080', { exact: true }).waitFor();
    await page.getByText('How to set them up').waitFor({ timeout: 20_000 });
    await picture('first-run-names');
    await button('Later').click();
    await step('Start the stack').waitFor();
    expect(await runningServices()).toEqual([]);
  });

  test('starts the stack and leads to its pages', async (context) => {
    needsStack(context);
    await button('Start the stack').click();
    await step('The stack is up').waitFor({ timeout: 150_000 });
    await picture('first-run-up');
    expect((await runningServices()).length).toBe(7);
    await button(/^draw\.macula\.localhost/).click();
    await expect.poll(() => desktop.browser.opened().at(-1)).toBe('http://draw.macula.localhost:8080/');
    await button('Go to the services').click();
    await step('Everything is ready').waitFor();
  });

  test('is not shown again, whatever becomes of the stack', async (context) => {
    needsStack(context);
    const settings = JSON.parse(readFileSync(join(desktop.settingsFolder, 'settings.json'), 'utf8')) as unknown;
    expect(settings).toMatchObject({ firstRunDone: true });
    await app.close();
    await removeStack();
    app = await desktop.drive();
    page = await app.firstWindow();
    await step('The stack is off').waitFor({ timeout: 20_000 });
    expect(await steps().count()).toBe(0);
  });
});
