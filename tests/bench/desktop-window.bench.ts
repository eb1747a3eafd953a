// The window on a stack that is up: from the click on the icon until its rows are drawn, the first time and again; what
// it takes and gives back; and what the app does when nobody looks.
import type { ElectronApplication, Page } from 'playwright-core';
import { startDesktop, type Desktop } from '../e2e/desktop.ts';
import { missingForStack, removeStack, requireNoStack } from '../e2e/engine-api.ts';
import { writeSettings } from '../e2e/app-settings.ts';
import type { TrayItem } from '../e2e/tray-item.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { activityOfTree, memoryOfTree } from './processes.ts';

const starts = 7;
const reopenings = 15;
const idleSeconds = 60;
// A closed window is kept for 30 s.
const untilDestroyedMilliseconds = 34_000;

declare global {
  interface Window {
    // Of the last time it became visible, milliseconds since 1970.
    shownAt?: number;
  }
}

export const benchmark: Benchmark = async () => {
  const missing = await missingForStack();
  if (missing !== undefined) throw new Error(missing);
  await requireNoStack();
  const desktop = await startDesktop({ withTrayHost: true });
  try {
    writeSettings(desktop, JSON.stringify({ startStackWithApp: true, firstRunDone: true }));
    const first: number[] = [];
    for (let run = 0; run < starts - 1; run += 1) {
      const { app, item } = await startHidden(desktop);
      first.push((await openFirst(app, item)).milliseconds);
      await app.close();
    }
    const idle = await idleUndriven(desktop);
    const { app, item } = await startHidden(desktop);
    await sleep(10_000);
    const pid = app.process().pid ?? 0;
    const hidden = memoryOfTree(pid);
    const { page, milliseconds } = await openFirst(app, item);
    first.push(milliseconds);
    const again: number[] = [];
    for (let run = 0; run < reopenings; run += 1) again.push(await openAgain(app, page, item));
    const open = memoryOfTree(pid);
    await close(app);
    await sleep(untilDestroyedMilliseconds);
    const after = memoryOfTree(pid);
    const idleAfter = await idleActivity(pid);
    await app.close();
    return [
      { name: 'click to first rows, new window', unit: 'ms', ours: first, limit: { most: 700 } },
      { name: 'click to rows, window opened again', unit: 'ms', ours: again, limit: { most: 250 } },
      { name: 'memory with the window open', unit: 'MiB', ours: [open] },
      { name: 'memory kept after the window was closed', unit: 'MiB', ours: [after - hidden], limit: { most: 25 } },
      ...idleMeasurements('before any window', idle),
      ...idleMeasurements('after a window', idleAfter),
    ];
  } finally {
    await desktop.stop();
    await removeStack();
  }
};

async function startHidden(desktop: Desktop): Promise<{ app: ElectronApplication; item: TrayItem }> {
  const before = desktop.trayHost?.registrations.length ?? 0;
  const app = await desktop.drive({ args: ['--hidden'] });
  const item = await desktop.trayItem(before + 1);
  await untilReady(item);
  return { app, item };
}

const untilReady = (item: TrayItem) =>
  item.untilMenu('all are ready', ({ children }) => (children[0]?.label ?? '').startsWith('All '), 180);

// As a person starts it: what drives the app from inside wakes it up as well.
async function idleUndriven(desktop: Desktop): Promise<Idle> {
  const before = desktop.trayHost?.registrations.length ?? 0;
  const app = desktop.start({ args: ['--hidden'] });
  await untilReady(await desktop.trayItem(before + 1));
  await sleep(10_000);
  const idle = await idleActivity(app.process.pid ?? 0);
  app.process.kill('SIGTERM');
  await app.ended;
  return idle;
}

async function openFirst(app: ElectronApplication, item: TrayItem): Promise<{ page: Page; milliseconds: number }> {
  const opened = app.waitForEvent('window');
  const clicked = now();
  await item.activate();
  const page = await opened;
  const rows = await page.waitForFunction(() => performance.getEntriesByName('rows')[0]?.startTime);
  const drawn = await page.evaluate(
    (start) => performance.timeOrigin + (start ?? Number.NaN),
    (await rows.jsonValue()) ?? Number.NaN,
  );
  return { page, milliseconds: drawn - clicked };
}

async function openAgain(app: ElectronApplication, page: Page, item: TrayItem): Promise<number> {
  await close(app);
  await page.waitForFunction(() => document.hidden);
  await page.evaluate(() => {
    delete window.shownAt;
    document.addEventListener(
      'visibilitychange',
      () =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => (window.shownAt = performance.timeOrigin + performance.now())),
        ),
      { once: true },
    );
  });
  const clicked = now();
  await item.activate();
  const shown = await page.waitForFunction(() => window.shownAt);
  return ((await shown.jsonValue()) ?? Number.NaN) - clicked;
}

async function close(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

interface Idle {
  readonly wakeUps: number;
  readonly percent: number;
}

// A second each, of the whole process tree.
async function idleActivity(pid: number): Promise<Idle> {
  const before = activityOfTree(pid);
  const began = performance.now();
  await sleep(idleSeconds * 1000);
  const after = activityOfTree(pid);
  const seconds = (performance.now() - began) / 1000;
  return {
    wakeUps: (after.wakeUps - before.wakeUps) / seconds,
    percent: ((after.processorSeconds - before.processorSeconds) / seconds) * 100,
  };
}

function idleMeasurements(when: string, { wakeUps, percent }: Idle): readonly Measurement[] {
  return [
    { name: `wake-ups a second, ${when}`, unit: '1/s', ours: [wakeUps], limit: { most: 2 } },
    { name: `processor, ${when}`, unit: '%', ours: [percent], limit: { most: 0.1 } },
  ];
}

const now = (): number => performance.timeOrigin + performance.now();
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
