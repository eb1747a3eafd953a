// The window as a person uses it, on the real stack, with pictures of every page.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { startDesktop, type Desktop } from './desktop.ts';
import { missingForStack, removeStack, requireNoStack, runningServices, startedAt } from './engine-api.ts';
import type { TrayItem } from './tray-item.ts';
import { waitUntil } from './wait-until.ts';

const pictures = fileURLToPath(new URL('../output/screenshots/app', import.meta.url));

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let item: TrayItem;
let missing: string | undefined;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  missing = await missingForStack();
  if (missing === undefined) await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true });
  app = await desktop.drive();
  page = await app.firstWindow();
  item = await desktop.trayItem();
});

afterAll(async () => {
  await desktop?.stop();
  if (missing === undefined) await removeStack();
});

function needsStack(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

function button(name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

async function goTo(name: 'Services' | 'Logs' | 'Settings'): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
}

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
  }
}

const runsExcalidraw = async (): Promise<boolean> => (await runningServices()).includes('excalidraw');

async function stackHeading(words: string, seconds: number): Promise<void> {
  await page.getByRole('heading', { level: 1, name: words }).waitFor({ timeout: seconds * 1000 });
}

describe('the window', () => {
  test('opens with the app and names its services', async (context) => {
    needsStack(context);
    await stackHeading('The stack is off', 20);
    expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'Ingress',
      'Prometheus',
      'Grafana',
      'Loki',
      'Tempo',
      'Alloy',
      'Excalidraw',
    ]);
    expect(await page.title()).toContain('Macula');
    await picture('services-off');
  });

  test('Start brings the real stack up', async (context) => {
    needsStack(context);
    await button('Start all services').click();
    await page.getByRole('progressbar').first().waitFor({ timeout: 5000 });
    await picture('services-starting');
    await stackHeading('Everything is ready', 150);
    expect((await runningServices()).length).toBe(7);
    await picture('services-ready');
  });

  test('restarts one service', async (context) => {
    needsStack(context);
    const before = await startedAt('loki');
    await button('Restart Loki').click();
    await page.getByRole('progressbar').first().waitFor({ timeout: 5000 });
    await stackHeading('Everything is ready', 90);
    expect(await startedAt('loki')).not.toBe(before);
  });

  test('opens a page in the browser', async (context) => {
    needsStack(context);
    await button('Open Excalidraw').click();
    const opened = await waitUntil('the browser was asked', () => desktop.browser.opened().at(-1), 10);
    expect(opened).toBe('http://draw.macula.localhost:8080/');
  });

  test('shows log lines as they come', async (context) => {
    needsStack(context);
    await button('Logs Ingress').click();
    const lines = page.getByRole('log');
    await lines.locator('.log-row').nth(1).waitFor({ timeout: 10_000 });
    const mark = `seen-by-the-test-${Date.now()}`;
    await fetch(`http://127.0.0.1:8080/${mark}`);
    await lines.getByText(mark).first().waitFor({ timeout: 10_000 });
    expect(await lines.getByText(mark).first().textContent()).toContain('GET');
    await picture('logs');
  });

  test('the tray leads to the logs of a service', async (context) => {
    needsStack(context);
    await goTo('Services');
    await item.click('Grafana', 'Logs');
    await page.getByRole('log').waitFor({ timeout: 5000 });
    expect(await page.getByRole('checkbox', { name: /Grafana/ }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: /Tempo/ }).isChecked()).toBe(false);
  });

  test('changes a setting that the next start of the app knows', async (context) => {
    needsStack(context);
    await goTo('Settings');
    const excalidraw = page.getByRole('switch', { name: 'Excalidraw' });
    await excalidraw.click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Stops and removes Excalidraw. The data stays.').waitFor({ timeout: 5000 });
    await picture('settings-change');
    expect(await runsExcalidraw()).toBe(true);
    await sheet.getByRole('button', { name: 'Save and apply now' }).click();
    await page.getByText('Saved, and being applied.').waitFor({ timeout: 5000 });
    await picture('settings');
    await waitUntil('Excalidraw is gone', async () => !(await runsExcalidraw()) || undefined, 60);
    const { settings } = await page.evaluate(async () => {
      const answer = await (
        window as unknown as {
          macula: { invoke(name: string): Promise<{ value: { settings: { disabledServices: string[] } } }> };
        }
      ).macula.invoke('settings:get');
      return answer.value;
    });
    expect(settings.disabledServices).toEqual(['excalidraw']);
    await excalidraw.click();
    await sheet.getByText('Starts Excalidraw.').waitFor({ timeout: 5000 });
    await sheet.getByRole('button', { name: 'Save and apply now' }).click();
    await waitUntil('Excalidraw is back', async () => (await runsExcalidraw()) || undefined, 60);
    await goTo('Services');
    await stackHeading('Everything is ready', 90);
  });

  test('Stop stops the stack', async (context) => {
    needsStack(context);
    await goTo('Services');
    await button('Stop all services').click();
    await stackHeading('The stack is off', 90);
    expect(await runningServices()).toEqual([]);
  });
});

describe('closing the window', () => {
  const windows = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
  const untilSeen = () =>
    waitUntil('the window is seen', async () => ((await windows())[0] === true ? true : undefined), 5);
  const closeWindow = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

  test('hides it and keeps the tray', async () => {
    await closeWindow();
    expect(await windows()).toEqual([false]);
    expect((await item.menu()).children.length).toBeGreaterThan(5);
  });

  test('opens again at once, where it was', async () => {
    const asked = performance.now();
    await item.click('Open dashboard');
    expect(await untilSeen()).toBe(true);
    expect(performance.now() - asked).toBeLessThan(1000);
  });

  test('a click on the icon opens it as well', async () => {
    await closeWindow();
    await item.activate();
    expect(await untilSeen()).toBe(true);
  });

  test('a second start shows it instead of starting another app', async () => {
    await closeWindow();
    const second = desktop.start();
    expect(await second.ended).toBe(0);
    expect(await untilSeen()).toBe(true);
    expect(desktop.trayHost?.registrations.length).toBe(1);
  });

  test('frees it when nobody comes back, and makes it anew', async () => {
    await closeWindow();
    await waitUntil('the window is gone', async () => (await windows()).length === 0 || undefined, 40);
    await item.click('Settings');
    page = await waitUntil('a new window', () => app.windows().at(-1), 10);
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor({ timeout: 10_000 });
    expect(await windows()).toEqual([true]);
  });
});
