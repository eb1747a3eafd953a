// What is changed on the Telemetry page: how long signals are kept, what is scraped, and who ships logs.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../electron/core/settings.ts';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { targetSettings } from './support/telemetry-fixtures.ts';
import { telemetryScenarios } from './support/telemetry-scenarios.ts';

const open = useBrowser();
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const kept = (page: Page) => region(page, 'What is kept');
const scraped = (page: Page) => region(page, 'What is scraped');
const save = (page: Page, signal: string) => kept(page).getByRole('button', { name: `Save ${signal}` });
const { retention } = defaultSettings;

describe('what is kept', () => {
  test('is told against its cap, with what shortens it', async () => {
    const { page } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    const words = await kept(page).getByRole('listitem').allTextContents();
    expect(words[0]).toContain('143 MB of 4.0 GB used (4 %)');
    expect(words[1]).toContain('The cap is reached: it reaches back 2 days and 13 hours only.');
    expect(words[2]).toContain('8.1 MB of 4.0 GB used (less than 1 %)');
    const bar = kept(page).getByRole('progressbar', { name: 'Disk used by logs' });
    expect(await bar.getAttribute('value')).toBe('3620000000');
    const broken = await open(telemetryScenarios.broken, { page: 'telemetry' });
    await kept(broken.page).getByText('It takes more than its cap, though').first().waitFor();
    const off = await open(telemetryScenarios.off, { page: 'telemetry' });
    await kept(off.page).getByText('What is used is not known now.').first().waitFor();
    expect(await kept(off.page).getByText('In force with the next start.').count()).toBe(3);
  });

  test('of logs is changed without a restart; that less is deleted is said before', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    expect(await save(page, 'logs').getAttribute('aria-disabled')).toBe('true');
    await kept(page).getByLabel('Days (Logs)').fill('3');
    await kept(page).getByText('What is beyond the new limits is deleted, and does not come back.').waitFor();
    await kept(page).getByLabel('At most, in GB (Logs)').fill('2,5');
    await save(page, 'logs').click();
    await kept(page).getByText('Saved. In force within seconds; nothing is restarted.').waitFor();
    expect(await save(page, 'logs').getAttribute('aria-disabled')).toBe('true');
    expect(await commands()).toEqual([
      {
        name: 'settings:change',
        input: { retention: { ...retention, logs: { days: 3, gigabytes: 2.5 } } },
      },
    ]);
  });

  test('of metrics is changed with a new start of Prometheus, and only where it runs', async () => {
    const change = {
      name: 'settings:change',
      input: { retention: { ...retention, metrics: { ...retention.metrics, days: 30 } } },
    };
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await kept(page).getByLabel('Days (Metrics)').fill('30');
    await page.keyboard.press('Enter');
    await expect.poll(commands).toEqual([change, { name: 'stack:up', input: { services: ['prometheus'] } }]);
    const off = await open(telemetryScenarios.off, { page: 'telemetry' });
    await kept(off.page).getByLabel('Days (Metrics)').fill('30');
    await off.page.keyboard.press('Enter');
    await kept(off.page).getByText('Saved. In force with the next start.').waitFor();
    expect(await off.commands()).toEqual([change]);
  });

  test.each(['0', '366', '1.5', 'many', ''])('is not changed to "%s" days', async (days) => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    const field = kept(page).getByLabel('Days (Traces)');
    await field.fill(days);
    await kept(page).getByText('A whole number from 1 to 365.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Enter');
    await save(page, 'traces').click({ force: true });
    expect(await commands()).toEqual([]);
  });

  test('stays as typed where it could not be saved', async () => {
    const { page } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    const refusal = shown({ code: 'settings-unwritable', path: '/home/user/settings.json', detail: 'read-only' });
    await page.evaluate((words) => window.mock.refuse('settings:change', { ok: false, ...words }), refusal);
    await kept(page).getByLabel('Days (Logs)').fill('9');
    await save(page, 'logs').click();
    await page.getByRole('alert').getByText('read-only').first().waitFor();
    expect(await kept(page).getByLabel('Days (Logs)').inputValue()).toBe('9');
    expect(await kept(page).getByText('Saved.').count()).toBe(0);
  });

  test('is thrown away only after a question that names what goes', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await kept(page).getByRole('button', { name: 'Throw away… logs' }).click();
    const dialog = page.getByRole('dialog', { name: 'Throw away all logs?' });
    expect(await dialog.textContent()).toContain('Volume: loki-data (3.6 GB)');
    expect(await dialog.textContent()).toContain('Metrics and traces stay.');
    await page.keyboard.press('Escape');
    expect(await commands()).toEqual([]);
    await kept(page).getByRole('button', { name: 'Throw away… logs' }).click();
    await page.evaluate(() => window.mock.hold('telemetry:wipe'));
    await dialog.getByRole('button', { name: 'Throw away logs' }).click();
    await kept(page).getByRole('button', { name: 'Throwing away logs' }).waitFor();
    await page.evaluate(() => window.mock.release('telemetry:wipe'));
    await expect.poll(() => page.locator('[aria-live="polite"]').textContent()).toBe('All logs were thrown away.');
    expect(await commands()).toEqual([{ name: 'telemetry:wipe', input: { signal: 'logs' } }]);
  });
});

