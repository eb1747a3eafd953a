// What the Figures page tells, when it looks, and where it leads.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FiguresSample } from '../../electron/core/figures.ts';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { firstLook, samplesOf } from './support/figures-fixtures.ts';
import { figuresScenarios } from './support/figures-scenarios.ts';
import { setHidden } from './support/log-page.ts';

const open = useBrowser();
// A machine may be busy with much else.
const eventually = <Value>(valueOf: () => Value) => expect.poll(valueOf, { timeout: 15_000 });
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const card = (page: Page, id: string) => page.locator(`.figures-service[data-service=${id}]`);
const metric = (page: Page, id: string, name: string) => card(page, id).locator(`[data-metric=${name}]`);
const emit = (page: Page, sample: FiguresSample) => page.evaluate((each) => window.mock.emit('figures', each), sample);

const later: FiguresSample = {
  at: Date.now() + 1000,
  machine: { processors: 8, memoryBytes: 16_600_000_000 },
  services: {
    loki: {
      ...{ processors: 1.234, memoryBytes: 250_000_000, memoryLimitBytes: 1_000_000_000, processes: 14 },
      ...{ receivedPerSecond: 1500, sentPerSecond: 0, readPerSecond: 2_000_000, writtenPerSecond: 43 },
    },
    tempo: { processors: 0.5, memoryBytes: 50_000_000, memoryLimitBytes: 0, processes: 3 },
  },
};

describe('the figures of a service', () => {
  test('are told in words and to who cannot see the chart', async () => {
    const { page } = await open(figuresScenarios.ready, { page: 'figures' });
    await card(page, 'loki').waitFor();
    await emit(page, later);
    await eventually(() => metric(page, 'loki', 'processor').locator('.metric-value').textContent()).toBe('123%');
    expect(await metric(page, 'loki', 'memory').locator('.metric-value').textContent()).toBe('250 MB of 1.0 GB');
    expect(await metric(page, 'loki', 'network').locator('.metric-value').allTextContents()).toEqual([
      '1.5 kB/s',
      '0 B/s',
    ]);
    expect(await metric(page, 'loki', 'disk').locator('.metric-value').allTextContents()).toEqual([
      '2.0 MB/s',
      '43 B/s',
    ]);
    await card(page, 'loki')
      .getByRole('img', { name: 'Processor of Loki, last five minutes: 123%, at most 123%', exact: true })
      .waitFor();
  });

  test('add up, against what the machine has', async () => {
    const { page } = await open(figuresScenarios.ready, { page: 'figures' });
    await card(page, 'loki').waitFor();
    await emit(page, later);
    const total = region(page, 'All services');
    await total.getByText('1.73 of 8 processors', { exact: true }).waitFor();
    await total.getByText('300 MB of 16.6 GB', { exact: true }).waitFor();
    expect(await total.locator('[data-metric=network] .metric-value').allTextContents()).toEqual(['1.5 kB/s', '0 B/s']);
  });

  test('have no rates after the first look, and say so', async () => {
    const { page } = await open(figuresScenarios.firstLook, { page: 'figures' });
    await metric(page, 'loki', 'memory').getByText('MB').first().waitFor();
    expect(await metric(page, 'loki', 'processor').locator('.metric-value').textContent()).toBe('in a moment');
  });

  test('stay for the last minutes of one that ended', async () => {
    const { page } = await open(figuresScenarios.gaps, { page: 'figures' });
    // What is out of sight is not drawn, and what comes above it may push it there.
    await eventually(async () => {
      await card(page, 'loki').scrollIntoViewIfNeeded();
      return metric(page, 'loki', 'processor').locator('.metric-value').textContent();
    }).toBe('not running');
    expect(await metric(page, 'loki', 'processor').locator('.chart-line').getAttribute('d')).toMatch(/^M/);
    await page.getByText('Not running: Grafana.', { exact: true }).waitFor();
  });

  test('are drawn with a gap where nobody looked', async () => {
    const { page } = await open(figuresScenarios.gaps, { page: 'figures' });
    const line = metric(page, 'prometheus', 'processor').locator('.chart-line');
    // Two strokes, and nothing between them.
    await eventually(async () => (await line.getAttribute('d'))?.match(/M/g)?.length).toBe(2);
  });

  test('lead to its dashboard and to its lines', async () => {
    const { page, commands } = await open(figuresScenarios.ready, { page: 'figures' });
    await card(page, 'loki').getByRole('button', { name: 'Dashboard Loki' }).click();
    expect((await commands()).map(({ name }) => name)).toEqual(['link:open']);
    await card(page, 'loki').getByRole('button', { name: 'Logs Loki' }).click();
    await page.getByRole('heading', { name: 'Logs', level: 1 }).waitFor({ state: 'attached' });
  });
});

