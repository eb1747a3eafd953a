import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { numbered, setHidden } from './support/log-page.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();

describe('hostile lines', () => {
  test.each(['services', 'logs'] as const)('stay text on the %s page', async (pageName) => {
    const { page } = await open(scenarios.hostile, { page: pageName });
    const rows = page.locator(pageName === 'logs' ? '.log-text' : '.tail-text');
    await rows.first().waitFor();
    expect(await page.title()).not.toContain('taken');
    expect(await page.locator('#root :is(img, script, style, a[href^="javascript"])').count()).toBe(0);
    const text = await page.locator('main').textContent();
    // Neither escapes nor marks that turn the writing are left in the page.
    expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
    expect(text).toContain('invoice⟨U+202E⟩gnp.exe');
    if (pageName === 'logs') expect(text).toContain('1.2 MB in all');
  });
});

describe('the latest lines on the services page', () => {
  test('come by one session of five lines each, only while the page is seen', async () => {
    const { page, sent } = await open(scenarios.ready);
    await page.locator('.tail-text').first().waitFor();
    const opened = async () => (await sent()).filter((command) => command.name === 'logs:open');
    expect((await opened()).map((command) => command.input)).toEqual([
      { services: scenarios.ready.snapshot.services.map((service) => service.id), tail: 5 },
    ]);
    expect(await page.locator('[data-service="loki"] .tail-text').count()).toBe(5);

    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 9));
    await expect
      .poll(() => page.locator('[data-service="grafana"] .tail-text').allTextContents())
      .toEqual(['line 4', 'line 5', 'line 6', 'line 7', 'line 8']);

    await setHidden(page, true);
    await expect.poll(() => page.evaluate(() => window.mock.openSessions())).toEqual([]);
    await setHidden(page, false);
    await expect.poll(() => page.evaluate(() => window.mock.openSessions().length)).toBe(1);
    expect((await opened()).length).toBe(2);
  });

  test('a snapshot that changes one service draws only that one', async () => {
    const { page } = await open(scenarios.many);
    await page.locator('.tail-text').first().waitFor();
    const changed = await page.evaluate(async (snapshot) => {
      const touched = new Set<string>();
      const observer = new MutationObserver((records) => {
        for (const record of records) {
          const element = record.target instanceof Element ? record.target : record.target.parentElement;
          touched.add(element?.closest<HTMLElement>('[data-service]')?.dataset['service'] ?? 'elsewhere');
        }
      });
      observer.observe(document.querySelector('main') as Node, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      const services = snapshot.services.map((service) =>
        service.id === 'service-002' ? { ...service, reason: 'Something new' } : service,
      );
      window.mock.emit('snapshot', { ...snapshot, number: 2, services });
      await new Promise((resolve) => setTimeout(resolve, 100));
      observer.disconnect();
      return [...touched];
    }, scenarios.many.snapshot);
    expect(changed).toEqual(['service-002']);
  });
});
