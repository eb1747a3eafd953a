// The page of this machine in the real app, by clicks and keys: what it shows is what is there, and what it does is what
// it showed. Copies lie over the files of the machine that the tests run on.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { findElectron } from '../../build/electron-runtime.mjs';
import type { Tree } from '../helper/support/tree.ts';
import { startDesktop, type Desktop } from './desktop.ts';
import { killContainer, missingForStack, removeStack, requireNoStack, runningServices } from './engine-api.ts';
import { createHostWorld, type HostWorld, missingForWorld } from './host-world.ts';

const pictures = fileURLToPath(new URL('../output/screenshots/app', import.meta.url));
const labels = ['prometheus', 'grafana', 'loki', 'tempo', 'draw'];
const ourLines = labels.map((label, index) => `127.0.0.${index + 3}\t${label}.macula.local`);

let world: HostWorld;
let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let missing: string | undefined;

async function openApp(asRoot: boolean): Promise<void> {
  world = await createHostWorld();
  desktop = await startDesktop({ withTrayHost: true });
  app = await desktop.drive(
    asRoot
      ? { executable: world.launcher(findElectron()?.executable ?? ''), args: ['--no-sandbox'] }
      : { executable: world.launcher(desktop.user.electron) },
  );
  page = await app.firstWindow();
  await page.getByRole('main').waitFor();
}

async function closeApp(): Promise<void> {
  await desktop?.stop();
  await world?.close();
}

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  missing = await missingForStack();
  if (missing === undefined) await requireNoStack();
});

afterAll(async () => {
  if (missing === undefined) await removeStack();
});

function needsWorld(context: TestContext): void {
  context.skip(missingForWorld !== undefined, missingForWorld);
}

const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const sheet = (): Locator => page.getByRole('dialog');
const nothingBroken = (): Locator => page.locator('.host-summary').getByText(/Nothing is broken: \d+ checks/);
const names = (): Locator => page.locator('[data-section=names]');

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // What has changed is drawn with the next frame at the earliest.
    await page.evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 100)));
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
  }
}

async function openHostPage(): Promise<void> {
  await page.keyboard.press('Control+7');
  await page.getByRole('heading', { level: 1, name: 'Host' }).waitFor();
  await names().waitFor();
}

async function chooseHosts(): Promise<void> {
  const hosts = page.getByRole('radio', { name: /^Hosts file/ });
  await hosts.focus();
  await page.keyboard.press('Space');
  expect(await hosts.isChecked()).toBe(true);
}

// What the sheet shows of a file, without the numbers of the lines.
async function shownLines(kind: 'added' | 'removed'): Promise<readonly string[]> {
  const lines = sheet().locator(`.diff-line[data-kind=${kind}] .diff-text`);
  return lines.allTextContents();
}

async function statesOfNames(): Promise<readonly string[]> {
  return names().locator('tbody tr td:last-child').allTextContents();
}

async function untilNames(words: RegExp): Promise<void> {
  await names().getByText(words).first().waitFor({ timeout: 10_000 });
}

