import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { useBrowser } from './support/browser.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();

interface Stop {
  readonly name: string;
  readonly hasOutline: boolean;
}

// Tabs through the page from its beginning until the focus leaves it.
async function walk(page: Page, most: number): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const style = getComputedStyle(element);
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      const label = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '';
      return { name: label || name, hasOutline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 };
    });
    if (stop === undefined) break;
    stops.push(stop);
  }
  return stops;
}

describe('by keyboard alone', () => {
  test('every control is reached in the order it is read, with a focus that is seen', async () => {
    const { page } = await open(scenarios.ready);
    const stops = await walk(page, 120);
    expect(stops.filter((stop) => !stop.hasOutline)).toEqual([]);
    const names = stops.map((stop) => stop.name);
    expect(names.slice(0, 16)).toEqual([
      'Skip to content',
      'Services',
      'Logs',
      'Figures',
      'Timeline',
      'Images',
      'Telemetry',
      'Host',
      'Settings',
      'CommandsCtrlK',
      'Menu',
      'Start all services',
      'Stop all services',
      'Dashboard Ingress',
      'Stop Ingress',
      'Restart Ingress',
    ]);
    expect(names).toContain('Open Excalidraw');
    expect(names.indexOf('Open Prometheus')).toBeLessThan(names.indexOf('Stop Prometheus'));
    expect(names.indexOf('Stop Prometheus')).toBeLessThan(names.indexOf('Open Grafana'));
  });

  test('the skip link leads past the bar', async () => {
    const { page } = await open(scenarios.ready);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Start all services');
  });

  test('Ctrl and a number change the page, and the focus goes with it', async () => {
    const { page } = await open(scenarios.ready);
    for (const [key, title] of [
      ['Control+2', 'Logs – Macula'],
      ['Control+3', 'Figures – Macula'],
      ['Control+4', 'Timeline – Macula'],
      ['Control+5', 'Images – Macula'],
      ['Control+6', 'Telemetry – Macula'],
      ['Control+7', 'Host – Macula'],
      ['Control+8', 'Settings – Macula'],
      ['Control+1', 'Services – Macula'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => page.title()).toBe(title);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    }
  });

  test('starts the stack, opens the menu and leaves the dialog', async () => {
    const { page, commands } = await open(scenarios.off);
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await commands()).toEqual([{ name: 'stack:up', input: {} }]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Start all services');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Menu');
  });

  test('the log lines scroll, and End goes on following', async () => {
    const { page } = await open(scenarios.ready, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('PageUp');
    await page.getByText('Paused').waitFor();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('.log-status').textContent()).toContain('Following');
  });
});

describe('for a screen reader', () => {
  test('a change of state is announced once, in words', async () => {
    const { page } = await open(scenarios.ready);
    const next = {
      ...scenarios.ready.snapshot,
      number: 2,
      services: scenarios.ready.snapshot.services.map((service) =>
        service.id === 'tempo' ? { ...service, state: 'degraded' as const, reason: 'Does not answer.' } : service,
      ),
    };
    await page.evaluate((snapshot) => window.mock.emit('snapshot', snapshot), next);
    await expect
      .poll(() => page.locator('[aria-live="polite"]').textContent())
      .toBe('Tempo: degraded, Does not answer.');
  });

  test('an older snapshot that comes late changes nothing', async () => {
    const { page } = await open({ ...scenarios.ready, snapshot: { ...scenarios.ready.snapshot, number: 7 } });
    await page.evaluate((snapshot) => window.mock.emit('snapshot', snapshot), { ...scenarios.off.snapshot, number: 6 });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Everything is ready');
  });
});
