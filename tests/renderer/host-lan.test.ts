// LAN mode: who gets in now, what is asked before anybody does, and how it ends.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { encode } from 'uqr';
import { useBrowser } from './support/browser.ts';
import { shown, start } from './support/fixtures.ts';
import { hostView, lanOn } from './support/host-fixtures.ts';
import { hostPage, hostScenarios } from './support/host-scenarios.ts';

const open = useBrowser();
const lan = (page: Page) => page.getByRole('region', { name: 'LAN mode' });
const turnOn = (page: Page) => page.getByRole('button', { name: 'Preview and turn on…' });
const clock = (time: number) => new Date(time).toTimeString().slice(0, 5);

describe('LAN mode', () => {
  test('that is off says so, and asks what to open, for how long and to whom', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await lan(page).getByText('Only this machine reaches the services.').waitFor();
    const words = await lan(page).textContent();
    expect(words).toContain('Tempo port 3200');
    expect(words).toContain('The network at eth0, where this machine is 192.168.77.5: 192.168.77.0/24, fd00:77::/64');
    // What asks for a password is proposed, the rest is not.
    const ticked = lan(page).getByRole('checkbox', { checked: true });
    expect(await ticked.count()).toBe(1);
    await turnOn(page).click();
    await page.getByRole('dialog', { name: 'Turn LAN mode on for Grafana' }).waitFor();
    expect(await commands()).toEqual([
      {
        name: 'host:preview',
        input: { kind: 'lan-on', services: ['grafana'], limit: 'hour', allowUnprotected: false },
      },
    ]);
  });

  test('opens what has no password only on the word of the user, given for just that', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await lan(page)
      .getByLabel(/^Prometheus/)
      .check();
    await lan(page).getByText('Tick first that anybody may read and write.').waitFor();
    await turnOn(page).click({ force: true });
    expect(await commands()).toEqual([]);
    const consent = lan(page).getByLabel('Anybody on this network may read and write it: Prometheus.');
    await consent.check();
    await lan(page).getByLabel(/^Loki/).check();
    const both = lan(page).getByLabel('Anybody on this network may read and write them: Prometheus and Loki.');
    expect(await both.isChecked()).toBe(false);
    await both.check();
    await lan(page).getByLabel('Until I leave this network').check();
    await turnOn(page).click();
    expect((await commands()).map((command) => command.input)).toEqual([
      {
        kind: 'lan-on',
        services: ['prometheus', 'grafana', 'loki'],
        limit: 'network',
        allowUnprotected: true,
      },
    ]);
  });

  test('needs a service', async () => {
    const { page, commands } = await open(hostScenarios.fresh, { page: 'host' });
    await lan(page)
      .getByLabel(/^Grafana/)
      .uncheck();
    await lan(page).getByText('Choose a service first.').waitFor();
    await turnOn(page).click({ force: true });
    expect(await commands()).toEqual([]);
  });

  test('says why it cannot be turned on', async () => {
    const { page, commands } = await open(hostScenarios.broken, { page: 'host' });
    await lan(page).getByText('This machine is on no network with a private range.').waitFor();
    expect(await turnOn(page).getAttribute('aria-disabled')).toBe('true');
    await turnOn(page).click({ force: true });
    expect(await commands()).toEqual([]);
  });

  test('that is refused for the first password of Grafana says what to do', async () => {
    const first = shown({ code: 'lan-default-password', detail: 'admin / admin still signs in.' });
    const { page } = await open(hostScenarios.fresh, { page: 'host' });
    await page.evaluate((refusal) => window.mock.refuse('host:preview', { ok: false, ...refusal }), first);
    await turnOn(page).click();
    const sheet = page.getByRole('dialog', { name: 'Grafana still has its first password' });
    expect(await sheet.textContent()).toContain('another password');
  });

  test('that is on shows where to go, for how long, and how to end it', async () => {
    const { page, commands } = await open(hostScenarios.setUp, { page: 'host' });
    await lan(page).getByText('everybody else is refused.').waitFor();
    expect(await lan(page).textContent()).toContain(`Until ${clock(start + 41 * 60_000)} 4`);
    expect(await lan(page).textContent()).toMatch(/4[01] min left/);
    await lan(page).getByRole('button', { name: 'http://192.168.77.5:3000/', exact: true }).click();
    await lan(page).getByRole('button', { name: 'Copy http://192.168.77.5:9090/' }).click();
    await lan(page).getByRole('button', { name: 'Turn off…' }).click();
    await page.getByRole('dialog', { name: 'Turn LAN mode off' }).waitFor();
    expect(await commands()).toEqual([
      { name: 'link:open', input: { id: 'grafana:lan:3000' } },
      { name: 'clipboard:write', input: { text: 'http://192.168.77.5:9090/' } },
      { name: 'host:preview', input: { kind: 'lan-off' } },
    ]);
  });

  test('counts its last minute in seconds', async () => {
    const until = Date.now() + 30_000;
    const { page } = await open(hostPage(hostView({ lan: lanOn(until) })), { page: 'host' });
    const seconds = async () => Number(/(\d+) s left/.exec((await lan(page).textContent()) ?? '')?.[1]);
    await lan(page).getByText('s left').waitFor();
    const first = await seconds();
    await expect.poll(seconds, { timeout: 5000 }).toBeLessThan(first);
  });

  test('that is closed can be turned off or opened again', async () => {
    const { page, commands } = await open(hostScenarios.closed, { page: 'host' });
    await lan(page).getByText('LAN mode is closed').waitFor();
    await lan(page).getByRole('button', { name: 'Turn off…' }).click();
    await page.keyboard.press('Escape');
    await turnOn(page).click();
    expect((await commands()).map((command) => command.input)).toEqual([
      { kind: 'lan-off' },
      { kind: 'lan-on', services: ['grafana'], limit: 'hour', allowUnprotected: false },
    ]);
  });
});

