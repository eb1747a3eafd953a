// The engine is not there, comes, goes and comes back; the settings cannot be read. Said in the tray and in the window.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { writeSettings } from './app-settings.ts';
import { startDesktop, type Desktop } from './desktop.ts';
import { missingForStack } from './engine-api.ts';
import { createEngineProxy, type EngineProxy } from './engine-proxy.ts';
import type { TrayItem } from './tray-item.ts';
import { waitUntil } from './wait-until.ts';

const broken = '{ "baseDomain": "mine.test", ';

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let item: TrayItem;
let proxy: EngineProxy;
let missing: string | undefined;

beforeAll(async () => {
  missing = await missingForStack();
  desktop = await startDesktop({ withTrayHost: true });
  writeSettings(desktop, broken);
  proxy = createEngineProxy(join(desktop.folder, 'engine.sock'));
  app = await desktop.drive({ environment: { DOCKER_HOST: `unix://${proxy.path}` } });
  page = await app.firstWindow();
  item = await desktop.trayItem();
});

afterAll(async () => {
  await proxy?.close();
  await desktop?.stop();
});

function needsEngine(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

const untilStatus = (pattern: RegExp, seconds: number) =>
  item.untilMenu(`the tray says ${pattern}`, ({ children }) => pattern.test(children[0]?.label ?? ''), seconds);

describe('without an engine', () => {
  test('tray and window say so, and what to do', async () => {
    const menu = await untilStatus(/No container engine was found|The container engine is not running/, 15);
    const [status] = menu.children;
    expect(menu.children.map((entry) => entry.label)).toContain('Look for the engine again');
    expect(menu.children.map((entry) => entry.label)).not.toContain('Start');
    await page
      .getByText(status?.label ?? '', { exact: true })
      .first()
      .waitFor({ timeout: 5000 });
    await page.getByRole('button', { name: 'Choose an engine' }).waitFor({ timeout: 5000 });
    const words = await page.getByRole('main').textContent();
    expect(words).toContain(proxy.path);
  });

  test('settings that cannot be read are kept and explained', async () => {
    await page.getByText('The settings file could not be read').first().waitFor({ timeout: 5000 });
    const kept = readdirSync(desktop.settingsFolder).filter((name) => name.startsWith('settings.corrupt-'));
    expect(kept.length).toBe(1);
    expect(readFileSync(join(desktop.settingsFolder, kept[0] ?? ''), 'utf8')).toBe(broken);
    expect(await page.getByText(kept[0] ?? '-').count()).toBeGreaterThan(0);
  });

  test('an engine that appears is found without a word', async (context) => {
    needsEngine(context);
    await proxy.open();
    const menu = await untilStatus(/The stack is off|services are ready/, 40);
    expect(menu.children.map((entry) => entry.label)).toContain('Start');
  });

  test('one that goes away in the middle is missed at once', async (context) => {
    needsEngine(context);
    await proxy.close();
    const menu = await untilStatus(/engine/, 10);
    expect(menu.children.map((entry) => entry.label)).toContain('Look for the engine again');
  });

  // It looks by itself every few seconds at last; whoever clicks is not made to wait for that, nor for the time after.
  test('asking for it again is a click in the tray', async (context) => {
    needsEngine(context);
    await proxy.refuse();
    await waitUntil('the app looks for it seldom', () => sinceRefusal() > 2500 || undefined, 30);
    await item.click('Look for the engine again');
    const after = proxy.refusals.length;
    await waitUntil('the app looks soon again', () => soonAgain(proxy.refusals.slice(after)) || undefined, 15);
    await proxy.open();
    const menu = await untilStatus(/The stack is off|services are ready/, 10);
    expect(menu.children.map((entry) => entry.label)).toContain('Start');
  });
});

const sinceRefusal = () => performance.now() - (proxy.refusals.at(-1) ?? Number.POSITIVE_INFINITY);

// Its first retries come after half a second and a whole one, and by itself it has come to wait three and more. What
// follows closer belongs to the same look.
const soonAgain = (refusals: readonly number[]) =>
  refusals.some((at, index) => {
    const gap = at - (refusals[index - 1] ?? at);
    return gap > 200 && gap < 2000;
  });
