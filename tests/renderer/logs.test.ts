import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { useBrowser } from './support/browser.ts';
import { line } from './support/log-lines.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();
const onlyGrafana = {
  ...scenarios.ready,
  snapshot: {
    ...scenarios.ready.snapshot,
    services: scenarios.ready.snapshot.services.filter((service) => service.id === 'grafana'),
  },
};
const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => line('grafana', 1000 + from + index, `line ${from + index}`));

async function lastShown(page: Page): Promise<string | null> {
  return page.locator('.log-text').last().textContent();
}

async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

describe('the logs page', () => {
  test('follows, pauses when scrolled up, says how many came, and goes on', async () => {
    const { page } = await open(onlyGrafana, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 300));
    await expect.poll(() => lastShown(page)).toBe('line 299');

    await page.getByRole('log').hover();
    await page.mouse.wheel(0, -2000);
    await page.getByText('Paused').waitFor();
    const middle = await page.locator('.log-text').nth(10).textContent();
    await page.evaluate((lines) => window.mock.write(lines), numbered(300, 12));
    const more = page.getByRole('button', { name: '12 new' });
    await more.waitFor();
    expect(await page.locator('.log-text').nth(10).textContent()).toBe(middle);

    await more.click();
    await expect.poll(() => lastShown(page)).toBe('line 311');
    await page.getByText('Following').waitFor();
    await page.evaluate((lines) => window.mock.write(lines), numbered(312, 1));
    await expect.poll(() => lastShown(page)).toBe('line 312');
  });

  test('can be scrolled up in the middle of a flood', async () => {
    const { page } = await open(onlyGrafana, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    const lines = numbered(0, 20);
    await page.evaluate((batch) => {
      let round = 0;
      const flood = () => {
        round += 1;
        const later = new Date(Date.now() + round).toISOString();
        window.mock.write(batch.map((line) => ({ ...line, timestamp: later })));
        requestAnimationFrame(flood);
      };
      flood();
    }, lines);
    await page.getByRole('log').hover();
    await page.waitForTimeout(300);
    await page.mouse.wheel(0, -600);
    await page.getByRole('button', { name: /^[\d,]+ new$/ }).waitFor();
    const top = () => page.locator('.log-text').nth(10).textContent();
    const before = await top();
    await page.waitForTimeout(300);
    expect(await top()).toBe(before);
    expect(await page.locator('.log-status').textContent()).toContain('Paused');
  });

  test('keeps 50,000 lines, counts what it let go, and draws only what is in sight', async () => {
    const { page } = await open(onlyGrafana, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 60_000));
    await page.getByText('50,000 lines').waitFor();
    // 40 were there before.
    await page.getByText('10,040 older ones let go').waitFor();
    expect(await lastShown(page)).toBe('line 59999');
    expect(await page.locator('.log-row').count()).toBeLessThan(120);
    await page.getByRole('log').evaluate((element) => element.scrollTo(0, 0));
    await expect.poll(() => page.locator('.log-text').first().textContent()).toBe('line 10000');
  }, 60_000);

  test('acknowledges every batch once, and closes its session when left', async () => {
    const { page, sent } = await open(onlyGrafana, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 1000));
    await expect.poll(() => lastShown(page)).toBe('line 999');
    await page.keyboard.press('Control+3');
    await expect.poll(() => page.evaluate(() => window.mock.openSessions())).toEqual([]);
    const all = await sent();
    const opened = all.filter((command) => command.name === 'logs:open');
    const closed = all.filter((command) => command.name === 'logs:close');
    expect(closed.length).toBe(opened.length);
    const batches = all
      .filter((command) => command.name === 'logs:acknowledge')
      .map((command) => JSON.stringify(command.input));
    expect(new Set(batches).size).toBe(batches.length);
  });

  test('reads nothing on while nobody sees it', async () => {
    const { page } = await open(onlyGrafana, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    await setHidden(page, true);
    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 1000));
    await page.waitForTimeout(200);
    // The batch that was under way, and no further one.
    expect(await page.locator('.log-status').textContent()).toContain('296 lines');
    await setHidden(page, false);
    await expect.poll(() => lastShown(page)).toBe('line 999');
  });

  test('shows chosen services only, and opens one session for them', async () => {
    const { page, sent } = await open(scenarios.ready, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    await page.getByRole('button', { name: 'None' }).click();
    await page.getByText('Choose a service to see its lines').waitFor();
    await page.getByRole('checkbox', { name: /Loki/ }).check();
    await page.getByRole('checkbox', { name: /Tempo/ }).check();
    await page.locator('.log-text').first().waitFor();
    expect([...new Set(await page.locator('.log-service').allTextContents())].sort()).toEqual(['Loki', 'Tempo']);
    const last = (await sent()).filter((command) => command.name === 'logs:open').at(-1);
    expect(last?.input).toEqual({ services: ['loki', 'tempo'], tail: 500 });
    expect(await page.evaluate(() => window.mock.openSessions().length)).toBe(1);
  });

  test('keeps its session while services come and go', async () => {
    const { page } = await open(onlyGrafana, { page: 'logs' });
    await page.getByText('40 lines').waitFor();
    const before = await page.evaluate(() => window.mock.openSessions());
    const [grafana] = onlyGrafana.snapshot.services;
    const next = {
      ...onlyGrafana.snapshot,
      number: 2,
      services: [{ ...grafana, containerId: 'another', state: 'starting' }],
    };
    await page.evaluate((snapshot) => window.mock.emit('snapshot', snapshot as never), next);
    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 1));
    await page.getByText('41 lines').waitFor();
    expect(await page.evaluate(() => window.mock.openSessions())).toEqual(before);
  });

  test('goes on without repeating itself when the engine is back', async () => {
    const { page } = await open(onlyGrafana, { page: 'logs' });
    await page.getByText('40 lines').waitFor();
    const gone = { ...scenarios.engineUnavailable.snapshot, services: onlyGrafana.snapshot.services, number: 2 };
    await page.evaluate((snapshot) => window.mock.emit('snapshot', snapshot), gone);
    await expect.poll(() => page.evaluate(() => window.mock.openSessions())).toEqual([]);
    await page.evaluate((snapshot) => window.mock.emit('snapshot', snapshot), { ...onlyGrafana.snapshot, number: 3 });
    await expect.poll(() => page.evaluate(() => window.mock.openSessions())).toHaveLength(1);
    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 1));
    await page.getByText('41 lines').waitFor();
  });

  test('says why a stream ended and opens it again', async () => {
    const { page } = await open(onlyGrafana, { page: 'logs' });
    await page.locator('.log-text').first().waitFor();
    await page.evaluate(() => window.mock.endStreams('The engine went away.'));
    await page.getByText('The engine went away.').waitFor();
    await page.getByRole('button', { name: 'Open again' }).click();
    await expect.poll(() => page.evaluate(() => window.mock.openSessions().length)).toBe(1);
    expect(await page.getByText('The engine went away.').count()).toBe(0);
  });

  test('copies all kept lines', async () => {
    const { page, commands } = await open(onlyGrafana, { page: 'logs' });
    await page.getByText('40 lines').waitFor();
    await page.getByRole('button', { name: 'Copy all' }).click();
    const last = (await commands()).at(-1);
    const text = last?.name === 'clipboard:write' ? last.input.text.split('\n') : [];
    expect(text.length).toBe(40);
    expect(text[0]).toMatch(/^\d{4}-\d\d-\d\dT\S+Z grafana logger=/);
  });

  test('is asked for by the tray', async () => {
    const { page } = await open(scenarios.ready);
    await page.evaluate(() => window.mock.emit('navigate', { page: 'logs', service: 'tempo' }));
    await page.locator('.log-text').first().waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
    expect(await page.title()).toBe('Logs – Macula');
  });
});

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
