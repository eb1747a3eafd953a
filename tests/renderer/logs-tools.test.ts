import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { mixedLetters } from '../support/mixed-letters.ts';
import { useBrowser } from './support/browser.ts';
import { line } from './support/log-lines.ts';
import { numbered, onlyGrafana } from './support/log-page.ts';
import { failedAt, logScenarios } from './support/log-scenarios.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();
const lines100 = { ...onlyGrafana, lines: numbered(0, 100) };

async function openLogs(scenario: Parameters<typeof open>[0] = lines100) {
  const opened = await open(scenario, { page: 'logs' });
  await opened.page.locator('.log-text').first().waitFor();
  return opened;
}

const current = (page: Page) => page.locator('.log-row[data-current] .log-text').textContent();
const count = (page: Page) => page.locator('.log-search-count').textContent();
const field = (page: Page) => page.getByLabel('Search in the lines');
const spoken = (page: Page) => page.locator('.visually-hidden[aria-live="polite"]').textContent();

describe('the search', () => {
  test('marks, counts, and goes to the next and the previous one by keys', async () => {
    const { page } = await openLogs();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('LINE 1');
    await expect.poll(() => count(page)).toBe('11 matches');
    await expect.poll(() => spoken(page)).toBe('11 matches');
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page)).toBe('1 of 11');
    expect(await current(page)).toBe('line 1');
    await page.keyboard.press('Enter');
    expect(await current(page)).toBe('line 10');
    await page.keyboard.press('F3');
    expect(await current(page)).toBe('line 11');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+F3');
    // Before the first one comes the last.
    await page.keyboard.press('Shift+F3');
    expect(await current(page)).toBe('line 19');
    expect(await page.locator('.log-row[data-current] mark').textContent()).toBe('line 1');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Shift+n');
    expect(await current(page)).toBe('line 18');
    await page.keyboard.press('n');
    expect(await current(page)).toBe('line 19');
    await page.getByText('Paused').waitFor();
  });

  test('tells capital letters apart, takes patterns, and says what is wrong with one', async () => {
    const { page } = await openLogs();
    await field(page).fill('LINE 1');
    await expect.poll(() => count(page)).toBe('11 matches');
    await page.getByRole('button', { name: 'Tell capital and small letters apart' }).click();
    await expect.poll(() => count(page)).toBe('No matches');
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await field(page).fill('line [0-4]$');
    await expect.poll(() => count(page)).toBe('5 matches');
    await field(page).fill('line [0-4');
    await page.getByText('At character 6: A set is opened with [ and not closed.').waitFor();
    expect(await field(page).getAttribute('aria-invalid')).toBe('true');
    await field(page).fill('(?=a)');
    await page.getByText(/nobody can say how long it would take/).waitFor();
    await page.keyboard.press('Escape');
    expect(await field(page).inputValue()).toBe('');
  });

  test('shows only what is found, of what comes too, and stays while another page is open', async () => {
    const { page } = await openLogs();
    await field(page).fill('7');
    await page.getByRole('button', { name: 'Only matching lines' }).click();
    await page.getByText('19 of 100 lines').waitFor();
    await page.evaluate((lines) => window.mock.write(lines), numbered(100, 10));
    await page.getByText('20 of 110 lines').waitFor();
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { level: 1, name: 'Everything is ready' }).waitFor();
    await page.keyboard.press('Control+2');
    await page.getByText('20 of 110 lines').waitFor();
    expect(await field(page).inputValue()).toBe('7');
  });

  // A whole minute of work: two hundred places at once, in a line of a megabyte.
  test('leaves the page quick while a pattern takes long', async () => {
    const costly = line('grafana', 1500, `${mixedLetters(1_000_000)}c`);
    const { page } = await openLogs({ ...onlyGrafana, lines: [...numbered(0, 100), costly, ...numbered(600, 5)] });
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await field(page).fill('[ab]*a[ab]{200}d|line 60\\d');
    await expect.poll(() => count(page)).toBe('5 matches so far');
    const frames = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const end = performance.now() + 3000;
          const next = (drawn: number) => {
            if (performance.now() > end) resolve(drawn);
            else requestAnimationFrame(() => next(drawn + 1));
          };
          next(0);
        }),
    );
    expect(frames).toBeGreaterThan(10);
    expect(await count(page)).toBe('5 matches so far');
    await field(page).press('Enter');
    await expect.poll(() => count(page)).toBe('1 of 5 so far');
    await field(page).fill('[ab]*a[ab]{200}d');
    await expect.poll(() => count(page)).toBe('Searching');
    await field(page).press('Enter');
    await expect.poll(() => spoken(page)).toBe('Searching');
    await page.getByRole('button', { name: 'Only matching lines' }).click();
    await page.getByText('No line yet that passes the filter and the search').waitFor();
    await field(page).fill('line 1$');
    await expect.poll(() => count(page)).toBe('1 match');
  });

  test('says so where what was found is not shown', async () => {
    const { page } = await openLogs(logScenarios.structured);
    await field(page).fill('"msg":"request');
    await page.getByText('found in what is not shown').first().waitFor();
    await page.getByRole('button', { name: 'Fields' }).click();
    await expect.poll(() => page.locator('.log-text mark').first().textContent()).toBe('"msg":"request');
  });
});

