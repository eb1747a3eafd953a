// The checks and their repairs, who holds a port, and when this machine is looked at again.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { checks, hostView, namesAreUp } from './support/host-fixtures.ts';
import { hostPage, hostScenarios } from './support/host-scenarios.ts';

const open = useBrowser();
const checkAll = (page: Page) => page.getByRole('button', { name: 'Check everything' });
const doctor = (page: Page) => page.getByRole('region', { name: 'Check', exact: true });
const ports = (page: Page) => page.getByRole('region', { name: 'Who holds a port' });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

describe('the checks', () => {
  test('are run on demand, failures first, with a word for each', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await doctor(page).getByText('Not checked yet.').waitFor();
    expect(await commands()).toEqual([]);
    await checkAll(page).click();
    await doctor(page).getByText('2 of 7 checks failed.').waitFor();
    await doctor(page).getByText('In order (3)').click();
    await doctor(page).getByText('Skipped (1)').click();
    const rows = await doctor(page).locator('.check').allTextContents();
    expect(rows.map((row) => row.split(/(?<=Failed|Note|Skipped|In order)/)[0])).toEqual([
      'Failed',
      'Failed',
      'Note',
      'Skipped',
      'In order',
      'In order',
      'In order',
    ]);
    expect(rows[0]).toContain('macula logs loki --tail 50 says more.');
    expect(await doctor(page).textContent()).toMatch(/Last checked at \d\d:\d\d/);
    await expect.poll(() => page.locator('[aria-live="polite"]').textContent()).toBe('2 of 7 checks failed.');
  });

  test('are repaired by a press, and looked at again', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await checkAll(page).click();
    const repaired = checks.filter((check) => check.result === 'ok');
    await page.evaluate((next) => window.mock.setHost({ checks: next }), repaired);
    await page.evaluate(() => window.mock.hold('doctor:repair'));
    await page.getByRole('button', { name: 'Start Loki' }).click();
    const busy = page.getByRole('button', { name: 'Repairing' });
    expect(await busy.getAttribute('aria-disabled')).toBe('true');
    await page.evaluate(() => window.mock.release('doctor:repair'));
    await doctor(page).getByText('Nothing is broken: 3 checks.').waitFor();
    expect(await commands()).toEqual([
      { name: 'doctor:run', input: undefined },
      { name: 'doctor:repair', input: { subject: 'container macula-loki' } },
      { name: 'doctor:run', input: undefined },
    ]);
  });

  test('that need a change of this machine show its preview', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await checkAll(page).click();
    await page.getByRole('button', { name: 'Set up names… names' }).click();
    await page.getByRole('dialog', { name: 'Set up names through dnsmasq' }).waitFor();
    expect((await commands()).at(-1)).toEqual({ name: 'host:preview', input: { kind: 'names', backend: 'hosts' } });
  });

  test('are copied as text, and kept while another page is shown', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await checkAll(page).click();
    await doctor(page).getByText('2 of 7 checks failed.').waitFor();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+7');
    await page.getByRole('button', { name: 'Copy as text' }).click();
    const text = (await commands()).flatMap((command) =>
      command.name === 'clipboard:write' ? [command.input.text] : [],
    );
    expect(text[0]?.split('\n').slice(0, 4)).toEqual([
      'failed   container macula-loki: Exited with code 1',
      '    Next: macula logs loki --tail 50 says more.',
      'failed   names: grafana.macula.local leads to 10.1.2.3',
      '    Next: Look at what would set it right.',
    ]);
  });

  test('that cannot be run are told by a banner', async () => {
    const { page } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate(() => window.mock.refuse('doctor:run', { ok: false, unexpected: 'bug-11' }));
    await checkAll(page).click();
    await page.getByRole('alert').getByText('bug-11').waitFor();
    expect(await checkAll(page).getAttribute('aria-disabled')).toBe(null);
  });
});

describe('a port', () => {
  const ask = async (page: Page, port: string) => {
    await ports(page).getByLabel('Port').fill(port);
    await page.keyboard.press('Enter');
  };

  test('is looked up, and once more as root where that tells more', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await ask(page, '80');
    await ports(page).getByText('2 listeners hold port 80.').waitFor();
    const row = ports(page).getByRole('row').nth(1);
    expect(await row.textContent()).toBe(
      '0.0.0.0:80 every IPv4 addressa program of the user root127.0.0.3 and 127.0.0.4',
    );
    await ports(page).getByRole('button', { name: 'Ask with root’s eyes (password)' }).click();
    await ports(page).getByText('apache2 (process 812, apache2.service)').waitFor();
    expect(await ports(page).getByRole('button', { name: /root/ }).count()).toBe(0);
    expect((await commands()).map((command) => command.input)).toEqual([
      { port: 80, asRoot: false },
      { port: 80, asRoot: true },
    ]);
  });

  test('that nobody holds is said to be free', async () => {
    const { page } = await open(hostPage(hostView(), { holders: [] }), { page: 'host' });
    await ask(page, '8080');
    await expect.poll(() => ports(page).getByRole('status').textContent()).toBe('Nobody listens on port 8080.');
    expect(await ports(page).getByRole('table').count()).toBe(0);
  });

  test.each(['', '0', '65536', '80a', '-1', '1e3'])('is not asked for as "%s"', async (draft) => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await ask(page, draft);
    await ports(page).getByText('A port is a whole number from 1 to 65535.').waitFor();
    expect(await ports(page).getByLabel('Port').getAttribute('aria-invalid')).toBe('true');
    expect(await commands()).toEqual([]);
    await ports(page).getByLabel('Port').fill('443');
    expect(await ports(page).getByLabel('Port').getAttribute('aria-invalid')).toBe('false');
  });

  test('whose prompt is dismissed keeps what was found', async () => {
    const { page } = await open(hostScenarios.fresh, { page: 'host' });
    await ask(page, '80');
    const dismissed = shown({ code: 'host-dismissed' });
    await ports(page).getByRole('button', { name: /root/ }).waitFor();
    await page.evaluate((refusal) => window.mock.refuse('host:port-owner', { ok: false, ...refusal }), dismissed);
    await ports(page).getByRole('button', { name: /root/ }).click();
    await ports(page).getByText('The password prompt was dismissed.').waitFor();
    expect(await ports(page).getByRole('row').count()).toBe(3);
  });
});