describe('what is scraped', () => {
  test('is told with origin, health and the words of Prometheus', async () => {
    const { page } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await scraped(page).getByText('6 of 8 are up.').waitFor();
    const rows = await scraped(page).getByRole('row').allTextContents();
    expect(rows[1]).toContain('nas from your listhttps://192.168.1.5:9100/metricsDownGet "https://192.168.1.5:9100');
    expect(rows[3]).toContain('cart from a label on its container');
    // Only those of the user's own list can be removed here.
    expect(
      await scraped(page)
        .getByRole('button', { name: /^Remove/ })
        .count(),
    ).toBe(2);
  });

  test('is added to, with errors at the field', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    const field = (name: string) => scraped(page).getByLabel(name, { exact: true });
    await field('Name').fill('shop');
    await field('Host and port').fill('localhost:8000');
    await field('Path').fill('metrics');
    await page.keyboard.press('Enter');
    await scraped(page).getByText('There is a target of this name already.').waitFor();
    await scraped(page)
      .getByText(/^Cannot be scraped: inside its container/)
      .waitFor();
    await scraped(page).getByText('It begins with a slash, such as /metrics.').waitFor();
    expect(await field('Path').getAttribute('aria-invalid')).toBe('true');
    expect(await commands()).toEqual([]);
    await field('Name').fill('billing');
    await field('Host and port').fill('10.0.0.7:9000');
    await field('Path').fill('/stats');
    await scraped(page)
      .getByLabel(/^Over https/)
      .check();
    expect(await field('Path').getAttribute('aria-invalid')).toBe('false');
    await field('Path').press('Enter');
    await scraped(page).getByText('billing is scraped within half a minute.').waitFor();
    expect(await commands()).toEqual([
      {
        name: 'settings:change',
        input: {
          targets: [
            ...targetSettings.targets,
            { name: 'billing', address: '10.0.0.7:9000', path: '/stats', scheme: 'https' },
          ],
        },
      },
    ]);
    expect(await field('Name').inputValue()).toBe('');
  });

  test('is taken from, and says that it takes a moment', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await scraped(page).getByRole('button', { name: 'Remove nas' }).click();
    await scraped(page).getByText('Scraped no more within half a minute.').waitFor();
    expect(await commands()).toEqual([{ name: 'settings:change', input: { targets: [targetSettings.targets[0]] } }]);
  });

  test('has options that say what they need, and are put in force at a press', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    const engine = scraped(page).getByRole('switch', { name: 'The engine’s own metrics' });
    await scraped(page).getByText('"metrics-addr": "172.17.0.1:9323"').waitFor();
    await scraped(page).getByText('a service account that may only read metrics').waitFor();
    await engine.check();
    await scraped(page).getByText('Saved.').waitFor();
    // Main says that Start has something to do.
    const { snapshot } = telemetryScenarios.ready;
    const stack = { ...snapshot.stack, actions: { ...snapshot.stack.actions, start: true } };
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...snapshot, number: 2, stack });
    await scraped(page).getByRole('button', { name: 'Apply now by Start' }).click();
    await scraped(page).getByRole('switch', { name: 'KinD clusters' }).check();
    expect((await commands()).map((command) => command.input)).toEqual([
      { engineMetrics: true },
      {},
      { kindClusters: true },
    ]);
  });
});

describe('the logs of containers', () => {
  test('are shipped by whoever is chosen; what stands in the way is said', async () => {
    const { page, commands } = await open(telemetryScenarios.broken, { page: 'telemetry' });
    const shipping = region(page, 'Logs of containers');
    await shipping.getByText('Now this app ships them.').waitFor();
    await shipping.getByText('Alloy is switched off. The app sends the logs in its place').waitFor();
    await shipping.getByText('as good as root on the engine').waitFor();
    await shipping.getByText('shop-cart-1').waitFor();
    expect(await shipping.getByLabel('Alloy').isChecked()).toBe(true);
    await shipping.getByLabel('Nobody').check();
    await shipping.getByText('Saved. At the next Start Alloy is made anew').waitFor();
    expect(await commands()).toEqual([{ name: 'settings:change', input: { containerLogs: 'off' } }]);
  });
});

describe('the dashboard of a service', () => {
  test('is opened from its row while Grafana is ready, and not otherwise', async () => {
    const { page, commands } = await open(telemetryScenarios.ready);
    const button = page.getByRole('button', { name: 'Dashboard Loki', exact: true });
    expect(await button.getAttribute('title')).toBe('Logs by service, in Grafana');
    await button.click();
    expect(await commands()).toEqual([{ name: 'link:open', input: { id: 'loki:dashboard' } }]);
    const off = await open(telemetryScenarios.off);
    const dead = off.page.getByRole('button', { name: 'Dashboard Loki', exact: true });
    expect(await dead.getAttribute('aria-disabled')).toBe('true');
    await dead.click({ force: true });
    expect(await off.commands()).toEqual([]);
  });
});
