// The app without its window: what goes wrong is told by the desktop, and what runs outlives the app.
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { writeSettings } from './app-settings.ts';
import { startDesktop, type Desktop, type RunningApp } from './desktop.ts';
import { missingForStack, removeStack, requireNoStack, runningServices, stackContainers } from './engine-api.ts';
import { createEngineProxy } from './engine-proxy.ts';
import type { TrayItem } from './tray-item.ts';
import { waitUntil } from './wait-until.ts';

let desktop: Desktop;
let app: RunningApp;
let missing: string | undefined;
let intruder: Server | undefined;
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  missing = await missingForStack();
  if (missing === undefined) await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true });
});

afterAll(async () => {
  intruder?.close();
  for (const cleanUp of cleanUps) await cleanUp();
  await desktop?.stop();
  if (missing === undefined) await removeStack();
});

function needsStack(context: TestContext): void {
  context.skip(missing !== undefined, missing);
}

async function startHidden(environment: Readonly<Record<string, string>> = {}): Promise<TrayItem> {
  const before = desktop.trayHost?.registrations.length ?? 0;
  app = desktop.start({ args: ['--hidden'], environment });
  return desktop.trayItem(before + 1);
}

const untilReady = (item: TrayItem) =>
  item.untilMenu('all are ready', ({ children }) => children[0]?.label === 'All 7 services are ready', 150);

describe('the hidden app', () => {
  test('tells by a notification why Start did nothing', async (context) => {
    needsStack(context);
    const item = await startHidden();
    await item.untilMenu('the stack is off', ({ children }) => children[0]?.label === 'The stack is off', 20);
    const taken = createServer();
    intruder = taken;
    await new Promise<void>((resolve) => taken.listen(3000, '127.0.0.4', resolve));
    await item.click('Start');
    const notice = await waitUntil('a notification', () => desktop.trayHost?.notices.at(-1), 30);
    expect(notice.title).toBe('Port 3000 on 127.0.0.4 is taken');
    expect(notice.text).toContain('Stop the other program');
    expect(await stackContainers()).toEqual([]);
    await new Promise((resolve) => taken.close(resolve));
    app.process.kill('SIGTERM');
    expect(await app.ended).toBe(0);
  });

  test('starts the stack by itself where the settings say so, as soon as there is an engine', async (context) => {
    needsStack(context);
    writeSettings(desktop, JSON.stringify({ startStackWithApp: true }));
    const proxy = createEngineProxy(join(desktop.folder, 'engine.sock'));
    cleanUps.push(() => proxy.close());
    const item = await startHidden({ DOCKER_HOST: `unix://${proxy.path}` });
    await item.untilMenu('no engine is there', ({ children }) => /not running/.test(children[0]?.label ?? ''), 20);
    await proxy.open();
    await untilReady(item);
    expect((await runningServices()).length).toBe(7);
  });

  test('leaves the containers alone when it is killed, and starts again after that', async (context) => {
    needsStack(context);
    app.process.kill('SIGKILL');
    await app.ended;
    expect((await runningServices()).length).toBe(7);
    const before = (await stackContainers()).map((container) => container.Id).toSorted();
    await untilReady(await startHidden());
    expect((await stackContainers()).map((container) => container.Id).toSorted()).toEqual(before);
  });
});
