// The Figures page of the real app on a real engine: what it shows is so, and it asks nothing while nobody sees it.
// Only Excalidraw and what it needs are started: without Prometheus nothing else in the app reads figures.
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { type CountingProxy, startCountingProxy } from '../cli/support/counting-proxy.ts';
import { startDesktop, type Desktop } from './desktop.ts';
import { askEngine, missingForStack, removeStack, requireNoStack, stackContainers } from './engine-api.ts';

const pictures = fileURLToPath(new URL('../output/screenshots/app', import.meta.url));

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let proxy: CountingProxy;
let missing: string | undefined;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  missing = await missingForStack();
  if (missing !== undefined) return;
  await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true });
  proxy = await startCountingProxy();
  const path = proxy.endpoint.replace('unix://', '');
  // The app is an ordinary user's.
  chmodSync(dirname(path), 0o755);
  chmodSync(path, 0o666);
  app = await desktop.drive({ environment: { DOCKER_HOST: proxy.endpoint } });
  page = await app.firstWindow();
});

afterAll(async () => {
  await desktop?.stop();
  await proxy?.close();
  if (missing === undefined) await removeStack();
});

function needsStack(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

const statsCalls = (): number => proxy.calls.filter((call) => /\/containers\/\w+\/stats/.test(call)).length;
const later = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const tab = (name: string): Locator => page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name });
const value = (service: string, metric: string): Locator =>
  page.locator(`.figures-service[data-service=${service}] [data-metric=${metric}] .metric-value`).first();

// How many looks at a container there are within six seconds.
async function looksWithin6Seconds(): Promise<number> {
  const before = statsCalls();
  await later(6);
  return statsCalls() - before;
}

// After what was under way has come to its end.
async function expectSilence(): Promise<void> {
  await later(2);
  expect(await looksWithin6Seconds()).toBe(0);
}

function inWindow(work: 'hide' | 'show'): Promise<void> {
  return app.evaluate(({ BrowserWindow }, name) => {
    const [window] = BrowserWindow.getAllWindows();
    if (name === 'hide') window?.close();
    else window?.show();
  }, work);
}

describe('the figures page', () => {
  test('shows what the engine tells', async (context) => {
    needsStack(context);
    await page
      .locator('.service[data-service=excalidraw]')
      .getByRole('button', { name: /^Start/ })
      .click();
    await page.locator('.service[data-service=excalidraw][data-state=ready]').waitFor({ timeout: 90_000 });
    expect(statsCalls()).toBe(0);
    await tab('Figures').click();
    await expect.poll(() => value('excalidraw', 'processor').textContent(), { timeout: 20_000 }).toMatch(/%/);
    await expect.poll(() => value('excalidraw', 'network').textContent(), { timeout: 20_000 }).toMatch(/B\/s/);
    const container = (await stackContainers()).find(({ Names }) => Names.some((name) => name.includes('excalidraw')));
    const stats = (await askEngine('GET', `/containers/${container?.Id}/stats?stream=false&one-shot=true`)) as {
      readonly memory_stats: { readonly usage: number };
    };
    const [, number = '', unit = ''] =
      /([\d.,]+) (kB|MB|GB)/.exec((await value('excalidraw', 'memory').textContent()) ?? '') ?? [];
    const bytes = Number(number) * ({ kB: 1e3, MB: 1e6, GB: 1e9 }[unit] ?? Number.NaN);
    // The page leaves out what the kernel only keeps in memory, and a while has passed.
    expect(bytes).toBeGreaterThan(stats.memory_stats.usage / 10);
    expect(bytes).toBeLessThan(stats.memory_stats.usage * 2);
    const info = (await askEngine('GET', '/info')) as { readonly NCPU: number };
    await page
      .getByText(new RegExp(`of ${info.NCPU} processors?`))
      .first()
      .waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `figures-${colorScheme}.png`), fullPage: true });
    }
  });

  test('asks while it is seen, and nothing at all while the window is hidden or another page is shown', async (context) => {
    needsStack(context);
    const running = (await stackContainers()).filter(({ State }) => State === 'running').length;
    const seen = await looksWithin6Seconds();
    // Every two seconds, of each; a busy machine may be slower, never faster.
    expect(seen).toBeGreaterThanOrEqual(running);
    expect(seen).toBeLessThanOrEqual(running * 4);
    await inWindow('hide');
    await expectSilence();
    await inWindow('show');
    expect(await looksWithin6Seconds()).toBeGreaterThanOrEqual(running);
    await tab('Services').click();
    await expectSilence();
  });

  test('tells what the images take, as the engine does', async (context) => {
    needsStack(context);
    await tab('Figures').click();
    const images = page.getByRole('table', { name: 'Images' });
    await images.waitFor({ timeout: 30_000 });
    expect(await images.locator('tbody tr').count()).toBe(7);
    const when = page.locator('.figures-space .host-actions .hint');
    const before = await when.textContent();
    // It is told in whole seconds.
    await later(1.5);
    await page.getByRole('button', { name: 'Measure again' }).click();
    await expect.poll(() => when.textContent(), { timeout: 20_000 }).not.toBe(before);
  });
});
