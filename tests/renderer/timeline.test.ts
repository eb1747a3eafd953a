// What the Timeline page tells and does.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { TimelineView } from '../../electron/core/timeline.ts';
import { useBrowser } from './support/browser.ts';
import { scenarios } from './support/scenarios.ts';
import { timelineView } from './support/timeline-fixtures.ts';
import { timelineScenarios } from './support/timeline-scenarios.ts';

const open = useBrowser();
const timeline = { page: 'timeline' } as const;

const rowOf = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Services and their steps' }).locator('.start-row').filter({ hasText: title });
const changes = (page: Page) => page.locator('.change-row');
const asked = async (page: Page): Promise<number> =>
  page.evaluate(() => window.mock.sent.filter(({ name }) => name === 'timeline:get').length);
const place = (page: Page) =>
  page.evaluate(() => window.mock.sent.filter(({ name }) => name === 'logs:open').map(({ input }) => input));

describe('the last start', () => {
  test('has every step of every service in words', async () => {
    const { page } = await open(timelineScenarios.ready, timeline);
    await rowOf(page, 'Grafana').waitFor();
    expect(await page.locator('.start-row').count()).toBe(7);
    const steps = await rowOf(page, 'Grafana').locator('.start-step').allTextContents();
    expect(steps).toEqual(['Pull 5.0 s', 'Create 300 ms', 'Start 400 ms', 'Ready 1.6 s']);
    expect(await page.getByText('Excalidraw took longest: 14 s, of which 11 s to download its image.').count()).toBe(1);
    expect(await page.getByText('Ready after 14 s').count()).toBe(1);
  });

  test('draws the bars where the times are', async () => {
    const { page } = await open(timelineScenarios.ready, timeline);
    await rowOf(page, 'Grafana').waitFor();
    const boxes = await rowOf(page, 'Grafana')
      .locator('.step-bar')
      .evaluateAll((bars) =>
        bars.map((bar) => {
          const track = (bar.parentElement as HTMLElement).getBoundingClientRect();
          const { left, width } = bar.getBoundingClientRect();
          return [((left - track.left) / track.width) * 14, (width / track.width) * 14];
        }),
      );
    const expected = [
      [0, 5],
      [5, 0.3],
      [5.3, 0.4],
      [5.7, 1.6],
    ];
    boxes.forEach(([from = 0, length = 0], index) => {
      expect(from).toBeCloseTo(expected[index]?.[0] ?? 0, 1);
      expect(length).toBeCloseTo(expected[index]?.[1] ?? 0, 1);
    });
    expect(boxes.length).toBe(4);
  });

  test('says what failed, what was left out, and leads to the lines of that moment', async () => {
    const { page } = await open(timelineScenarios.failed, timeline);
    await rowOf(page, 'Loki').waitFor();
    expect(await rowOf(page, 'Loki').locator('.start-step').last().textContent()).toBe('Ready failed after 6.2 s');
    expect(await rowOf(page, 'Grafana').locator('.start-step').last().textContent()).toBe('Start left out');
    expect(await page.getByText(/took longest/).count()).toBe(0);
    await page.getByRole('button', { name: 'Show the lines around it when Loki failed' }).click();
    await expect.poll(() => page.locator('.app').getAttribute('data-page')).toBe('logs');
    await expect.poll(() => place(page)).toContainEqual(expect.objectContaining({ services: ['loki'] }));
  });

  test('grows while it goes on, and ends also where nothing else changes', async () => {
    const { page } = await open(timelineScenarios.running, timeline);
    const outcome = page.locator('.start-outcome');
    await outcome.getByText(/^Under way for/).waitFor();
    const before = await outcome.textContent();
    await expect.poll(() => outcome.textContent(), { timeout: 20_000 }).not.toBe(before);
    await page.evaluate((view: TimelineView) => window.mock.setTimeline(view), timelineView());
    await outcome.getByText(/^Ready after/).waitFor({ timeout: 20_000 });
  });

  test('is told when there was none', async () => {
    const { page } = await open(timelineScenarios.none, timeline);
    await page.getByText(/^Nothing was started yet/).waitFor();
    await page.getByText(/^No service changed its state/).waitFor();
    expect(await page.locator('.start-row, .change-row').count()).toBe(0);
  });
});

describe('the changes', () => {
  test('are newest first, with their reasons, and lead to the lines around them', async () => {
    const { page } = await open(timelineScenarios.ready, timeline);
    await changes(page).first().waitFor();
    expect(await changes(page).nth(1).textContent()).toContain('Does not answer: connection refused');
    await changes(page).nth(1).getByRole('button').click();
    await expect.poll(() => page.locator('.app').getAttribute('data-page')).toBe('logs');
    await expect.poll(() => place(page)).toContainEqual(expect.objectContaining({ services: ['loki'] }));
  });

  test('are filtered by service and by what they came to', async () => {
    const { page } = await open(timelineScenarios.failed, timeline);
    await changes(page).first().waitFor();
    await page.getByLabel('Service', { exact: true }).selectOption({ label: 'Loki' });
    expect(await changes(page).locator('.change-service').allTextContents()).toEqual(['Loki', 'Loki', 'Loki', 'Loki']);
    await page.getByText('4 of 10 changes').waitFor();
    await page.getByLabel('Only failed and degraded').check();
    expect(await changes(page).locator('.change-to').allTextContents()).toEqual(['Failed', 'Degraded']);
    await page.getByLabel('Service', { exact: true }).selectOption({ label: 'Tempo' });
    await page.getByText('No change fits the filter.').waitFor();
  });

  test('are few at a time, and all of them in the end', async () => {
    const { page } = await open(timelineScenarios.many, timeline);
    await changes(page).first().waitFor();
    expect(await changes(page).count()).toBe(200);
    await page.getByLabel('Service', { exact: true }).selectOption({ label: 'Loki' });
    await page.getByText('714 of 5,000 changes').waitFor();
    const more = page.getByRole('button', { name: /^Show [0-9]+ older change/ });
    for (const shown of [400, 600, 714]) {
      await more.click();
      expect(await changes(page).count()).toBe(shown);
    }
    expect(await more.count()).toBe(0);
    await page.getByText('Only the newest 5,000 are kept here: there were more.').waitFor();
  });

  test('keep what strangers wrote as text', async () => {
    const { page } = await open(timelineScenarios.hostile, timeline);
    await changes(page).first().waitFor();
    expect(await page.locator('.change-reason img, .change-reason style, .change-reason a').count()).toBe(0);
    expect(await changes(page).first().textContent()).toContain('<img');
  });
});

describe('looking', () => {
  test('happens when a service changes and at no other time', async () => {
    const { page } = await open(timelineScenarios.ready, timeline);
    await changes(page).first().waitFor();
    await page.waitForTimeout(1000);
    const before = await asked(page);
    await page.waitForTimeout(5000);
    expect(await asked(page)).toBe(before);
    const { services, ...snapshot } = scenarios.degraded.snapshot;
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...snapshot, services, number: 2 });
    await expect.poll(() => asked(page), { timeout: 10_000 }).toBeGreaterThan(before);
  });

  test('that fails says why, and may be tried again', async () => {
    const { page } = await open(timelineScenarios.ready);
    await page.evaluate(() => window.mock.refuse('timeline:get', { ok: false, unexpected: 'ref-1' }));
    await page.keyboard.press('Control+4');
    await page.getByText('What happened could not be read').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await changes(page).first().waitFor();
    expect(await page.getByText('What happened could not be read').count()).toBe(0);
  });
});
