// The command palette and the shortcuts: everything by keyboard, told to a screen reader, and nothing taken from fields.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { useBrowser } from './support/browser.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();
const palette = (page: Page) => page.getByRole('dialog', { name: 'Commands' });
const field = (page: Page) => page.getByRole('combobox', { name: 'Find a command' });

async function chosen(page: Page): Promise<string | null> {
  const id = await field(page).getAttribute('aria-activedescendant');
  return page.evaluate((name) => document.getElementById(name ?? '')?.textContent ?? null, id);
}

async function doCommand(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await field(page).fill(words);
  await page.keyboard.press('Enter');
  await palette(page).waitFor({ state: 'hidden' });
}

describe('the palette', () => {
  test('opens, moves, wraps around and closes by keys', async () => {
    const { page, commands } = await open(scenarios.ready);
    await page.getByRole('button', { name: 'Restart Tempo' }).focus();
    await page.keyboard.press('Control+k');
    expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('logs of');
    await expect.poll(() => chosen(page)).toContain('Logs of Loki');
    expect(await page.getByRole('option', { selected: true }).count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => chosen(page)).toContain('Logs of Tempo');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    const last = await page.getByRole('option').last().textContent();
    await expect.poll(() => chosen(page)).toBe(last);
    await page.keyboard.press('Home');
    await expect.poll(() => chosen(page)).toContain('Logs of Loki');
    await page.keyboard.press('End');
    await expect.poll(() => chosen(page)).toBe(last);
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Restart');
    expect(await commands()).toEqual([]);
    // The same keys close it too, and the button opens it.
    await page.getByRole('button', { name: 'Commands' }).click();
    await palette(page).waitFor();
    await page.keyboard.press('Control+k');
    await palette(page).waitFor({ state: 'hidden' });
  });

  test('does what is asked, the last typed word counting', async () => {
    const { page, commands } = await open(scenarios.ready);
    for (const words of ['stop all', 'restart tempo', 'open grafana 3000', 'dashboard loki', 'copy otlp', 'quit']) {
      await doCommand(page, words);
    }
    await expect
      .poll(async () => (await commands()).map((command) => [command.name, command.input]))
      .toEqual([
        ['stack:stop', {}],
        ['stack:restart', { services: ['tempo'] }],
        ['link:open', { id: 'grafana:3000' }],
        ['link:open', { id: 'loki:dashboard' }],
        ['clipboard:write', { text: 'http://127.0.0.6:4318' }],
        ['app:quit', undefined],
      ]);
  });

  test('stays open when it is opened again before it is told that it was closed', async () => {
    const { page, commands } = await open(scenarios.ready);
    await page.keyboard.press('Control+k');
    await field(page).fill('stop all');
    // All in one task of the page, as on a busy machine: the dialog's own word comes after it.
    await page.evaluate(async () => {
      const press = (target: EventTarget | null, key: string, ctrlKey = false) =>
        target?.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
      press(document.activeElement, 'Enter');
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      press(document, 'k', true);
    });
    await palette(page).waitFor();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    expect(await palette(page).isVisible()).toBe(true);
    expect(await field(page).inputValue()).toBe('');
    expect((await commands()).map(({ name }) => name)).toEqual(['stack:stop']);
  });

  test('and so does the list of shortcuts, opened again before it is told that it was closed', async () => {
    const { page } = await open(scenarios.ready);
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await page.keyboard.press('?');
    await shortcuts.waitFor();
    await page.evaluate(async () => {
      const dialog = document.querySelector<HTMLDialogElement>('dialog.shortcuts');
      const closed = new Promise((resolve) => dialog?.addEventListener('close', resolve, { once: true }));
      dialog?.close();
      dialog?.showModal();
      await closed;
    });
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    expect(await shortcuts.getByRole('table').first().isVisible()).toBe(true);
  });

  test('leads to every page and its parts, and the focus with it', async () => {
    const { page } = await open(scenarios.ready);
    for (const [words, heading] of [
      ['telemetry kept', 'telemetry-kept'],
      ['host doctor', 'host-doctor'],
      ['settings dates', 'settings-language'],
      ['settings password', 'settings-password'],
      ['telemetry send', 'telemetry-send'],
    ] as const) {
      await doCommand(page, words);
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(heading);
    }
    await doCommand(page, 'go to figures');
    await expect.poll(() => page.title()).toBe('Figures – Macula');
  });

  test('checks everything and sends a signal', async () => {
    const { page, commands } = await open(scenarios.ready);
    await doCommand(page, 'check every');
    await page.getByText('Last checked at').waitFor();
    await doCommand(page, 'send a signal');
    await expect
      .poll(async () => (await commands()).map(({ name }) => name))
      .toEqual(['doctor:run', 'telemetry:signal']);
  });

  test('leads a failed service to its lines of that moment, and is offered first', async () => {
    const { page, sent } = await open(scenarios.failed);
    await page.keyboard.press('Control+k');
    await expect.poll(() => chosen(page)).toContain('What went wrong with Loki');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Logs', level: 1 }).waitFor({ state: 'attached' });
    await expect
      .poll(async () => (await sent()).findLast(({ name }) => name === 'logs:open')?.input)
      .toMatchObject({ services: ['loki'] });
  });

  test('asks before it removes containers', async () => {
    const { page, commands } = await open(scenarios.ready);
    await doCommand(page, 'remove containers');
    await page.getByRole('dialog', { name: 'Remove containers' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await commands()).toEqual([]);
  });

  test('shows what cannot be done with why, and does not do it', async () => {
    const { page, commands } = await open(scenarios.ready);
    await page.keyboard.press('Control+k');
    await field(page).fill('start grafana');
    const option = page.getByRole('option', { name: /^Start Grafana – it is ready/ });
    expect(await option.getAttribute('aria-disabled')).toBe('true');
    await option.click({ force: true });
    expect(await palette(page).isVisible()).toBe(true);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    expect(await commands()).toEqual([]);
    await field(page).fill('qqqq');
    await page.getByText('No command fits.').waitFor();
    await page.keyboard.press('Enter');
    expect(await commands()).toEqual([]);
  });

  test('offers first what was used last, also in the next window, but nothing that ends something', async () => {
    const { page } = await open(scenarios.ready);
    await doCommand(page, 'go to images');
    await doCommand(page, 'stop grafana');
    await page.reload();
    await page.getByRole('main').waitFor();
    await page.keyboard.press('Control+k');
    await expect.poll(() => chosen(page)).toContain('Go to Images');
  });

  test('holds with 200 services, and says how many more there are', async () => {
    const { page } = await open(scenarios.many);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('service 1');
    await page.getByText(/\d+ more: type on to find them/).waitFor();
    expect(await page.getByRole('option').count()).toBe(60);
    await page.keyboard.type('77 logs');
    await expect.poll(() => page.getByRole('option').first().textContent()).toContain('Logs of Service 177');
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious, %s', async (colorScheme) => {
    const { page } = await open(scenarios.failed, { colorScheme, reducedMotion: 'reduce' });
    await page.keyboard.press('Control+k');
    await field(page).fill('lo');
    await page.getByRole('option').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe('shortcuts', () => {
  test('do their command where it can be done', async () => {
    const { page, commands } = await open(scenarios.off);
    await page.keyboard.press('Control+Shift+Backspace');
    await page.keyboard.press('Control+.');
    await page.keyboard.press('Control+Enter');
    expect(await commands()).toEqual([{ name: 'stack:up', input: {} }]);
    const failed = await open(scenarios.failed);
    await failed.page.keyboard.press('Control+Shift+E');
    await expect.poll(() => failed.page.title()).toBe('Logs – Macula');
    await failed.page.keyboard.press('Control+Shift+D');
    await failed.page.getByText('Last checked at').waitFor();
  });

  test('take nothing from a field', async () => {
    const { page, commands } = await open(scenarios.ready, { page: 'settings' });
    const domain = page.getByLabel('Base domain');
    await domain.fill('');
    await domain.press('?');
    await domain.press('Control+Enter');
    await domain.press('Control+.');
    expect(await domain.inputValue()).toBe('?');
    await domain.press('Control+Backspace');
    expect(await domain.inputValue()).toBe('');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await commands()).toEqual([]);
  });

  test('wait while a dialog asks something', async () => {
    const { page } = await open(scenarios.ready);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Remove containers…' }).click();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+2');
    expect(await palette(page).count()).toBe(0);
    expect(await page.title()).toBe('Services – Macula');
  });

  test('are told in an overview, by ? and from the menu', async () => {
    const { page } = await open(scenarios.ready);
    await page.keyboard.press('?');
    const overview = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await overview.waitFor();
    const rows = await overview.getByRole('row').allTextContents();
    expect(rows).toContain('Go to SettingsCtrl8');
    expect(rows).toContain('Check everythingCtrlShiftD');
    // Every row has a name.
    expect(rows.filter((row) => /^(Ctrl|undefined)/.test(row))).toEqual([]);
    await page.keyboard.press('Escape');
    await overview.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await overview.waitFor();
  });
});