describe('the page looks', () => {
  const watching = async (sent: () => Promise<readonly { readonly name: string }[]>) =>
    (await sent()).map(({ name }) => name).filter((name) => name === 'figures:watch' || name === 'figures:unwatch');

  test('only while it is shown and the window is seen', async () => {
    const { page, sent } = await open(figuresScenarios.ready);
    expect(await watching(sent)).toEqual([]);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Figures' }).click();
    await eventually(() => watching(sent)).toEqual(['figures:watch']);
    await setHidden(page, true);
    await eventually(() => watching(sent)).toEqual(['figures:watch', 'figures:unwatch']);
    await setHidden(page, false);
    await eventually(() => watching(sent)).toHaveLength(3);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Services' }).click();
    await eventually(() => watching(sent)).toHaveLength(4);
    expect((await watching(sent)).at(-1)).toBe('figures:unwatch');
  });

  test('and keeps what it saw while another page is shown', async () => {
    const { page } = await open({ ...figuresScenarios.waiting }, { page: 'figures' });
    await page.getByText('Taking the first look').waitFor();
    for (const sample of samplesOf(20)) await emit(page, sample);
    await card(page, 'loki').waitFor();
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
    await page.keyboard.press('Control+3');
    const line = metric(page, 'loki', 'processor').locator('.chart-line');
    await eventually(async () => (await line.getAttribute('d'))?.match(/L/g)?.length).toBe(19);
  });

  test('and draws anew only the charts that are in sight', async () => {
    const { page } = await open(figuresScenarios.many, { page: 'figures' });
    const [above, below] = [metric(page, 'service-001', 'processor'), metric(page, 'service-200', 'processor')];
    await eventually(async () => (await above.locator('.chart-line').getAttribute('d'))?.length).toBeGreaterThan(500);
    const before = await below.locator('.chart-line').getAttribute('d');
    const ids = figuresScenarios.many.snapshot.services.map(({ id }) => id);
    await emit(page, { ...firstLook(ids), at: Date.now() + 2000 });
    await eventually(() => above.locator('.metric-value').textContent()).toBe('in a moment');
    expect(await below.locator('.chart-line').getAttribute('d')).toBe(before);
    await card(page, 'service-200').scrollIntoViewIfNeeded();
    await eventually(() => below.locator('.metric-value').textContent()).toBe('in a moment');
  });
});

describe('states', () => {
  test('nothing runs: Start is here', async () => {
    const { page, commands } = await open(figuresScenarios.off, { page: 'figures' });
    await page.getByText('Nothing runs now').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Start all services' }).click();
    expect((await commands()).map(({ name }) => name)).toEqual(['stack:up']);
  });

  test('the engine is away: it says why and tries again, and nothing is measured', async () => {
    const { page, commands, sent } = await open(figuresScenarios.engineUnavailable, { page: 'figures' });
    await page.getByRole('main').getByText('You may not use the container engine').first().waitFor();
    await page.locator('.figures-page').getByRole('button', { name: 'Try again' }).click();
    expect((await commands()).map(({ name }) => name)).toEqual(['engine:retry']);
    expect((await sent()).some(({ name }) => name === 'figures:disk')).toBe(false);
  });

  test('what is missing is named', async () => {
    const { page } = await open(figuresScenarios.incomplete, { page: 'figures' });
    const words = page.locator('.notice').filter({ hasText: 'The engine did not tell the figures of macula-loki.' });
    await eventually(() => words.count()).toBe(1);
  });

  test('a refused watch is a banner', async () => {
    const { page } = await open(figuresScenarios.waiting);
    await page.evaluate(() => window.mock.refuse('figures:watch', { ok: false, unexpected: 'abc123' }));
    await page.keyboard.press('Control+3');
    await eventually(() => page.getByText('abc123').count()).toBe(1);
  });
});