describe('for an ordinary user whom nothing can ask for a password', () => {
  let before: Tree = new Map();

  beforeAll(async () => {
    if (missingForWorld === undefined) await openApp(false);
  });
  afterAll(closeApp);

  test('a preview shows the lines of the hosts file, and a line to copy instead of a button', async (context) => {
    needsWorld(context);
    before = world.tree();
    await openHostPage();
    await untilNames(/The names lead nowhere yet/);
    await picture('host-fresh');
    await chooseHosts();
    await button('Preview…').press('Enter');
    await sheet().getByText('In a terminal').waitFor({ timeout: 10_000 });
    expect(await sheet().getByRole('heading', { level: 4 }).allTextContents()).toEqual(['/etc/hosts']);
    expect(await shownLines('added')).toEqual(expect.arrayContaining(ourLines));
    expect(await shownLines('removed')).toEqual([]);
    expect(
      await sheet()
        .getByRole('button', { name: /^Apply/ })
        .count(),
    ).toBe(0);
    await picture('host-by-hand');
    expect(world.changedSince(before)).toEqual([]);
  });

  test('the line does what was shown, and the page knows as soon as it is seen again', async (context) => {
    needsWorld(context);
    const line = (await sheet().locator('.command-line code').textContent()) ?? '';
    expect(line).toContain('| sudo ');
    const added = await shownLines('added');
    const hosts = world.hosts();
    expect(JSON.parse(await world.type(line))).toMatchObject({ ok: true, changed: ['/etc/hosts'] });
    expect(world.hosts()).toBe(`${hosts}${added.join('\n')}\n`);
    await page.keyboard.press('Escape');
    await untilNames(/Every name leads where it should/);
    expect(await statesOfNames()).toEqual(labels.map(() => 'Right'));
    await picture('host-set-up');
  });

  test('undone the same way, every byte is as before', async (context) => {
    needsWorld(context);
    await button('Undo everything…').press('Enter');
    await sheet().getByText('In a terminal').waitFor({ timeout: 10_000 });
    expect(await shownLines('removed')).toEqual(expect.arrayContaining(ourLines));
    const line = (await sheet().locator('.command-line code').textContent()) ?? '';
    expect(JSON.parse(await world.type(line))).toMatchObject({ ok: true, verb: 'undo' });
    await page.keyboard.press('Escape');
    await untilNames(/The names lead nowhere yet/);
    expect(world.changedSince(before)).toEqual([]);
  });

  test('the tray leads to each part of the page', async (context) => {
    needsWorld(context);
    const item = await desktop.trayItem();
    for (const [entry, heading] of [
      ['LAN mode…', 'LAN mode'],
      ['Check everything…', 'Check'],
      ['Set up names…', 'Names'],
    ] as const) {
      await page.keyboard.press('Control+1');
      await page.getByRole('heading', { level: 1, name: 'Host' }).waitFor({ state: 'detached' });
      await item.click('This machine', entry);
      const focused = () => page.locator(':focus').textContent();
      await expect.poll(focused, { timeout: 10_000 }).toBe(heading);
      expect(await page.getByRole('heading', { level: 2, name: heading }).isVisible()).toBe(true);
    }
  });

  test('every hop of the real stack is checked, and one that is broken is repaired by its button', async (context) => {
    needsWorld(context);
    context.skip(missing !== undefined, missing);
    await page.keyboard.press('Control+1');
    await button('Start all services').click();
    await page.getByRole('heading', { level: 1, name: 'Everything is ready' }).waitFor({ timeout: 150_000 });
    await openHostPage();
    await button('Check everything').click();
    await nothingBroken().waitFor({ timeout: 30_000 });
    await page.getByText(/^In order \(\d+\)$/).click();
    const subjects = await page.locator('.check-subject').allTextContents();
    for (const label of labels) expect(subjects).toContain(`page http://${label}.macula.localhost:8080/`);
    for (const id of ['loki', 'tempo', 'ingress']) expect(subjects).toContain(`${id} is ready`);
    await killContainer('macula-loki');
    await button('Check everything').click();
    const failed = page.locator('.check[data-result=failed]');
    await failed.first().waitFor({ timeout: 30_000 });
    expect(await failed.locator('.check-subject').allTextContents()).toEqual(['container macula-loki']);
    await failed.scrollIntoViewIfNeeded();
    await picture('host-check');
    await failed.getByRole('button').press('Enter');
    await nothingBroken().waitFor({ timeout: 60_000 });
    expect(await runningServices()).toContain('loki');
  });
});

describe('for root', () => {
  let before: Tree = new Map();

  beforeAll(async () => {
    if (missingForWorld === undefined) await openApp(true);
  });
  afterAll(closeApp);

  async function previewHosts(): Promise<void> {
    await chooseHosts();
    await button('Preview…').click();
    await sheet().getByRole('button', { name: 'Apply' }).waitFor({ timeout: 10_000 });
  }

  test('a cancelled preview changes nothing', async (context) => {
    needsWorld(context);
    before = world.tree();
    await openHostPage();
    await previewHosts();
    await sheet().getByRole('button', { name: 'Cancel' }).click();
    await sheet().waitFor({ state: 'hidden' });
    await untilNames(/The names lead nowhere yet/);
    expect(world.changedSince(before)).toEqual([]);
  });

  test('where the file changed since the preview nothing is touched, and another look is offered', async (context) => {
    needsWorld(context);
    await previewHosts();
    world.writeHosts(`${world.hosts()}192.0.2.7\tmine\n`);
    before = world.tree();
    await sheet().getByRole('button', { name: 'Apply' }).click();
    await sheet().getByRole('button', { name: 'Look at the new preview' }).waitFor({ timeout: 10_000 });
    await picture('host-stale');
    expect(world.changedSince(before)).toEqual([]);
    await sheet().getByRole('button', { name: 'Look at the new preview' }).click();
    await sheet().getByText('mine').waitFor({ timeout: 10_000 });
    await sheet().getByRole('button', { name: 'Cancel' }).click();
    expect(world.changedSince(before)).toEqual([]);
  });

  test('Apply sets the names up', async (context) => {
    needsWorld(context);
    await previewHosts();
    await picture('host-preview');
    const added = await shownLines('added');
    const hosts = world.hosts();
    await sheet().getByRole('button', { name: 'Apply' }).click();
    await sheet().getByRole('heading', { name: 'Done' }).waitFor({ timeout: 20_000 });
    await picture('host-done');
    expect(world.hosts()).toBe(`${hosts}${added.join('\n')}\n`);
    await sheet().getByRole('button', { name: 'Close' }).click();
    expect(await statesOfNames()).toEqual(labels.map(() => 'Right'));
  });

  test('Undo everything puts every byte back', async (context) => {
    needsWorld(context);
    await button('Undo everything…').click();
    await sheet().getByRole('button', { name: 'Apply' }).click({ timeout: 10_000 });
    await sheet().getByRole('heading', { name: 'Done' }).waitFor({ timeout: 20_000 });
    await sheet().getByRole('button', { name: 'Close' }).click();
    await untilNames(/The names lead nowhere yet/);
    expect(world.changedSince(before)).toEqual([]);
  });
});
