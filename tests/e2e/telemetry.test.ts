// The telemetry page of the real app on the real stack: what it says was sent has arrived, what it says is kept is
// kept, and what it throws away is gone. Alloy is switched off, so that every hop but Grafana's can be real here.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { missingPrograms, stubsAmong } from '../observability/support/programs.ts';
import { writeSettings } from './app-settings.ts';
import { startDesktop, type Desktop } from './desktop.ts';
import { missingForStack, removeStack, requireNoStack, startedAt } from './engine-api.ts';

const pictures = fileURLToPath(new URL('../output/screenshots/app', import.meta.url));

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let missing: string | undefined;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  missing = (await missingForStack()) ?? (await missingPrograms(['prometheus', 'loki', 'tempo']));
  if (missing !== undefined) return;
  await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true });
  writeSettings(desktop, JSON.stringify({ disabledServices: ['alloy'] }));
  app = await desktop.drive();
  page = await app.firstWindow();
});

afterAll(async () => {
  await desktop?.stop();
  if (missing === undefined) await removeStack();
});

function needsStores(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
const section = (name: string): Locator => page.locator(`[data-section=${name}]`);

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true });
  }
}

async function ask(address: string): Promise<string> {
  const response = await fetch(address);
  return response.ok ? response.text() : '';
}

describe('the telemetry page', () => {
  test('says where to send before anything runs', async (context) => {
    needsStores(context);
    await page.getByRole('heading', { level: 1, name: 'The stack is off' }).waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Telemetry' }).click();
    await page.getByRole('heading', { level: 1, name: 'Telemetry' }).waitFor();
    await page.getByText('http://127.0.0.6:4318', { exact: true }).first().waitFor();
    expect(await page.getByRole('main').textContent()).toContain('The stack is off');
    await picture('telemetry-off');
  });

  test('checks real signals on the stack that it has started', async (context) => {
    needsStores(context);
    await page
      .getByRole('main')
      .getByRole('button', { name: /^Start/ })
      .first()
      .click();
    await page.getByText('The stack is off').waitFor({ state: 'detached', timeout: 150_000 });
    await expect
      .poll(() => section('scraped').getByRole('row').filter({ hasText: 'tempo' }).textContent(), { timeout: 60_000 })
      .toContain('Up');
    await button('Check metrics, logs and traces').click();
    await section('check')
      .getByText(/succeeded|hops failed/)
      .waitFor({ timeout: 70_000 });
    await picture('telemetry-checked');
    expect(await section('check').textContent()).not.toContain('failed');
    // What it found is there for everybody else too.
    const trace = /[0-9a-f]{32}/.exec((await section('check').textContent()) ?? '')?.[0] ?? '';
    expect(await ask(`http://127.0.0.6:3200/api/v2/traces/${trace}`)).toContain('macula-signal-check');
    const stubs = await stubsAmong(['grafana']);
    const notRun = await section('check').getByText('Not run').count();
    expect(notRun > 0).toBe(stubs.length > 0);
  });

  test('throws away one signal when that was confirmed, and no other', async (context) => {
    needsStores(context);
    const before = await Promise.all(['prometheus', 'loki', 'tempo'].map(startedAt));
    const lines = async () => ask('http://127.0.0.5:3100/loki/api/v1/label/service_name/values');
    expect(await lines()).toContain('macula-signal-check');
    await section('kept')
      .getByRole('button', { name: /Throw away.*logs/i })
      .click();
    await picture('telemetry-wipe');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Throw away/ })
      .click();
    await expect.poll(() => startedAt('loki'), { timeout: 60_000 }).not.toBe(before[1]);
    // The logs of the containers come again by themselves; those of the check are gone.
    await expect.poll(lines, { timeout: 60_000 }).toContain('success');
    expect(await lines()).not.toContain('macula-signal-check');
    expect(await startedAt('prometheus')).toBe(before[0]);
    expect(await startedAt('tempo')).toBe(before[2]);
  });
});
