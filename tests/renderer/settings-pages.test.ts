// The Settings page with all that it can ask and refuse, in every look and size.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Scenario } from './mock-bridge.ts';
import { useBrowser } from './support/browser.ts';
import { expectSoundInEachLook, large, setTextSize, small, take } from './support/looks.ts';
import { scenarios } from './support/scenarios.ts';
import { noEffects, settingsScenario } from './support/settings-fixtures.ts';
import { sticksOut } from './support/sticks-out.ts';

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

test('axe finds nothing serious in what is refused and asked, in each look', async () => {
  const { page } = await open(asking, { page: 'settings', reducedMotion: 'reduce' });
  await refuseAll(page);
  await expectSoundInEachLook(page, { name: 'settings-refused', isWhole: true });
  await ask(page);
  await expectSoundInEachLook(page, { name: 'settings-sheet' });
  await askPassword(page);
  await expectSoundInEachLook(page, { name: 'settings-password' });
});

test('what is refused and asked holds in the smallest window, with large text, and in the largest', async () => {
  const { page } = await open(asking, { page: 'settings', viewport: small, reducedMotion: 'reduce' });
  await refuseAll(page);
  for (const [name, show] of [
    ['refused', async () => {}],
    ['sheet', ask],
    ['password', askPassword],
  ] as const) {
    await setTextSize(page, '100%');
    await page.setViewportSize(small);
    await show(page);
    for (const size of ['100%', '200%']) {
      await setTextSize(page, size);
      await take(page, { name: `settings-${name}-small` }, size.slice(0, 3));
      expect(await sticksOut(page)).toEqual([]);
    }
    await setTextSize(page, '100%');
    await page.setViewportSize(large);
    await take(page, { name: `settings-${name}` }, '4k');
    expect(await sticksOut(page)).toEqual([]);
  }
});
