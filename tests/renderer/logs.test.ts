import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { lastShown, numbered, onlyGrafana, setHidden } from './support/log-page.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();

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
    await page.getByRole('listbox').evaluate((element) => element.scrollTo(0, 0));
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
    await expect.poll(() => page.evaluate(() => window.mock.openSessions())).toEqual([]);
    await page.evaluate((lines) => window.mock.write(lines), numbered(0, 1000));
    await page.waitForTimeout(200);
    expect(await page.locator('.log-status').textContent()).toContain('40 lines');
    await setHidden(page, false);
    await expect.poll(() => lastShown(page)).toBe('line 999');
    // None lost, none twice.
    await page.getByText('1,040 lines').waitFor();
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
    await page.getByText('The engine went away.').waitFor({ state: 'detached' });
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