describe('the filters', () => {
  test('of levels and streams count and hide', async () => {
    const { page } = await openLogs(logScenarios.structured);
    const levels = page.getByRole('group', { name: 'Levels' });
    expect(await levels.getByRole('button').allTextContents()).toEqual([
      'Error 24',
      'Warning 12',
      'Info 12',
      'Debug 12',
      'Trace 0',
      'No level 12',
    ]);
    await levels.getByRole('button', { name: 'Error' }).click();
    await page.getByText('48 of 72 lines').waitFor();
    await levels.getByRole('button', { name: 'Error' }).click();
    await page.getByLabel('Stream').selectOption('stderr');
    await expect.poll(() => page.locator('.log-status').textContent()).toContain('10 of 72 lines');
    expect(new Set(await page.locator('.log-row .stream-mark').allTextContents())).toEqual(new Set(['err']));
    await field(page).fill('no such thing');
    await page.getByRole('button', { name: 'Only matching lines' }).click();
    await page.getByText('No line passes the filter and the search.').waitFor();
  });
});

describe('the lines by keyboard', () => {
  test('are gone through, opened, chosen and copied', async () => {
    const { page, commands } = await openLogs();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowUp');
    expect(await current(page)).toBe('line 99');
    await page.keyboard.press('k');
    expect(await current(page)).toBe('line 98');
    await page.keyboard.press('Home');
    expect(await current(page)).toBe('line 0');
    await page.keyboard.press('j');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await page.getByRole('listbox').getByRole('option', { selected: true }).count()).toBe(3);
    await page.getByRole('button', { name: 'Copy 3 lines' }).waitFor();
    await page.keyboard.press('Control+c');
    await expect.poll(async () => (await commands()).at(-1)?.name).toBe('clipboard:write');
    const copied = (await commands()).at(-1)?.input as { text: string };
    expect(copied.text.split('\n').map((line) => line.replace(/^\S+ /, ''))).toEqual([
      'grafana line 1',
      'grafana line 2',
      'grafana line 3',
    ]);
    const id = await page.locator('.log-row[data-current]').getAttribute('id');
    expect(await page.getByRole('listbox').getAttribute('aria-activedescendant')).toBe(id);
    await page.keyboard.press('End');
    await page.getByText('Following').waitFor();
  });

  test('one is shown in full, and what belongs to it', async () => {
    const { page, commands } = await openLogs(logScenarios.structured);
    await page.locator('.log-row', { hasText: 'cannot connect' }).last().click();
    const detail = page.getByRole('region', { name: 'Line', exact: true });
    await detail.waitFor();
    expect(await detail.getByRole('row').allTextContents()).toEqual([
      'FieldValue',
      'Messagecannot connect',
      'severityERROR',
      'errordial tcp 127.0.0.1:5432: connect: connection refused',
      'attempt3',
    ]);
    await detail.getByRole('button', { name: 'Copy line' }).click();
    expect((await commands()).at(-1)).toMatchObject({
      name: 'clipboard:write',
      input: { text: expect.stringMatching(/^\{"severity":"ERROR"/) },
    });
    await detail.getByRole('button', { name: 'Open in Grafana' }).click();
    await expect.poll(async () => (await commands()).at(-1)?.name).toBe('logs:explore');
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');
  });

  test('stay where they are when they are broken, whatever comes', async () => {
    const { page } = await openLogs(logScenarios.long);
    await page.getByRole('button', { name: 'Wrap' }).click();
    const row = page.locator('.log-row', { hasText: 'a line that is too long' }).last();
    expect((await row.boundingBox())?.height).toBeGreaterThan(60);
    await page.getByRole('listbox').hover();
    await page.mouse.wheel(0, -500);
    await page.getByText('Paused').waitFor();
    const box = () => page.locator('.log-row', { hasText: '0123456789abcdef' }).last().boundingBox();
    const before = await box();
    const next = Array.from({ length: 50 }, (_, index) => ({
      service: 'loki',
      stream: 'stdout' as const,
      timestamp: new Date(Date.now() + index).toISOString(),
      text: 'new '.repeat(200),
    }));
    await page.evaluate((lines) => window.mock.write(lines), next);
    await page.getByRole('button', { name: '50 new' }).waitFor();
    expect((await box())?.y).toBeCloseTo(before?.y ?? 0, 0);
  });
});

