// The whole stack by the tray alone: what a desktop's panel sees and clicks.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { startDesktop, type Desktop, type RunningApp } from './desktop.ts';
import { killContainer, missingForStack, removeStack, requireNoStack, runningServices } from './engine-api.ts';
import { findEntry, menuText, type TrayItem } from './tray-item.ts';
import { waitUntil } from './wait-until.ts';

const allServices = ['alloy', 'excalidraw', 'grafana', 'ingress', 'loki', 'prometheus', 'tempo'];

let desktop: Desktop;
let app: RunningApp;
let item: TrayItem;
let missing: string | undefined;
const icons = new Map<string, string>();

beforeAll(async () => {
  missing = await missingForStack();
  if (missing === undefined) await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true });
  app = desktop.start({ args: ['--hidden'] });
});

afterAll(async () => {
  await desktop?.stop();
  if (missing === undefined) await removeStack();
});

function needsStack(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

// Answers what the page says under this host name, through the ingress.
function getByName(host: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: 8080, path: '/', headers: { Host: host } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function remember(state: string): Promise<void> {
  icons.set(state, (await item.properties()).icon);
}

describe('the tray', () => {
  test('is there soon after the start', async () => {
    item = await desktop.trayItem();
    const [registration] = desktop.trayHost?.registrations ?? [];
    expect((registration?.at ?? Number.POSITIVE_INFINITY) - app.startedAt).toBeLessThan(5000);
  });

  test('answers by its unique and by its registered name', async () => {
    // It may change between the two questions while the app is still starting.
    const [byUnique, byRegistered] = await waitUntil(
      'the same answer by both names',
      async () => {
        const both = [await item.properties('unique name'), await item.properties('registered name')] as const;
        return both[0].toolTip === both[1].toolTip ? both : undefined;
      },
      5,
    );
    expect(byRegistered).toEqual(byUnique);
    expect(byUnique.iconSizes).toContain(44);
    expect(byUnique.toolTip).toContain('Macula');
  });

  test('has a status line, the commands and a submenu a service', async (context) => {
    needsStack(context);
    const menu = await item.untilMenu(
      'the stack is seen as off',
      ({ children }) => children[0]?.label === 'The stack is off',
      20,
    );
    await remember('off');
    expect(menuText(menu)).toMatchInlineSnapshot(`
      "The stack is off (disabled)
      ---
      Start
      Stop (disabled)
      ---
      Ingress (off)
        Off (disabled)
        ---
        Dashboard: Containers (disabled)
        Start
        Stop (disabled)
        Restart (disabled)
        Logs (disabled)
      Prometheus (off)
        Off (disabled)
        ---
        Open (disabled)
        Dashboard: Macula overview (disabled)
        Start
        Stop (disabled)
        Restart (disabled)
        Logs (disabled)
      Grafana (off)
        Off (disabled)
        ---
        Open (disabled)
        Dashboard: Macula overview (disabled)
        Start
        Stop (disabled)
        Restart (disabled)
        Logs (disabled)
      Loki (off)
        Off (disabled)
        ---
        Open (disabled)
        Dashboard: Logs by service (disabled)
        Start
        Stop (disabled)
        Restart (disabled)
        Logs (disabled)
      Tempo (off)
        Off (disabled)
        ---
        Open (disabled)
        Dashboard: Requests and service graph (disabled)
        Start
        Stop (disabled)
        Restart (disabled)
        Logs (disabled)
      Alloy (off)
        Off (disabled)
        ---
        Open (disabled)
        Dashboard: Telemetry pipeline (disabled)
        Start
        Stop (disabled)
        Restart (disabled)
        Logs (disabled)
      Excalidraw (off)
        Off (disabled)
        ---
        Open (disabled)
        Dashboard: Containers (disabled)
        Start
        Stop (disabled)
        Restart (disabled)
        Logs (disabled)
      ---
      Telemetry…
      This machine
        Names are not set up (disabled)
        LAN mode is off (disabled)
        ---
        Set up names…
        LAN mode…
        Turn LAN mode off (disabled)
        ---
        Check everything…
      Open dashboard
      Settings
      Quit
      "
    `);
  });

  test('brings the stack up by a click, through working to ready', async (context) => {
    needsStack(context);
    await item.click('Start');
    await item.untilMenu(
      'Cancel is offered while it works',
      ({ children }) => children.some((child) => child.label === 'Cancel'),
      10,
    );
    await remember('working');
    const menu = await item.untilMenu(
      'all are ready',
      ({ children }) => children[0]?.label === 'All 7 services are ready',
      150,
    );
    await remember('ready');
    expect(await runningServices()).toEqual(allServices);
    expect(findEntry(menu, ['Start']).enabled).toBe(false);
    expect(findEntry(menu, ['Stop']).enabled).toBe(true);
    expect((await item.properties()).toolTip).toContain('All 7 services are ready');
    expect(item.signals.some((signal) => signal.name === 'NewIcon')).toBe(true);
  });

  test('the pages answer by name through the ingress', async (context) => {
    needsStack(context);
    const grafana = await waitUntil(
      'Grafana by its name',
      async () => {
        const answer = await getByName('grafana.macula.localhost:8080');
        return answer.status < 400 ? answer : undefined;
      },
      10,
    );
    expect(grafana.status).toBeLessThan(400);
    const draw = await getByName('draw.macula.localhost:8080');
    expect(draw.status).toBe(200);
    expect(draw.body.toLowerCase()).toContain('excalidraw');
  });

  test('Open hands the address to the browser', async (context) => {
    needsStack(context);
    await item.click('Grafana', 'Open');
    const [opened] = await waitUntil(
      'the browser was asked',
      () => {
        const list = desktop.browser.opened();
        return list.length > 0 ? list : undefined;
      },
      10,
    );
    expect(opened).toBe('http://grafana.macula.localhost:8080/');
  });

  test('shows a service that was killed within a blink', async (context) => {
    needsStack(context);
    const seen = item.signals.length;
    const killedAt = performance.now();
    await killContainer('macula-excalidraw');
    const first = await waitUntil('a signal from the tray', () => item.signals.at(seen), 10);
    expect(first.at - killedAt).toBeLessThan(2000);
    await item.untilMenu('no longer all ready', ({ children }) => !(children[0]?.label ?? '').startsWith('All 7'), 10);
    await remember('degraded');
    await item.click('Excalidraw', 'Start');
    await item.untilMenu(
      'all are ready again',
      ({ children }) => children[0]?.label === 'All 7 services are ready',
      60,
    );
  });

  test('each state has an icon of its own', async (context) => {
    needsStack(context);
    expect([...icons.keys()].toSorted()).toEqual(['degraded', 'off', 'ready', 'working']);
    expect(new Set(icons.values()).size).toBe(4);
  });

  test('stops one service by its submenu', async (context) => {
    needsStack(context);
    await item.click('Tempo', 'Stop');
    await item.untilMenu('Tempo is off', (menu) => findEntry(menu, ['Tempo']).label === 'Tempo (off)', 60);
    expect(await runningServices()).toEqual(allServices.filter((id) => id !== 'tempo'));
  });

  test('Quit ends the app and leaves the containers running', async (context) => {
    needsStack(context);
    // The answer to this click does not come: its sender is gone.
    await item.click('Quit').catch(() => {});
    await expect.poll(() => Promise.race([app.ended, Promise.resolve('runs still')]), { timeout: 60_000 }).toBe(0);
    expect(await runningServices()).toEqual(allServices.filter((id) => id !== 'tempo'));
  });

  test('a new start finds them, and Stop stops them', async (context) => {
    needsStack(context);
    const before = desktop.trayHost?.registrations.length ?? 0;
    app = desktop.start({ args: ['--hidden'] });
    item = await desktop.trayItem(before + 1);
    await item.untilMenu(
      'the running services are found',
      (menu) => findEntry(menu, ['Grafana']).label === 'Grafana (ready)',
      30,
    );
    await item.click('Stop');
    await item.untilMenu('the stack is off', ({ children }) => children[0]?.label === 'The stack is off', 90);
    expect(await runningServices()).toEqual([]);
  });

  test('ends cleanly when the session asks it to', async () => {
    app.process.kill('SIGTERM');
    expect(await app.ended).toBe(0);
  });
});