describe('as a table', () => {
  test('all figures are there, ordered as one wants', async () => {
    const { page } = await open(figuresScenarios.ready, { page: 'figures' });
    await card(page, 'loki').waitFor();
    await emit(page, later);
    await page.getByRole('switch', { name: 'Show as a table' }).click();
    const table = page.getByRole('table', { name: 'What each service uses now' });
    const first = table.locator('tbody tr').first();
    const row = table.getByRole('row').filter({ hasText: 'Loki' });
    expect(await row.getByRole('cell').allTextContents()).toEqual([
      ...['123%', '250 MB', '1.5 kB/s', '0 B/s', '2.0 MB/s', '43 B/s', '14'],
    ]);
    await table.getByRole('button', { name: 'Memory' }).click();
    await eventually(() => first.getByRole('rowheader').textContent()).toBe('Loki');
    expect(await table.getByRole('columnheader', { name: 'Memory' }).getAttribute('aria-sort')).toBe('descending');
    expect(await table.locator('tfoot td').first().textContent()).toBe('173%');
  });
});

describe('space on the disk', () => {
  const space = (page: Page) => region(page, 'Space on the engine’s disk');
  const measured = async (sent: () => Promise<readonly { readonly name: string; readonly input: unknown }[]>) =>
    (await sent()).filter(({ name }) => name === 'figures:disk').map(({ input }) => input);

  test('is told when the page opens, largest first, with totals', async () => {
    const { page, sent } = await open(figuresScenarios.ready, { page: 'figures' });
    const images = space(page).getByRole('table', { name: 'Images' });
    await images.waitFor();
    expect(await measured(sent)).toEqual([{ anew: false }]);
    expect(await images.locator('tbody tr').first().textContent()).toContain('364 MB');
    expect(await images.locator('tfoot').textContent()).toBe('Total1.5 GB');
    expect(await space(page).getByRole('table', { name: 'Volumes' }).locator('tfoot').textContent()).toBe(
      'Total715 MB',
    );
    // Not again because the page is opened again.
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+3');
    await images.waitFor();
    expect(await measured(sent)).toHaveLength(1);
  });

  test('is measured anew on one’s word, once at a time, and the focus stays', async () => {
    const { page, sent } = await open(figuresScenarios.ready, { page: 'figures' });
    await space(page).getByRole('table', { name: 'Images' }).waitFor();
    await page.evaluate(() => window.mock.hold('figures:disk'));
    await space(page).getByRole('button', { name: 'Measure again' }).focus();
    await page.keyboard.press('Enter');
    const button = space(page).getByRole('button', { name: 'Measuring' });
    await button.waitFor();
    await page.keyboard.press('Enter');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.evaluate(() => window.mock.release('figures:disk'));
    await space(page).getByRole('button', { name: 'Measure again' }).waitFor();
    expect(await measured(sent)).toEqual([{ anew: false }, { anew: true }]);
    await page
      .locator('[role=status], [aria-live]')
      .filter({ hasText: 'Measured: volumes 715 MB, images 1.5 GB.' })
      .waitFor();
  });

  test('says what cannot be measured, and keeps what it had where measuring fails', async () => {
    const { page } = await open(figuresScenarios.incomplete, { page: 'figures' });
    await space(page).getByText('cannot be measured').first().waitFor();
    await space(page).getByText('There are no images of the stack yet.').waitFor();
    const failed = shown({ code: 'operation-failed', operation: 'measure the volumes', detail: 'permission denied' });
    await page.evaluate((refusal) => window.mock.refuse('figures:disk', { ok: false, ...refusal }), failed);
    await space(page).getByRole('button', { name: 'Measure again' }).click();
    await page.getByText('permission denied').first().waitFor();
    expect(await space(page).getByText('cannot be measured').count()).toBe(5);
  });
});