describe('a moment', () => {
  test('is led to from a failed service in one step, and back', async () => {
    const { page, sent } = await open(logScenarios.failing);
    await page.locator('[data-service="loki"]').getByRole('button', { name: 'Show the evidence' }).click();
    await page.locator('.log-divider').waitFor();
    const opened = (await sent()).filter((command) => command.name === 'logs:open').at(-1);
    expect(opened?.input).toEqual({
      services: ['loki'],
      tail: 0,
      span: { from: failedAt - 300_000, to: failedAt + 300_000 },
    });
    // In sight: the error right before it.
    expect(await page.locator('.log-text', { hasText: 'validating config' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
    await page.getByRole('button', { name: '10 min earlier' }).click();
    await expect
      .poll(async () => (await sent()).filter((command) => command.name === 'logs:open').at(-1)?.input)
      .toMatchObject({ span: { to: failedAt - 300_000 } });
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText('Following').waitFor();
    await expect.poll(() => page.evaluate(() => window.mock.openSessions().length)).toBe(1);
  });

  test('is led to from a failure too', async () => {
    const { page } = await open(logScenarios.failing);
    await page.getByRole('alert').first().getByRole('button', { name: 'Show the evidence' }).click();
    await page.locator('.log-divider').waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
  });

  test('is not filled beyond half of what is kept', async () => {
    const { page } = await open({ ...onlyGrafana, lines: [] }, { page: 'logs' });
    await page.evaluate((at) => window.mock.emit('navigate', { page: 'logs', service: 'grafana', at }), failedAt);
    await page.getByText('No lines are kept from this time.').waitFor();
    // Its session, as long as it is open, is the next one.
    await page.evaluate((at) => {
      window.mock.hold('logs:open');
      window.mock.emit('navigate', { page: 'logs', service: 'grafana', at: at + 1 });
    }, failedAt);
    await page.waitForTimeout(100);
    await page.evaluate((at) => {
      const opens = window.mock.sent.filter((command) => command.name === 'logs:open').length;
      window.mock.release('logs:open');
      for (let batch = 1; batch <= 4; batch += 1) {
        const text = Array.from({ length: 10_000 }, (_, index) => {
          const time = new Date(at + batch * 60_000 + index).toISOString();
          return `0o${time} line ${index}`;
        }).join('\n');
        window.mock.emit('logs', {
          session: opens,
          batch,
          lines: { services: ['grafana'], count: 10_000, text },
          ended: false,
        });
      }
    }, failedAt);
    await page.getByText('More lines follow than fit').waitFor();
    // 25,000 are enough; the fourth batch was not wanted any more.
    expect(await page.locator('.log-status').textContent()).toContain('30,000 lines');
  });

  test('is gone to by its time: within what is kept, or beyond', async () => {
    const { page, sent } = await openLogs(logScenarios.structured);
    const opened = async () => (await sent()).filter((command) => command.name === 'logs:open').length;
    const before = await opened();
    const first = await page.locator('.log-time').first().getAttribute('datetime');
    const time = new Date(Date.parse(first ?? '') + 2000);
    const two = (value: number) => String(value).padStart(2, '0');
    const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
    await page.getByLabel('Go to a time', { exact: true }).fill(clock);
    await page.keyboard.press('Enter');
    await page.getByText('Paused').waitFor();
    expect(await page.locator('.log-row[data-current] .log-time').textContent()).toMatch(/^\d\d:\d\d:\d\d/);
    expect(await opened()).toBe(before);
    await page.getByLabel('Go to a time', { exact: true }).fill('noon');
    await page.keyboard.press('Enter');
    await page.getByText('This is no time.').waitFor();
    await page.getByLabel('Go to a time', { exact: true }).fill('2020-02-03 04:05');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await sent()).filter((command) => command.name === 'logs:open').at(-1)?.input)
      .toMatchObject({ span: { from: new Date(2020, 1, 3, 4, 0).getTime() } });
  });
});

describe('what is shown', () => {
  test('is saved under a name that says what it is', async () => {
    const { page, commands } = await openLogs();
    await field(page).fill('line 9');
    await page.getByRole('button', { name: 'Only matching lines' }).click();
    await page.getByText('11 of 100 lines').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await commands()).at(-1)?.name).toBe('logs:save');
    const last = (await commands()).at(-1);
    const { name, text } = last?.name === 'logs:save' ? last.input : { name: '', text: '' };
    expect(name).toMatch(/^macula-grafana-\d{4}-\d\d-\d\d-\d{6}\.log$/);
    expect(text.endsWith('grafana line 99\n')).toBe(true);
    expect(text.split('\n').length).toBe(12);
    await expect.poll(() => spoken(page)).toBe('11 lines saved.');
  });

  test('is opened in Grafana with the same services, time and search', async () => {
    const { page, commands } = await openLogs(scenarios.ready);
    await field(page).fill('level');
    await page.getByRole('button', { name: 'Open in Grafana' }).click();
    await expect.poll(async () => (await commands()).at(-1)?.name).toBe('logs:explore');
    const input = (await commands()).at(-1)?.input as { span: { from: number; to: number } };
    expect(input).toMatchObject({
      services: scenarios.ready.snapshot.services.map(({ id }) => id),
      search: { words: 'level', isPattern: false, isCaseKept: false },
    });
    expect(input.span.to).toBeGreaterThan(input.span.from);
  });
});
