// The Host page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { type HostScenarioName, hostScenarios } from './support/host-scenarios.ts';
import { expectSoundInEachLook, expectToFit, large, setTextSize, small, take } from './support/looks.ts';
import { sticksOut } from './support/sticks-out.ts';

const names = Object.keys(hostScenarios) as HostScenarioName[];

const open = useBrowser();

async function openHost(name: HostScenarioName, options?: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(hostScenarios[name], { page: 'host', reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: 'LAN mode', level: 2 }).waitFor();
  return page;
}

async function askAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check everything' }).click();
  await page.locator('.check').first().waitFor();
  await page.getByRole('button', { name: 'Who holds it?' }).click();
  await page.getByRole('cell', { name: 'container "web"' }).waitFor();
}

describe('in each look', () => {
  test.each(names)('%s', async (name) => {
    const page = await openHost(name);
    await askAll(page);
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await expectSoundInEachLook(page, { name: `host-${name}`, isWhole: true });
  });

  test.each(['setUp', 'unguarded', 'closed'] as const)('the Services page: %s', async (name) => {
    const { page } = await open(hostScenarios[name], { reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Show LAN mode' }).waitFor();
    await expectSoundInEachLook(page, { name: `services-lan-${name}` });
  });

  test.each(['preview', 'done', 'failed', 'qr'] as const)('the sheet: %s', async (what) => {
    const page = await openHost(what === 'qr' ? 'setUp' : 'fresh');
    const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
    if (what === 'qr') await press(/^QR code of Grafana/);
    else await press('Preview… of the names');
    if (what === 'failed') {
      await page.evaluate(() => window.mock.refuse('host:apply', { ok: false, unexpected: 'bug-7f3a' }));
    }
    if (what === 'done' || what === 'failed') await press('Apply (asks for your password)');
    const title = { preview: /^Set up names/, done: 'Done', failed: /unexpected/, qr: /another device/ }[what];
    await page.getByRole('dialog', { name: title }).waitFor();
    await expectSoundInEachLook(page, { name: `host-sheet-${what}` });
  });
});

test.each(names)('%s fits the smallest and the largest window, and large text', async (name) => {
  const page = await openHost(name, { viewport: small });
  await askAll(page);
  await expectToFit(page, { name: `host-${name}` });
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
    await setTextSize(page, text);
    await take(page, { name: 'host-sheet' }, look);
    expect(await sticksOut(page)).toEqual([]);
    await apply.scrollIntoViewIfNeeded();
    const box = await apply.boundingBox();
    expect((box?.y ?? -1) >= 0 && (box?.y ?? 0) + (box?.height ?? 0) <= size.height).toBe(true);
  }
});
