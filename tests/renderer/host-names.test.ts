// Names: what is said of them, the ways to set them up, and the sheet from its preview to its outcome.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { choicesWithoutDnsmasq, emptyPreview, hostView, namesView, previewOf } from './support/host-fixtures.ts';
import { hostPage, hostScenarios } from './support/host-scenarios.ts';

const open = useBrowser();
const hash = 'ab'.repeat(32);
const preview = (page: Page) => page.getByRole('button', { name: 'Preview… of the names' }).click();
const apply = (page: Page) => page.getByRole('button', { name: 'Apply (asks for your password)' }).click();
const names = (page: Page) => page.getByRole('region', { name: 'Names' });

describe('the names', () => {
  test.each([
    ['fresh', 'The names lead nowhere yet.', 'Nothing is set up.'],
    ['setUp', 'Every name leads where it should.', 'Set up through a dnsmasq of its own that systemd-resolved asks.'],
    ['byUser', 'Every name leads where it should.', 'You set them up yourself. Macula leaves that alone.'],
    ['broken', '2 of 5 names do not lead where they should.', 'Set up through a marked block in /etc/hosts.'],
  ] as const)('%s: %s', async (name, summary, how) => {
    const { page } = await open(hostScenarios[name], { page: 'host' });
    await names(page).getByText(summary).waitFor();
    await names(page).getByText(how).waitFor();
    expect(await names(page).getByRole('row').count()).toBe(6);
  });

  test('are told one by one, with what is wrong', async () => {
    const { page } = await open(hostScenarios.broken, { page: 'host' });
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await row('grafana').waitFor();
    expect(await row('prometheus').textContent()).toContain('Right');
    expect(await row('grafana').textContent()).toContain('Wrong leads to 10.1.2.3 and 10.1.2.4');
    expect(await row('tempo').textContent()).toContain('Absent leads nowhere');
  });

  test('are links once they are right and the app has one for them', async () => {
    const { page, commands } = await open(hostScenarios.setUp, { page: 'host' });
    await page.getByRole('button', { name: 'grafana.macula.local' }).click();
    expect(await commands()).toEqual([{ name: 'link:open', input: { id: 'grafana:name' } }]);
    expect(await page.getByRole('button', { name: 'loki.macula.local' }).count()).toBe(0);
  });

  test('can be set up in the ways that fit, and the others say why not', async () => {
    const view = hostView({ names: namesView({ choices: choicesWithoutDnsmasq }) });
    const { page, commands } = await open(hostPage(view), { page: 'host' });
    const way = (name: string) => page.getByRole('radio', { name });
    expect(await way('dnsmasq').isDisabled()).toBe(true);
    expect(await way('Hosts file').isChecked()).toBe(true);
    await names(page).getByText('Cannot be used here. dnsmasq is not installed.').waitFor();
    await names(page).getByRole('button', { name: 'Copy the line for a terminal' }).click();
    await preview(page);
    await page.keyboard.press('Escape');
    // The whole card may be pressed.
    await page.locator('.card').nth(2).click();
    await preview(page);
    expect((await commands()).map((command) => command.input)).toEqual([
      { text: 'sudo apt-get install dnsmasq-base' },
      { kind: 'names', backend: 'hosts' },
      { kind: 'names', backend: 'localhost' },
    ]);
  });
});

