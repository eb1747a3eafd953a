import type { Page } from 'playwright-core';
import { line } from './log-lines.ts';
import { scenarios } from './scenarios.ts';

export const onlyGrafana = {
  ...scenarios.ready,
  snapshot: {
    ...scenarios.ready.snapshot,
    services: scenarios.ready.snapshot.services.filter((service) => service.id === 'grafana'),
  },
};
export const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => line('grafana', 1000 + from + index, `line ${from + index}`));

export async function lastShown(page: Page): Promise<string | null> {
  return page.locator('.log-text').last().textContent();
}

export async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