describe('a guard that is gone', () => {
  test('is an alarm on the Host page, ended by one press', async () => {
    const { page, commands } = await open(hostScenarios.unguarded, { page: 'host' });
    const alarm = page.getByRole('alert').filter({ hasText: 'LAN mode is on without its guard' });
    await alarm.getByText('Everybody who reaches this machine').waitFor();
    await alarm.getByRole('button', { name: 'Turn LAN mode off' }).click();
    await page.getByRole('dialog', { name: 'Done' }).waitFor();
    expect(await commands()).toEqual([
      { name: 'host:preview', input: { kind: 'lan-off' } },
      { name: 'host:apply', input: { hash: 'ab'.repeat(32) } },
    ]);
    // The button is gone with the alarm: the focus goes to the section.
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('host-lan');
  });

  test('can be put back as it was', async () => {
    const { page, commands } = await open(hostScenarios.unguarded, { page: 'host' });
    await page.getByRole('button', { name: 'Put the guard back…' }).click();
    expect((await commands()).map((command) => command.input)).toEqual([
      { kind: 'lan-on', services: ['prometheus', 'grafana'], limit: 'hour', allowUnprotected: true },
    ]);
  });

  test('is an alarm on the Services page too', async () => {
    const { page, commands } = await open(hostScenarios.unguarded);
    const alarm = page.getByRole('alert').filter({ hasText: 'LAN mode is on without its guard' });
    await alarm.getByRole('button', { name: 'Turn LAN mode off' }).click();
    await page.getByRole('dialog', { name: 'Done' }).waitFor();
    expect((await commands()).map((command) => command.name)).toEqual(['host:preview', 'host:apply']);
    await page.keyboard.press('Escape');
    await alarm.getByRole('button', { name: 'Show LAN mode' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('host-lan');
  });
});

test('the Services page says quietly that LAN mode is on, and leads to it', async () => {
  const { page } = await open(hostScenarios.setUp);
  await page.getByText(`LAN mode is on until ${clock(start + 41 * 60_000)}`).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.getByRole('button', { name: 'Show LAN mode' }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('host-lan');
  const off = await open(hostScenarios.fresh);
  expect(await off.page.getByText('LAN mode').count()).toBe(0);
});

test('a QR code holds just the address, black on white, with its quiet zone', async () => {
  const url = 'http://192.168.77.5:3000/';
  const { page } = await open(hostScenarios.setUp, { page: 'host', colorScheme: 'dark', forcedColors: 'active' });
  const button = page.getByRole('button', { name: `QR code of Grafana: ${url}` });
  await button.click();
  const code = page.getByRole('dialog', { name: 'Grafana on another device' }).getByRole('img', { name: url });
  const drawn = await code.evaluate((svg) => {
    const size = Number(svg.getAttribute('viewBox')?.split(' ')[2]);
    // Painted as it is, one dot a module, and read back.
    const canvas = document.createElement('canvas');
    canvas.width = size;
    canvas.height = size;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    for (const path of svg.querySelectorAll('path')) {
      context.fillStyle = getComputedStyle(path).fill;
      context.fill(new Path2D(path.getAttribute('d') ?? ''));
    }
    const { data } = context.getImageData(0, 0, size, size);
    return Array.from({ length: size * size }, (_, index) => data[index * 4]);
  });
  const { data, size } = encode(url, { ecc: 'M', border: 4 });
  expect(drawn.length).toBe(size * size);
  expect(drawn).toEqual(data.flat().map((isDark) => (isDark ? 0 : 255)));
  await page.keyboard.press('Escape');
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});
