// The Settings page with all that it can ask and refuse, in every look and size.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from './mock-bridge.ts';
import { seriousFindings } from './support/axe.ts';
import { outputFolder, useBrowser } from './support/browser.ts';
import { scenarios } from './support/scenarios.ts';
import { noEffects, settingsScenario } from './support/settings-fixtures.ts';
import { sticksOut } from './support/sticks-out.ts';

const screenshots = join(outputFolder, 'screenshots');
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;

const asking: Scenario = {
  ...scenarios.ready,
  settingsChange: settingsScenario({
    effects: {
      ...noEffects,
      replaced: ['Ingress', 'Prometheus', 'Grafana'],
      stopped: ['Tempo'],
      names: true,
      notes: ['Port 8081 is taken on this machine by node (process 812).'],
    },
    password: { kept: 'file', wouldKeep: 'keychain', grafana: 'refused' },
  }),
};

const open = useBrowser();
beforeAll(() => mkdir(screenshots, { recursive: true }));

async function refuseAll(page: Page): Promise<void> {
  await page.getByText('2 other places were tried').click();
  await page.getByRole('radio', { name: 'Another address' }).check();
  await page.getByRole('button', { name: 'Use this engine' }).click();
  for (const [label, text] of [
    ['Base domain', 'Nope'],
    ['Port of all pages', '80'],
    ['Days (Logs)', '0'],
    ['Log lines in the window', '1'],
  ] as const) {
    await page.getByLabel(label).fill(text);
    await page.getByLabel(label).press('Enter');
  }
  await page.getByLabel('Written as in').selectOption({ label: 'Another one…' });
  await page.evaluate(() => window.scrollTo({ top: 0 }));
}

async function ask(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Tempo' }).click();
  await page.getByRole('dialog', { name: 'Change: Tempo off' }).waitFor();
}

async function askPassword(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Change the password…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the password of Grafana' });
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('Needed to change it.').waitFor();
}

describe.each(Object.keys(looks) as (keyof typeof looks)[])('%s', (look) => {
  test('axe finds nothing serious in what is refused and asked', async () => {
    const { page } = await open(asking, { page: 'settings', reducedMotion: 'reduce', ...looks[look] });
    await refuseAll(page);
    await page.screenshot({ path: join(screenshots, `settings-refused-${look}.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
    for (const [name, show] of [
      ['sheet', ask],
      ['password', askPassword],
    ] as const) {
      await show(page);
      await page.screenshot({ path: join(screenshots, `settings-${name}-${look}.png`) });
      expect(await seriousFindings(page)).toEqual([]);
    }
  });
});

test('what is refused and asked holds in the smallest window, with large text, and in the largest', async () => {
  const viewport = { width: 640, height: 480 };
  const { page } = await open(asking, { page: 'settings', viewport, reducedMotion: 'reduce' });
  const grow = (size: string) =>
    page.evaluate((text) => document.documentElement.style.setProperty('font-size', text), size);
  await refuseAll(page);
  for (const [name, show] of [
    ['refused', async () => {}],
    ['sheet', ask],
    ['password', askPassword],
  ] as const) {
    await grow('100%');
    await page.setViewportSize(viewport);
    await show(page);
    for (const size of ['100%', '200%']) {
      await grow(size);
      await page.screenshot({ path: join(screenshots, `settings-${name}-small-${size.slice(0, 3)}.png`) });
      expect(await sticksOut(page)).toEqual([]);
    }
    await grow('100%');
    await page.setViewportSize({ width: 3840, height: 2160 });
    await page.screenshot({ path: join(screenshots, `settings-${name}-4k.png`) });
    expect(await sticksOut(page)).toEqual([]);
  }
});