describe('what is shown of this machine', () => {
  const asked = async (sent: () => Promise<readonly { readonly name: string }[]>) =>
    (await sent()).filter((command) => command.name === 'host:get').length;

  test('is asked for anew on focus and when the snapshot tells of a change, and not otherwise', async () => {
    const { page, sent } = await open(hostScenarios.fresh, { page: 'host' });
    await doctor(page).waitFor();
    expect(await asked(sent)).toBe(1);
    await page.evaluate((view) => window.mock.setHost({ view }), hostView({ names: namesAreUp }));
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await page.getByText('Every name leads where it should.').waitFor();
    expect(await asked(sent)).toBe(2);
    const { snapshot } = hostScenarios.fresh;
    await page.evaluate((next) => window.mock.emit('snapshot', next), { ...snapshot, number: 2 });
    expect(await asked(sent)).toBe(2);
    await page.evaluate((next) => window.mock.emit('snapshot', next), {
      ...snapshot,
      number: 3,
      host: { names: 'on' as const, lan: 'off' as const, lanSummary: '' },
    });
    await expect.poll(() => asked(sent)).toBe(3);
  });

  test('says when it could not be found out, and tries again', async () => {
    const { page } = await open(hostScenarios.fresh);
    await page.evaluate(() => window.mock.refuse('host:get', { ok: false, unexpected: 'bug-12' }));
    await page.keyboard.press('Control+7');
    await page.getByText('This machine could not be looked at').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await doctor(page).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: 'bug-12' }).count()).toBe(0);
  });

  test.each([
    ['by-hand', 'a preview shows a line to copy into a terminal', 'broken'],
    ['none', 'This machine cannot be changed from here.', 'closed'],
    ['pkexec', 'A password prompt of this desktop appears', 'fresh'],
  ] as const)('tells how it may be changed: %s', async (_kind, words, name) => {
    const { page } = await open(hostScenarios[name], { page: 'host' });
    const machine = page.getByRole('region', { name: 'This machine', exact: true });
    await machine.getByText(words).waitFor();
    expect(await machine.textContent()).toContain('Built into Linux, nothing to do.');
    expect(await machine.textContent()).toContain('ufw is on; it does not filter ports that Docker publishes.');
  });
});

describe('from elsewhere', () => {
  test.each(['names', 'lan', 'doctor', 'ports'] as const)('the tray leads to the section %s', async (section) => {
    const { page } = await open(hostScenarios.fresh);
    await page.evaluate((place) => window.mock.emit('navigate', place), { page: 'host' as const, section });
    await expect.poll(() => focused(page)).toBe(`host-${section}`);
    // Once more while it is open.
    await page.keyboard.press('Tab');
    await page.evaluate((place) => window.mock.emit('navigate', place), { page: 'host' as const, section });
    await expect.poll(() => focused(page)).toBe(`host-${section}`);
    const box = await page.locator(`#host-${section}`).boundingBox();
    expect(box?.y).toBeGreaterThan(50);
    // A visit later begins at the top again.
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+7');
    await expect.poll(() => focused(page)).toBe('main');
  });

  test('a failure of this machine leads here', async () => {
    const lan = shown({ code: 'lan-unavailable', detail: 'The guard could not be set up.' });
    const scenario = hostScenarios.fresh;
    const { page } = await open({ ...scenario, snapshot: { ...scenario.snapshot, failures: [lan] } });
    await page.getByRole('button', { name: 'Open Host' }).click();
    await expect.poll(() => focused(page)).toBe('host-lan');
  });
});

describe('by keyboard alone', () => {
  test('the sheet holds the focus, and gives it back', async () => {
    const { page } = await open(hostScenarios.fresh, { page: 'host' });
    const button = page.getByRole('button', { name: 'Preview… of the names' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Set up names through dnsmasq' }).waitFor();
    expect(await focused(page)).toBe('sheet-title');
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() => {
        const element = document.activeElement;
        return element === document.body || element?.closest('dialog') !== null;
      });
      expect(where).toBe(true);
    }
    await page.keyboard.press('Escape');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('every control of the page has a focus that is seen', async () => {
    const { page } = await open(hostScenarios.setUp, { page: 'host' });
    await doctor(page).waitFor();
    await page.locator('main').focus();
    const unseen: string[] = [];
    const names: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        const style = getComputedStyle(element);
        const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        return { name: element.textContent ?? '', isSeen };
      });
      if (stop === undefined) break;
      names.push(stop.name);
      if (!stop.isSeen) unseen.push(stop.name);
    }
    expect(unseen).toEqual([]);
    expect(names).toContain('Turn off…');
    expect(names).toContain('Who holds it?');
  });
});
