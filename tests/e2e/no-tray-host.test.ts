// A desktop without a place for tray icons, and one that gets its place after the app has started.
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesktop, type Desktop } from './desktop.ts';
import { waitUntil } from './wait-until.ts';

const words = /This desktop shows no tray icon/;

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  desktop = await startDesktop({ withTrayHost: false });
  app = await desktop.drive();
  page = await app.firstWindow();
});

afterAll(() => desktop?.stop());

describe('without a tray host', () => {
  test('the window says so', async () => {
    await page.getByText(words).waitFor({ timeout: 10_000 });
    expect(await page.getByRole('button', { name: 'Menu' }).isVisible()).toBe(true);
  });

  test('a closed window comes back by starting the app again', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    const isSeen = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
    expect(await isSeen()).toBe(false);
    expect(await desktop.start().ended).toBe(0);
    expect(await waitUntil('the window is seen', async () => ((await isSeen()) ? true : undefined), 5)).toBe(true);
  });

  test('the icon appears as soon as a host does', async () => {
    await desktop.startTrayHost();
    const item = await desktop.trayItem();
    expect((await item.menu()).children.map((entry) => entry.label)).toContain('Open dashboard');
    await page.getByText(words).waitFor({ state: 'detached', timeout: 5000 });
    expect(desktop.trayHost?.registrations.length).toBe(1);
  });

  test('a host that goes and comes back finds the icon again', async () => {
    await desktop.trayHost?.close();
    await page.getByText(words).waitFor({ timeout: 5000 });
    await desktop.startTrayHost();
    const item = await desktop.trayItem();
    await page.getByText(words).waitFor({ state: 'detached', timeout: 5000 });
    await item.click('Settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor({ timeout: 5000 });
    expect(desktop.trayHost?.registrations.length).toBe(1);
  });
});
