// A click sends the one command it stands for, and nothing else.
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();
const button = (name: string) => ({ role: 'button', name }) as const;

describe('the stack', () => {
  test('starts, stops and cancels by the header', async () => {
    const off = await open(scenarios.off);
    await off.page.getByRole('button', { name: 'Start all services', exact: true }).click();
    expect(await off.commands()).toEqual([{ name: 'stack:up', input: {} }]);

    const ready = await open(scenarios.ready);
    await ready.page.getByRole('button', { name: 'Stop all services', exact: true }).click();
    expect(await ready.commands()).toEqual([{ name: 'stack:stop', input: {} }]);

    const working = await open(scenarios.working);
    await working.page.locator('.stack').getByRole('button', button('Cancel what is under way')).click();
    expect(await working.commands()).toEqual([{ name: 'stack:cancel', input: undefined }]);
  });

  test('a button that is off does nothing and keeps the focus', async () => {
    const { page, commands } = await open(scenarios.ready);
    const start = page.getByRole('button', { name: 'Start all services', exact: true });
    expect(await start.getAttribute('aria-disabled')).toBe('true');
    await start.focus();
    await page.keyboard.press('Enter');
    expect(await commands()).toEqual([]);
    expect(await start.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('is removed by the menu, and its data only when that was ticked', async () => {
    const { page, commands } = await open(scenarios.ready);
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.click();
    await page.getByRole('button', { name: 'Remove containers…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove containers' });
    await dialog.getByRole('button', { name: 'Keep everything' }).click();
    expect(await commands()).toEqual([]);

    await menu.click();
    await page.getByRole('button', { name: 'Remove containers…' }).click();
    await dialog.getByLabel('Also delete the data').check();
    await expect
      .poll(() => dialog.textContent())
      .toContain('the data of Prometheus, Grafana, Loki, Tempo and Alloy for good');
    expect(await dialog.textContent()).toContain('prometheus-data, grafana-data, loki-data, tempo-data and alloy-data');
    await page.keyboard.press('Escape');
    expect(await commands()).toEqual([]);

    // A tick that was left does not outlive the question.
    await menu.click();
    await page.getByRole('button', { name: 'Remove containers…' }).click();
    expect(await dialog.getByLabel('Also delete the data').isChecked()).toBe(false);
    await dialog.getByRole('button', { name: 'Remove containers', exact: true }).click();
    expect(await commands()).toEqual([{ name: 'stack:down', input: { removeVolumes: false } }]);

    await menu.click();
    await page.getByRole('button', { name: 'Remove containers…' }).click();
    await dialog.getByLabel('Also delete the data').check();
    await dialog.getByRole('button', { name: 'Remove containers and data' }).click();
    expect((await commands()).at(-1)).toEqual({ name: 'stack:down', input: { removeVolumes: true } });
  });

  test('the menu quits the app', async () => {
    const { page, commands } = await open(scenarios.off);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Quit Macula' }).click();
    expect(await commands()).toEqual([{ name: 'app:quit', input: undefined }]);
  });
});

describe('a service', () => {
  test('is opened, stopped and restarted', async () => {
    const { page, commands } = await open(scenarios.ready);
    for (const name of ['Open Grafana', 'Stop Grafana', 'Restart Grafana']) {
      await page.getByRole('button', { name, exact: true }).click();
    }
    await page.getByRole('button', { name: '127.0.0.6:3200', exact: true }).click();
    await page.getByRole('button', { name: 'Copy 172.23.0.20' }).click();
    expect(await commands()).toEqual([
      { name: 'link:open', input: { id: 'grafana:localhost' } },
      { name: 'stack:stop', input: { services: ['grafana'] } },
      { name: 'stack:restart', input: { services: ['grafana'] } },
      { name: 'link:open', input: { id: 'tempo:3200' } },
      { name: 'clipboard:write', input: { text: '172.23.0.20' } },
    ]);
  });

  test('that failed can be started again', async () => {
    const { page, commands } = await open(scenarios.failed);
    await page.getByRole('button', { name: 'Start Loki', exact: true }).click();
    expect(await commands()).toEqual([{ name: 'stack:up', input: { services: ['loki'] } }]);
  });

  test('leads to its own logs', async () => {
    const { page, sent } = await open(scenarios.ready);
    await page.getByRole('button', { name: 'Logs Tempo', exact: true }).click();
    await expect
      .poll(async () => (await sent()).filter((command) => command.name === 'logs:open').at(-1)?.input)
      .toEqual({ services: ['tempo'], tail: 500 });
  });
});

describe('what goes wrong', () => {
  const taken = shown({
    code: 'port-taken',
    service: 'grafana',
    address: '127.0.0.4',
    port: 3000,
    owner: 'node (process 812)',
  });

  test('is a banner whose button repeats the command', async () => {
    const { page, commands } = await open(scenarios.off);
    await page.evaluate((failure) => window.mock.refuse('stack:up', { ok: false, ...failure }), taken);
    await page.getByRole('button', { name: 'Start Grafana', exact: true }).click();
    const banner = page.getByRole('alert');
    await banner.waitFor();
    expect(await banner.textContent()).toContain(taken.text.title);
    expect(await banner.textContent()).toContain(taken.text.nextStep);
    await banner.getByRole('button', { name: 'Try again' }).click();
    await banner.waitFor({ state: 'detached' });
    const up = { name: 'stack:up', input: { services: ['grafana'] } };
    expect(await commands()).toEqual([up, up]);
  });

  test('is shown once when the snapshot tells it too', async () => {
    const { page } = await open(scenarios.off);
    await page.evaluate((failure) => window.mock.refuse('stack:up', { ok: false, ...failure }), taken);
    await page.getByRole('button', { name: 'Start all services', exact: true }).click();
    await page.evaluate((next) => window.mock.emit('snapshot', next), {
      ...scenarios.off.snapshot,
      number: 2,
      failures: [taken],
    });
    await expect.poll(() => page.getByRole('alert').count()).toBe(1);
    await page.getByRole('button', { name: /^Dismiss/ }).click();
    expect(await page.getByRole('alert').count()).toBe(0);
    // The next command's snapshot takes it back for good.
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...scenarios.off.snapshot, number: 3 });
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('a bug shows its reference', async () => {
    const { page, commands } = await open(scenarios.off);
    await page.evaluate(() => window.mock.refuse('stack:up', { ok: false, unexpected: 'bug-7f3a' }));
    await page.getByRole('button', { name: 'Start all services', exact: true }).click();
    await page.getByRole('alert').getByText('bug-7f3a').waitFor();
    await page.getByRole('button', { name: 'Copy the reference' }).click();
    expect((await commands()).at(-1)).toEqual({ name: 'clipboard:write', input: { text: 'bug-7f3a' } });
  });

  test('leads to the logs or the settings that its action names', async () => {
    const { page } = await open(scenarios.failed);
    await page.getByRole('button', { name: 'Show logs', exact: true }).click();
    await page.getByRole('log').waitFor();
    const checked = page.getByRole('checkbox', { checked: true });
    await expect.poll(() => checked.count()).toBe(1);
  });

  test('without an engine the card says what was tried and tries again', async () => {
    const { page, commands } = await open(scenarios.engineUnavailable);
    const card = page.locator('.engine-card');
    expect(await card.getByRole('row').count()).toBe(5);
    expect(await card.textContent()).toContain('permission denied');
    expect(await card.textContent()).toContain('Trying again by itself');
    await card.getByRole('button', { name: 'Try again', exact: true }).click();
    expect(await commands()).toEqual([{ name: 'engine:retry', input: undefined }]);
    await card.getByRole('button', { name: 'Choose an engine' }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });
});
