// What happened, on the real stack: a start step by step, a service that is killed, one that fails, and the way from
// each to its lines: by the page, by the tray and by a notification.
import { request } from 'node:http';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import type { TimelineView } from '../../electron/core/timeline.ts';
import { writeTar } from '../../electron/engine/tar.ts';
import { startDesktop, type Desktop } from './desktop.ts';
import { askEngine, engineSocket, killContainer, missingForStack, removeStack, requireNoStack } from './engine-api.ts';
import type { TrayItem } from './tray-item.ts';
import { waitUntil } from './wait-until.ts';

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let item: TrayItem;
let missing: string | undefined;

beforeAll(async () => {
  missing = await missingForStack();
  if (missing === undefined) await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true });
  app = await desktop.drive();
  page = await app.firstWindow();
  item = await desktop.trayItem();
});

afterAll(async () => {
  await desktop?.stop();
  if (missing === undefined) await removeStack();
});

function needsStack(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

interface AppBridge {
  readonly macula: { invoke(name: string, input?: unknown): Promise<{ readonly value: unknown }> };
}

async function ask(name: string, input?: unknown): Promise<unknown> {
  return page.evaluate(
    async ([command, given]) => (await (window as unknown as AppBridge).macula.invoke(command, given)).value,
    [name, input] as const,
  );
}

const goTo = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
const happened = async () => (await ask('timeline:get')) as TimelineView;
const untilReady = () =>
  item.untilMenu('all are ready', ({ children }) => children[0]?.label === 'All 7 services are ready', 170);
const closeWindow = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const shownPage = () => page.locator('.app').getAttribute('data-page');
const rows = () => page.locator('.change-row');
const notices = () => desktop.trayHost?.notices ?? [];

const configurations = { tempo: ['/etc', 'tempo.yml'], loki: ['/etc/loki', 'loki.yml'] } as const;

// Its program finds that at its next start in place of its configuration: the real one's, or the stand-in's.
async function spoil(service: keyof typeof configurations): Promise<void> {
  const container = `macula-${service}`;
  const put = ([folder, name]: readonly [string, string]): Promise<number> =>
    new Promise((resolve, reject) => {
      const path = `/containers/${container}/archive?path=${folder}`;
      const asked = request({ socketPath: engineSocket, method: 'PUT', path }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      asked.on('error', reject);
      asked.end(writeTar([{ path: name, content: 'not: [a configuration', mode: 0o644 }]));
    });
  const answers = await Promise.all([put(configurations[service]), put(['/usr/share/macula-stub', 'nginx.conf'])]);
  expect(answers).toContain(200);
  await askEngine('POST', `/containers/${container}/restart?t=5`);
}

describe('the last start', () => {
  test('has a bar for every service, with times that can be', { timeout: 240_000 }, async (context) => {
    needsStack(context);
    const begun = Date.now();
    await page.getByRole('button', { name: 'Start all services', exact: true }).click();
    await goTo('Timeline');
    await page.getByText(/^Under way for/).waitFor({ timeout: 20_000 });
    await untilReady();
    await page.getByText(/^Ready after/).waitFor({ timeout: 20_000 });
    await page.getByText(/ took longest: /).waitFor();
    const { lastUp } = await happened();
    const ended = Date.now();
    expect(lastUp?.outcome).toBe('done');
    expect(await page.locator('.start-row').count()).toBe(7);
    expect(lastUp?.services.length).toBe(7);
    for (const { service, steps } of lastUp?.services ?? []) {
      expect(
        steps.map(({ kind, result }) => `${kind} ${result}`),
        service,
      ).toEqual(['create done', 'start done', 'ready done']);
      const times = steps.flatMap(({ from, to = 0 }) => [from, to]);
      expect([begun, ...times, ended], service).toEqual([begun, ...times, ended].toSorted((a, b) => a - b));
    }
  });
});

describe('a service that was killed', () => {
  test('is told on the page, one click from the lines of that moment', { timeout: 90_000 }, async (context) => {
    needsStack(context);
    const killedAt = Date.now();
    await killContainer('macula-excalidraw');
    const row = rows().filter({ hasText: 'Excalidraw' }).first();
    await row.locator('.change-to[data-state="off"]').waitFor({ timeout: 20_000 });
    const [change] = (await happened()).changes;
    expect(change).toMatchObject({ service: 'excalidraw', from: 'ready', to: 'off' });
    expect(Math.abs((change?.at ?? 0) - killedAt)).toBeLessThan(10_000);
    await row.getByRole('button', { name: /^Show the lines around it/ }).click();
    await expect.poll(shownPage).toBe('logs');
    await page.locator('.moment-bar').waitFor({ timeout: 10_000 });
    expect(await page.getByRole('checkbox', { name: /Excalidraw/ }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: /Grafana/ }).isChecked()).toBe(false);
    // Whoever kills it knows.
    expect(notices()).toEqual([]);
  });
});

describe('a service that failed', () => {
  test('is told once by a notification, and a click on it leads to its lines', {
    timeout: 120_000,
  }, async (context) => {
    needsStack(context);
    await goTo('Services');
    await closeWindow();
    await spoil('tempo');
    const notice = await waitUntil('a notification', () => notices()[0], 60);
    expect(notice.title).toBe('Tempo failed');
    expect(notice.text).not.toBe('');
    // The engine starts it over and over.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(notices().length).toBe(1);
    notice.click();
    await expect.poll(shownPage, { timeout: 20_000 }).toBe('logs');
    await page.locator('.moment-bar').waitFor({ timeout: 10_000 });
    expect(await page.getByRole('checkbox', { name: /Tempo/ }).isChecked()).toBe(true);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
    await page.locator('.log-text').first().waitFor({ timeout: 20_000 });
  });

  test('has a way to its lines in the tray', { timeout: 60_000 }, async (context) => {
    needsStack(context);
    await goTo('Services');
    await item.untilMenu(
      'Tempo is failed',
      ({ children }) => children.some(({ label }) => label === 'Tempo (failed)'),
      30,
    );
    await item.click('Tempo', 'Show what happened');
    await expect.poll(shownPage, { timeout: 20_000 }).toBe('logs');
    await page.locator('.moment-bar').waitFor({ timeout: 10_000 });
  });

  test('is told by nothing where notifications are off', { timeout: 90_000 }, async (context) => {
    needsStack(context);
    await ask('settings:change', { notifications: false });
    await goTo('Services');
    await closeWindow();
    await spoil('loki');
    await waitUntil(
      'it is seen as failed',
      async () =>
        (await happened()).changes.some(({ service, to }) => service !== 'tempo' && to === 'failed') ? true : undefined,
      60,
    );
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(notices().length).toBe(1);
  });
});

describe('another start of the app', () => {
  test('knows all that', { timeout: 60_000 }, async (context) => {
    needsStack(context);
    const before = await happened();
    await app.close();
    app = await desktop.drive();
    page = await app.firstWindow();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor({ timeout: 20_000 });
    const after = await happened();
    expect(after.lastUp).toEqual(before.lastUp);
    expect(after.changes.length).toBeGreaterThanOrEqual(before.changes.length);
    expect(after.changes).toEqual(expect.arrayContaining([...before.changes]));
  });
});
