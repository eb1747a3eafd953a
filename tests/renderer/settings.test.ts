// What the Settings page says before it changes anything, what it sends, and what it refuses.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { SettingsEffects } from '../../electron/core/settings-effects.ts';
import type { Scenario } from './mock-bridge.ts';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { scenarios } from './support/scenarios.ts';
import { noEffects, settingsScenario } from './support/settings-fixtures.ts';

const open = useBrowser();
const onSettings = (scenario: Scenario = scenarios.ready) => open(scenario, { page: 'settings' });
const restarts: SettingsEffects = { ...noEffects, replaced: ['Grafana', 'Ingress'], stopped: ['Tempo'] };
const withEffects = (effects: SettingsEffects): Scenario => ({
  ...scenarios.ready,
  settingsChange: settingsScenario({ effects }),
});
const sheet = (page: Page) => page.getByRole('dialog', { name: /^(Change:|Reset)/ });
const isFocused = (page: Page, name: string) =>
  page.evaluate((words) => document.activeElement?.textContent === words, name);

describe('a change that restarts nothing', () => {
  test('is saved at once, one after the other', async () => {
    const { page, commands } = await onSettings();
    const domain = page.getByLabel('Base domain');
    await domain.fill('lab.test');
    await domain.press('Enter');
    await page.getByRole('switch', { name: 'Publish port 80' }).click();
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await page.getByRole('switch', { name: 'Excalidraw' }).click();
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await page.getByRole('switch', { name: 'Start the stack with the app' }).click();
    await page.getByRole('switch', { name: 'Tell the desktop what matters' }).click();
    await page.getByLabel('Port of all pages').fill('8081');
    await page.getByLabel('Log lines in the window').fill('80000');
    await page.getByLabel('Log lines in the window').press('Enter');
    await expect
      .poll(async () => (await commands()).map((command) => command.input))
      .toEqual([
        { baseDomain: 'lab.test' },
        { publishPort80: false },
        { disabledServices: ['tempo'] },
        { disabledServices: ['tempo', 'excalidraw'] },
        { disabledServices: ['excalidraw'] },
        { startStackWithApp: true },
        { notifications: false },
        { httpPort: 8081 },
        { logLines: 80_000 },
      ]);
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('is refused in words beside its field where it is not valid, and not sent', async () => {
    const { page, commands } = await onSettings();
    for (const [label, bad, words] of [
      ['Base domain', 'Not A Domain', 'Two or more parts joined by dots'],
      ['Port of all pages', '80', 'A whole number from 1024 to 65535.'],
      ['Grafana', '9090', 'that no other service here has'],
      ['Days (Logs)', '0', 'A whole number from 1 to 365.'],
      ['GB at most (Traces)', 'many', 'From 0.1 to 10000.'],
      ['Log lines in the window', '999', 'A whole number from 1000 to 200000.'],
    ] as const) {
      const field = page.getByRole('textbox', { name: label, exact: true });
      const before = await field.inputValue();
      await field.fill(bad);
      await field.press('Enter');
      await page.getByRole('alert').getByText(words).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      await field.press('Escape');
      expect(await field.inputValue()).toBe(before);
      expect(await field.getAttribute('aria-invalid')).toBe('false');
    }
    expect(await commands()).toEqual([]);
  });

  test('takes the click that leaves a field, whatever is said about the field', async () => {
    const { page, commands } = await onSettings();
    await page.getByLabel('Base domain').fill('Nope');
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await expect.poll(commands).toEqual([{ name: 'settings:change', input: { disabledServices: ['tempo'] } }]);
    await page.getByLabel('Base domain').fill('lab.test');
    await page.getByRole('switch', { name: 'Loki' }).click();
    await expect
      .poll(async () => (await commands()).slice(1).map((command) => command.input))
      .toEqual([{ baseDomain: 'lab.test' }, { disabledServices: ['tempo', 'loki'] }]);
  });
});

describe('a change that restarts something', () => {
  test('says so first, and is left without a trace', async () => {
    const { page, commands } = await onSettings(withEffects(restarts));
    const tempo = page.getByRole('switch', { name: 'Tempo' });
    for (const leave of ['Escape', 'button'] as const) {
      await tempo.click();
      await sheet(page).waitFor();
      const words = await sheet(page).textContent();
      expect(words).toContain('Change: Tempo off');
      expect(words).toContain('Replaces Grafana and Ingress.');
      expect(words).toContain('Stops and removes Tempo. The data stays.');
      expect(await isFocused(page, 'Change: Tempo off')).toBe(true);
      if (leave === 'Escape') await page.keyboard.press('Escape');
      else await sheet(page).getByRole('button', { name: 'Leave it' }).click();
      await sheet(page).waitFor({ state: 'hidden' });
      expect(await tempo.isChecked()).toBe(true);
      expect(await tempo.evaluate((element) => element === document.activeElement)).toBe(true);
    }
    expect(await commands()).toEqual([]);
  });

  test('takes back what was typed when it is left', async () => {
    const { page, commands } = await onSettings(withEffects(restarts));
    const domain = page.getByLabel('Base domain');
    await domain.fill('lab.test');
    await domain.press('Enter');
    await sheet(page).getByRole('button', { name: 'Leave it' }).click();
    await expect.poll(() => domain.inputValue()).toBe('macula.local');
    expect(await commands()).toEqual([]);
  });

  test('is saved and applied', async () => {
    const { page, commands } = await onSettings(withEffects(restarts));
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await sheet(page).getByRole('button', { name: 'Save and apply now' }).click();
    await page.getByText('Saved, and being applied.').waitFor();
    expect(await commands()).toEqual([
      { name: 'settings:change', input: { disabledServices: ['tempo'] } },
      { name: 'stack:up', input: {} },
    ]);
  });

  test('is saved for the next Start, and waits in sight until that comes', async () => {
    const { page, commands } = await onSettings(withEffects(restarts));
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await sheet(page).getByRole('button', { name: 'Save for the next Start' }).click();
    await page.getByText('Saved for the next Start.').waitFor();
    expect(await commands()).toEqual([{ name: 'settings:change', input: { disabledServices: ['tempo'] } }]);
    await page.getByText('Some changes wait for the next Start').waitFor();
    await page.getByRole('button', { name: 'Apply now' }).click();
    expect((await commands()).at(-1)).toEqual({ name: 'stack:up', input: {} });
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...scenarios.working.snapshot, number: 2 });
    await page.getByText('Some changes wait for the next Start').waitFor({ state: 'detached' });
  });

  test('cannot be applied while something is under way, but saved', async () => {
    const { page, commands } = await onSettings({
      ...scenarios.working,
      settingsChange: settingsScenario({ effects: restarts }),
    });
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await sheet(page).getByText('Something is under way just now').waitFor();
    const now = sheet(page).getByRole('button', { name: 'Save and apply now' });
    expect(await now.getAttribute('aria-disabled')).toBe('true');
    await now.click({ force: true });
    expect(await commands()).toEqual([]);
    await sheet(page).getByRole('button', { name: 'Save for the next Start' }).click();
    await expect.poll(async () => (await commands()).length).toBe(1);
  });

  test('is asked about also when what it restarts is not known', async () => {
    const { page, commands } = await onSettings();
    await page.evaluate(
      (failure) => window.mock.refuse('settings:preview', { ok: false, ...failure }),
      shown({ code: 'busy', running: 'up' }),
    );
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await sheet(page).getByText('What this would restart could not be found out').waitFor();
    await sheet(page).getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(commands).toEqual([{ name: 'settings:change', input: { disabledServices: ['tempo'] } }]);
  });

  test('a page that is left takes its question along', async () => {
    const { page, commands } = await onSettings(withEffects(restarts));
    await page.getByRole('switch', { name: 'Tempo' }).click();
    await sheet(page).waitFor();
    await page.evaluate(() => window.mock.emit('navigate', { page: 'logs' }));
    await page.getByRole('log').waitFor();
    await page.evaluate(() => window.mock.emit('navigate', { page: 'settings' }));
    await page.getByRole('switch', { name: 'Tempo' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('switch', { name: 'Loki' }).click();
    await sheet(page).getByRole('button', { name: 'Save for the next Start' }).click();
    await expect.poll(commands).toEqual([{ name: 'settings:change', input: { disabledServices: ['loki'] } }]);
  });
});

describe('the engine', () => {
  const engines = [
    ...settingsScenario().engines,
    {
      endpoint: 'unix:///run/user/1000/docker.sock',
      foundBy: 'the usual place of a rootless Docker',
      product: 'Docker Engine 29.0.0',
      isInUse: false,
    },
  ];
  const scenario: Scenario = {
    ...scenarios.ready,
    settingsChange: settingsScenario({ engines, effects: { ...noEffects, reconnects: true } }),
  };

  test('is chosen from those that answer, with why the others do not', async () => {
    const { page, commands } = await onSettings(scenario);
    await page.getByText('2 other places were tried').click();
    expect(await page.getByRole('row').count()).toBe(3);
    // The arrow keys choose; only the button changes.
    await page.getByRole('radio', { name: /Find it automatically/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: /Docker Engine 29/ }).isChecked()).toBe(true);
    expect(await commands()).toEqual([]);
    await page.getByRole('button', { name: 'Use this engine' }).click();
    await sheet(page).getByText('Containers there keep running').waitFor();
    await sheet(page).getByRole('button', { name: 'Save', exact: true }).click();
    await expect
      .poll(commands)
      .toEqual([{ name: 'settings:change', input: { engineEndpoint: 'unix:///run/user/1000/docker.sock' } }]);
  });

  test('may have another address, which is checked', async () => {
    const { page, commands } = await onSettings();
    await page.getByRole('radio', { name: 'Another address' }).check();
    const address = page.getByLabel('Engine address');
    await address.fill('10.0.0.8');
    await address.press('Enter');
    await page.getByText('This is no engine address').waitFor();
    expect(await commands()).toEqual([]);
    await address.fill('tcp://10.0.0.8:2375');
    await page.getByRole('button', { name: 'Use this engine' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.getByRole('radio', { name: /Find it automatically/ }).check();
    await page.getByRole('button', { name: 'Use this engine' }).click();
    await expect
      .poll(async () => (await commands()).map((command) => command.input))
      .toEqual([{ engineEndpoint: 'tcp://10.0.0.8:2375' }, { engineEndpoint: 'auto' }]);
  });

  test('is looked for again on demand', async () => {
    const { page, sent } = await onSettings();
    const looks = async () => (await sent()).filter(({ name }) => name === 'engine:list').length;
    await page.getByRole('radio', { name: /Docker Engine 28/ }).waitFor();
    const before = await looks();
    await page.evaluate((found) => window.mock.setSettingsChange({ engines: found }), engines);
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('radio', { name: /Docker Engine 29/ }).waitFor();
    expect(await looks()).toBe(before + 1);
  });
});

describe('ports and limits', () => {
  test('a port for other machines is sent only where it is not the usual one', async () => {
    const { page, commands } = await onSettings();
    const grafana = page.getByRole('textbox', { name: 'Grafana', exact: true });
    await grafana.fill('3001');
    await grafana.press('Enter');
    await page.getByRole('textbox', { name: 'Alloy (4317)' }).fill('14317');
    await page.getByRole('textbox', { name: 'Alloy (4317)' }).press('Enter');
    await grafana.fill('3000');
    await grafana.press('Enter');
    await expect
      .poll(async () => (await commands()).map((command) => command.input))
      .toEqual([
        { lanPorts: { '3000': 3001 } },
        { lanPorts: { '3000': 3001, '4317': 14_317 } },
        { lanPorts: { '4317': 14_317 } },
      ]);
  });

  test('a narrower limit deletes, so it is asked about; a wider one is not', async () => {
    const { page, commands } = await onSettings();
    const days = page.getByRole('textbox', { name: 'Days (Logs)' });
    await days.fill('3');
    await days.press('Enter');
    await sheet(page).getByText('Logs beyond the new limit are deleted for good.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => days.inputValue()).toBe('7');
    expect(await commands()).toEqual([]);
    await days.fill('14');
    await days.press('Enter');
    await expect.poll(async () => (await commands()).length).toBe(1);
    const [sent] = await commands();
    expect(sent?.name === 'settings:change' && sent.input.retention?.logs).toEqual({ days: 14, gigabytes: 4 });
  });
});

describe('the password of Grafana', () => {
  test('is changed without being asked for the one that the app knows', async () => {
    const { page, commands } = await onSettings();
    await page.getByRole('button', { name: 'Change the password…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the password of Grafana' });
    expect(await dialog.getByLabel('Password that Grafana takes now').count()).toBe(0);
    await dialog.getByLabel('New password', { exact: true }).fill('hunt');
    await dialog.getByLabel('New password once more').fill('hunter');
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await dialog.getByText('Five characters at least.', { exact: true }).waitFor();
    await dialog.getByText('This is not the same').waitFor();
    expect(await commands()).toEqual([]);
    await dialog.getByLabel('New password', { exact: true }).fill('a better one');
    await dialog.getByLabel('New password once more').fill('a better one');
    await dialog.getByLabel('New password once more').press('Enter');
    await page.getByText('Password changed.').first().waitFor();
    expect(await commands()).toEqual([{ name: 'password:change', input: { next: 'a better one' } }]);
    await page.getByText('in this desktop’s keychain. Grafana takes it.').waitFor();
    // Nothing that was typed is left behind.
    expect(
      await page
        .locator('input[type="password"]')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    ).toEqual(['', '']);
  });

  test('asks for the one in use where the app does not know it, and says why it was refused', async () => {
    const { page, commands } = await onSettings({
      ...scenarios.ready,
      settingsChange: settingsScenario({ password: { kept: 'file', wouldKeep: 'file', grafana: 'refused' } }),
    });
    await page.getByText('it was changed elsewhere').waitFor();
    await page.getByRole('button', { name: 'Change the password…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('kept in a file that only you may read').waitFor();
    await dialog.getByLabel('New password', { exact: true }).fill('a better one');
    await dialog.getByLabel('New password once more').fill('a better one');
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await dialog.getByText('Needed to change it.').waitFor();
    expect(
      await dialog.getByLabel('Password that Grafana takes now').evaluate((field) => field === document.activeElement),
    ).toBe(true);
    await dialog.getByLabel('Password that Grafana takes now').fill('the old one');
    const busy = shown({ code: 'busy', running: 'up' });
    await page.evaluate((failure) => window.mock.refuse('password:change', { ok: false, ...failure }), busy);
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await dialog.getByText(busy.text.title).waitFor();
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Password changed.').first().waitFor();
    expect((await commands()).at(-1)?.input).toEqual({ current: 'the old one', next: 'a better one' });
  });

  test('needs Grafana', async () => {
    const { page } = await onSettings({
      ...scenarios.off,
      settingsChange: settingsScenario({ password: { kept: 'nowhere', wouldKeep: 'keychain', grafana: 'off' } }),
    });
    await page.getByText('Grafana does not run.').waitFor();
    const change = page.getByRole('button', { name: 'Change the password…' });
    expect(await change.getAttribute('aria-disabled')).toBe('true');
    await change.click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('this desktop', () => {
  test('starts the app at login, or says why it cannot', async () => {
    const { page, commands } = await onSettings();
    await page.getByRole('switch', { name: 'Start Macula when you sign in' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(await commands()).toEqual([{ name: 'login:set', input: { startsAtLogin: true } }]);

    const other = await onSettings({
      ...scenarios.ready,
      settingsChange: settingsScenario({
        login: { startsAtLogin: false, unavailable: 'Only an installed Macula can do this.' },
      }),
    });
    await other.page.getByText('Only an installed Macula can do this.').waitFor();
    await other.page.getByRole('switch', { name: 'Start Macula when you sign in' }).click({ force: true });
    expect(await other.commands()).toEqual([]);
  });

  test('dates and numbers are written as in the chosen language, here and on every page', async () => {
    const { page, commands } = await onSettings();
    const example = page.locator('.locale-example');
    expect(await example.textContent()).toContain('15:40:07');
    expect(await example.textContent()).toContain('1,234.5');
    await page.getByLabel('Written as in').selectOption('de-DE');
    await expect.poll(() => example.textContent()).toContain('1.234,5');
    await page.getByLabel('Written as in').selectOption({ label: 'Another one…' });
    await page.getByLabel('Language tag').fill('not a tag');
    await page.getByLabel('Language tag').press('Enter');
    await page.getByText('This is no language tag.').waitFor();
    await page.getByLabel('Language tag').fill('en-US');
    await page.getByLabel('Language tag').press('Enter');
    await expect.poll(() => example.textContent()).toMatch(/3:40:07\sPM/);
    expect((await commands()).map((command) => command.input)).toEqual([
      { dateLocale: 'de-DE' },
      { dateLocale: 'en-US' },
    ]);
  });
});

test('a reset is asked about, and puts back what was changed', async () => {
  const { page, commands } = await onSettings();
  await page.getByLabel('Base domain').fill('lab.test');
  await page.getByLabel('Base domain').press('Enter');
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Reset all settings…' }).click();
  await sheet(page).getByRole('button', { name: 'Leave it' }).click();
  expect(await page.getByLabel('Base domain').inputValue()).toBe('lab.test');
  await page.getByRole('button', { name: 'Reset all settings…' }).click();
  await sheet(page).getByText('All settings go back to the defaults').waitFor();
  await sheet(page).getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(() => page.getByLabel('Base domain').inputValue()).toBe('macula.local');
  expect((await commands()).at(-1)).toEqual({ name: 'settings:reset', input: undefined });
});

test('the list of groups leads to each, and shows where one is', async () => {
  const { page } = await onSettings();
  const list = page.getByRole('navigation', { name: 'Groups of settings' });
  await list.getByRole('button', { name: 'Dates and numbers' }).click();
  expect(await isFocused(page, 'Dates and numbers')).toBe(true);
  expect(await list.getByRole('button', { name: 'Dates and numbers' }).getAttribute('aria-current')).toBe('true');
  await page.evaluate(() => window.scrollTo({ top: 0 }));
  await expect
    .poll(() => list.getByRole('button', { name: 'Container engine' }).getAttribute('aria-current'))
    .toBe('true');
});

test('it says when their file could not be read', async () => {
  const { page } = await onSettings(scenarios.stubs);
  await page.getByRole('alert').getByText('baseDomain could not be used').waitFor();
  expect(await page.getByRole('alert').first().textContent()).toContain('could not be read in full');
});