describe('the sheet', () => {
  test('shows all that would happen, and then what did', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await preview(page);
    const sheet = page.getByRole('dialog', { name: 'Set up names through dnsmasq' });
    await sheet.waitFor();
    for (const words of [
      'A VPN is up (tun0)',
      '7 lines added, 1 line removed',
      'Left as it is',
      'it is left alone',
      'systemctl restart systemd-resolved',
      'Ingress and Grafana',
      'Undo puts back 1 file exactly',
    ]) {
      expect(await sheet.textContent()).toContain(words);
    }
    // By sign and by word, not by colour alone.
    const removed = sheet.locator('[data-kind="removed"]');
    expect(await removed.textContent()).toBe('10−removed: 10.0.0.6\told.example');
    expect(await sheet.locator('[data-kind="added"]').first().textContent()).toContain('+added: # BEGIN MACULA');
    await sheet.getByRole('button', { name: 'Show 6 unchanged lines' }).click();
    await sheet.getByText('The following lines are desirable').waitFor();
    await sheet.getByRole('button', { name: 'Copy as a command' }).click();
    await apply(page);
    const done = page.getByRole('dialog', { name: 'Done' });
    await done.getByText('Names are set up: every one leads where it should.').waitFor();
    await done.getByText('/etc/systemd/resolved.conf.d/60-macula-host.conf').waitFor();
    await done.getByRole('button', { name: 'Close' }).click();
    await names(page).getByText('Every name leads where it should.').waitFor();
    expect(await commands()).toEqual([
      { name: 'host:preview', input: { kind: 'names', backend: 'dnsmasq' } },
      { name: 'clipboard:write', input: { text: 'macula host names dnsmasq --yes' } },
      { name: 'host:apply', input: { hash } },
    ]);
  });

  test('has nothing to apply where nothing would change', async () => {
    const scenario = hostPage(hostView(), { previews: { ...hostScenarios.fresh.host.previews, names: emptyPreview } });
    const { page, commands } = await open(scenario, { page: 'host' });
    await preview(page);
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Nothing to change: this machine is already so.').waitFor();
    expect(await sheet.getByRole('button', { name: /Apply|command/ }).count()).toBe(0);
    await sheet.getByRole('button', { name: 'Close' }).click();
    expect((await commands()).length).toBe(1);
  });

  test('names what was kept', async () => {
    const { outcome } = hostScenarios.fresh.host;
    const kept = [{ path: '/etc/hosts', why: 'edited since: only Macula’s block went' }];
    const { page } = await open(hostPage(hostView(), { outcome: { ...outcome, kept } }), { page: 'host' });
    await preview(page);
    await apply(page);
    const done = page.getByRole('dialog', { name: 'Done' });
    await done.getByText('Left as they are').waitFor();
    expect(await done.textContent()).toContain('/etc/hosts edited since: only Macula’s block went');
  });

  test('that is dismissed at the prompt says so calmly, and may be tried again', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    const dismissed = shown({ code: 'host-dismissed' });
    await page.evaluate((refusal) => window.mock.refuse('host:apply', { ok: false, ...refusal }), dismissed);
    await preview(page);
    await apply(page);
    const sheet = page.getByRole('dialog', { name: 'Nothing was changed' });
    await sheet.getByText('The password prompt was dismissed.').waitFor();
    expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
    await sheet.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('dialog', { name: 'Done' }).waitFor();
    expect((await commands()).filter((command) => command.name === 'host:apply').length).toBe(2);
  });

  test('without a prompt gives the line to copy', async () => {
    const line = 'sudo macula-host apply --plan 12ab';
    const byHand = shown({ code: 'host-by-hand', commandLine: line });
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate((refusal) => window.mock.refuse('host:apply', { ok: false, ...refusal }), byHand);
    await preview(page);
    await apply(page);
    const sheet = page.getByRole('dialog', { name: byHand.text.title });
    await sheet.getByText(line).waitFor();
    await sheet.getByRole('button', { name: 'Copy the line for a terminal' }).click();
    expect((await commands()).at(-1)).toEqual({ name: 'clipboard:write', input: { text: line } });
  });

  test.each([
    ['by-hand', 'macula host names dnsmasq --yes'],
    ['none', 'This machine cannot be changed from here.'],
  ] as const)('of a machine that is changed %s offers no Apply', async (kind, words) => {
    const { page } = await open(hostPage(hostView({ elevation: { kind, detail: '' } })), { page: 'host' });
    await preview(page);
    await page.getByRole('dialog').getByText(words).waitFor();
    expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0);
  });

  test('asks for no password where none is needed', async () => {
    const view = hostView({ elevation: { kind: 'root', detail: '' } });
    const { page } = await open(hostPage(view), { page: 'host' });
    await preview(page);
    await page.getByRole('dialog', { name: 'Set up names through dnsmasq' }).waitFor();
    expect(await page.getByRole('button', { name: /^Apply/ }).textContent()).toBe('Apply');
  });

  test('of a machine that changed leads to a new preview', async () => {
    const stale = shown({ code: 'host-refused', reason: 'stale', detail: '/etc/hosts was edited.' });
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate((refusal) => window.mock.refuse('host:apply', { ok: false, ...refusal }), stale);
    await preview(page);
    await apply(page);
    await page.getByRole('dialog', { name: 'This machine changed since the preview' }).waitFor();
    await page.getByRole('button', { name: 'Look at the new preview' }).click();
    await page.getByRole('dialog', { name: 'Set up names through dnsmasq' }).waitFor();
    expect((await commands()).filter((command) => command.name === 'host:preview').length).toBe(2);
  });

  test('that cannot even look says why', async () => {
    const unusable = shown({ code: 'names-unusable', backend: 'dnsmasq', detail: 'Port 5354 is taken.' });
    const { page } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate((refusal) => window.mock.refuse('host:preview', { ok: false, ...refusal }), unusable);
    await preview(page);
    const sheet = page.getByRole('dialog', { name: unusable.text.title });
    await sheet.getByText('Port 5354 is taken.').waitFor();
    await sheet.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('dialog', { name: 'Set up names through dnsmasq' }).waitFor();
    expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(1);
  });

  test('is busy while it applies, can be hidden, and comes back with the outcome', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate(() => window.mock.hold('host:apply'));
    await preview(page);
    await apply(page);
    const sheet = page.getByRole('dialog');
    await sheet.getByText('A password prompt may be waiting behind this window.').waitFor();
    expect(await sheet.getByRole('button', { name: /^Apply/ }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await page.getByText('A change of this machine is under way.').waitFor();
    // Another preview has to wait: the sheet that is under way is shown.
    await preview(page);
    await sheet.getByText('A password prompt may be waiting').waitFor();
    await sheet.getByRole('button', { name: 'Hide' }).click();
    await page.evaluate(() => window.mock.release('host:apply'));
    await page.getByRole('dialog', { name: 'Done' }).waitFor();
    expect((await commands()).map((command) => command.name)).toEqual(['host:preview', 'host:apply']);
  });

  test('that is hidden just before the outcome comes shows it all the same', async () => {
    const { page } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate(() => window.mock.hold('host:apply'));
    await preview(page);
    await apply(page);
    // In one go: the browser tells of the closing only after the outcome is there.
    await page.evaluate(async () => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('dialog[open] button')];
      buttons.find((button) => button.textContent === 'Hide')?.click();
      await Promise.resolve();
      window.mock.release('host:apply');
    });
    const done = page.getByRole('dialog', { name: 'Done' });
    await done.waitFor();
    await page.waitForTimeout(200);
    expect(await done.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await done.waitFor({ state: 'hidden' });
  });

  test('forgets the answer to a question that was given up', async () => {
    const { page } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate(() => window.mock.hold('host:preview'));
    await preview(page);
    await page.getByRole('dialog', { name: 'Looking at what would change' }).waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => window.mock.release('host:preview'));
    expect(
      await page.evaluate(
        () => new Promise((done) => setTimeout(() => done(document.querySelector('dialog[open]')), 100)),
      ),
    ).toBe(null);
  });

  test('undoes everything where anything is set up', async () => {
    const { page, commands } = await open(hostScenarios.setUp, { page: 'host' });
    await page.getByRole('button', { name: 'Undo everything…' }).click();
    await page.getByRole('dialog', { name: 'Undo everything on this machine' }).waitFor();
    expect(await commands()).toEqual([{ name: 'host:preview', input: { kind: 'undo' } }]);
    const fresh = await open(hostScenarios.fresh, { page: 'host' });
    await names(fresh.page).waitFor();
    expect(await fresh.page.getByRole('button', { name: 'Undo everything…' }).count()).toBe(0);
  });

  test('stays quick with ten thousand lines, and shows them all when asked', async () => {
    const long = Array.from({ length: 10_000 }, (_, index) => `+127.0.0.3\tname-${index}.macula.local`);
    const mixed = Array.from({ length: 10_000 }, (_, index) => (index % 500 === 0 ? `+new ${index}` : ` old ${index}`));
    const files = [
      { path: '/etc/long', action: 'create', diff: `@@ -0,0 +1,10000 @@\n${long.join('\n')}\n` },
      { path: '/etc/mixed', action: 'change', diff: `@@ -1,9980 +1,10000 @@\n${mixed.join('\n')}\n` },
    ] as const;
    const previews = { ...hostScenarios.fresh.host.previews, names: previewOf({ files }) };
    const { page } = await open(hostPage(hostView(), { previews }), { page: 'host' });
    await names(page).waitFor();
    const started = Date.now();
    await preview(page);
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('heading', { name: '/etc/mixed' }).waitFor();
    expect(Date.now() - started).toBeLessThan(2000);
    const drawn = sheet.locator('[data-kind="added"]');
    expect(await drawn.count()).toBe(420);
    await sheet.getByRole('button', { name: 'Show 2,000 of 9,600 lines more /etc/long' }).click();
    expect(await drawn.count()).toBe(2420);
    for (let press = 0; press < 4; press += 1) await sheet.getByRole('button', { name: /lines more/ }).click();
    await sheet.getByText('name-9999.macula.local').waitFor();
    expect(await sheet.getByRole('button', { name: /lines more/ }).count()).toBe(0);
  });

  test('shows what a file holds as text and nothing else', async () => {
    const hostile = [
      '+<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>',
      '+</ol></dialog><style>*{display:none}</style>',
      '+127.0.0.1\tsafe\u202emoc.elpmaxe\u2069\r',
      '+\u001b[2K\u001b[1Ahidden\u0007\u200b\u0000',
      `+${'x'.repeat(20_000)}`,
    ];
    const files = [
      { path: '/etc/<b>hosts</b>', action: 'change', diff: `@@ -1,0 +1,5 @@\n${hostile.join('\n')}\n` },
    ] as const;
    const previews = { ...hostScenarios.fresh.host.previews, names: previewOf({ files }) };
    const { page } = await open(hostPage(hostView(), { previews }), { page: 'host' });
    await preview(page);
    const text = await page.getByRole('dialog').textContent();
    expect(text).toContain('<script>document.title="taken"</script>');
    expect(text).toContain('safe⟨U+202E⟩moc.elpmaxe⟨U+2069⟩⟨U+000D⟩');
    expect(text).toContain('⟨U+001B⟩[2K⟨U+001B⟩[1Ahidden⟨U+0007⟩⟨U+200B⟩⟨U+0000⟩');
    expect(text).toContain('cut here, 20.0 kB in all');
    expect(await page.title()).toBe('Host – Macula');
    expect(await page.getByRole('dialog').locator('img, script, style').count()).toBe(0);
  });
});
