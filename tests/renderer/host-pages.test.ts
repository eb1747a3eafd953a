// The Host page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { type HostScenarioName, hostScenarios } from './support/host-scenarios.ts';
import { sticksOut } from './support/sticks-out.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;
const names = Object.keys(hostScenarios) as HostScenarioName[];
const small = { width: 640, height: 480 };
const large = { width: 3840, height: 2160 };

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

async function openHost(name: HostScenarioName, options: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(hostScenarios[name], { page: 'host', reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: 'LAN mode', level: 2 }).waitFor();
  return page;
}

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  test.each(names)('%s', async (name) => {
    const page = await openHost(name, looks[look]);
    await page.getByRole('button', { name: 'Check everything' }).click();
    await page.locator('.check').first().waitFor();
    await page.getByRole('button', { name: 'Who holds it?' }).click();
    await page.getByRole('cell', { name: 'container "web"' }).waitFor();
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await page.screenshot({ path: join(screenshots, `host-${name}-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test.each(['setUp', 'unguarded', 'closed'] as const)('the Services page: %s', async (name) => {
    const { page } = await open(hostScenarios[name], { reducedMotion: 'reduce', ...looks[look] });
    await page.getByRole('button', { name: 'Show LAN mode' }).waitFor();
    await page.screenshot({ path: join(screenshots, `services-lan-${name}-${look}.png`) });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test.each(['preview', 'done', 'failed', 'qr'] as const)('the sheet: %s', async (what) => {
    const page = await openHost(what === 'qr' ? 'setUp' : 'fresh', looks[look]);
    const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
    if (what === 'qr') await press(/^QR code of Grafana/);
    else await press('Preview… of the names');
    if (what === 'failed') {
      await page.evaluate(() => window.mock.refuse('host:apply', { ok: false, unexpected: 'bug-7f3a' }));
    }
    if (what === 'done' || what === 'failed') await press('Apply (asks for your password)');
    const title = { preview: /^Set up names/, done: 'Done', failed: /unexpected/, qr: /another device/ }[what];
    await page.getByRole('dialog', { name: title }).waitFor();
    await page.screenshot({ path: join(screenshots, `host-sheet-${what}-${look}.png`) });
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openHost(name, { viewport: small });
  const picture = (look: string) => page.screenshot({ path: join(screenshots, `host-${name}-${look}.png`) });
  await page.getByRole('button', { name: 'Check everything' }).click();
  await page.getByRole('button', { name: 'Who holds it?' }).click();
  await page.getByRole('cell', { name: 'container "web"' }).waitFor();
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

test('the sheet fits too, and keeps its buttons within reach', async () => {
  const page = await openHost('fresh', { viewport: small });
  await page.getByRole('button', { name: 'Preview… of the names' }).click();
  const apply = page.getByRole('button', { name: 'Apply (asks for your password)' });
  for (const [look, size, text] of [
    ['small', small, '100%'],
    ['small-large-text', small, '200%'],
    ['4k', large, '100%'],
  ] as const) {
    await page.setViewportSize(size);
    await page.evaluate((fontSize) => document.documentElement.style.setProperty('font-size', fontSize), text);
    await page.screenshot({ path: join(screenshots, `host-sheet-${look}.png`) });
    expect(await sticksOut(page)).toEqual([]);
    await apply.scrollIntoViewIfNeeded();
    const box = await apply.boundingBox();
    expect((box?.y ?? -1) >= 0 && (box?.y ?? 0) + (box?.height ?? 0) <= size.height).toBe(true);
  }
});
