// The window on a stack that is up: from the click on the icon until its rows are drawn, the first time and again; what
// it takes and gives back; and what the app does when nobody looks.
import { spawnSync } from 'node:child_process';
import type { ElectronApplication, Page } from 'playwright-core';
import { writeSettings } from '../e2e/app-settings.ts';
import { startDesktop, type Desktop, type RunningApp } from '../e2e/desktop.ts';
import { missingForStack, removeStack, requireNoStack } from '../e2e/engine-api.ts';
import type { TrayItem } from '../e2e/tray-item.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { stubsAmong } from '../observability/support/programs.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { debugPage, type PageDebugger } from './page-debugger.ts';
import { activityOfTree, type Memory, memoryOfTree } from './processes.ts';

const starts = 7;
const reopenings = 15;
const idleSeconds = 60;
const idleTurns = 3;
// After its start the engine of JavaScript tidies up once.
const settleMilliseconds = 40_000;
// A closed window is kept for 30 s.
const untilDestroyedMilliseconds = 40_000;
const port = 9339;

export const benchmark: Benchmark = async () => {
  const missing = await missingForStack();
  if (missing !== undefined) throw new Error(missing);
  await requireNoStack();
  const desktop = await startDesktop({ withTrayHost: true });
  try {
    const idleOff = await idleWithoutStack(desktop);
    // As where Alloy reads the logs: a stub of it does not, and the app would send them in its place, again and again,
    // to a stub of Loki that takes nothing.
    const settings = { startStackWithApp: true, firstRunDone: true, containerLogs: 'off' };
    writeSettings(desktop, JSON.stringify(settings));
    const first: number[] = [];
    for (let run = 0; run < starts - 1; run += 1) {
      const { app, item } = await startHidden(desktop);
      first.push((await openFirst(item)).milliseconds);
      await end(app);
    }
    const { app, item } = await startHidden(desktop);
    await sleep(settleMilliseconds);
    const id = app.process.pid ?? 0;
    const idle = await idleActivity(id);
    first.push((await openFirst(item)).milliseconds);
    await end(app);
    const shipping = await idleShipping(desktop, settings);
    const { again, open, after } = await closeAndOpen(desktop);
    return [
      { name: 'click to first rows, new window', unit: 'ms', ours: first, limit: { most: 700 } },
      { name: 'click to rows, window opened again', unit: 'ms', ours: again, limit: { most: 250 } },
      { name: 'memory that an open window takes', unit: 'MiB', ours: [open.all] },
      { name: 'of it, without program files', unit: 'MiB', ours: [open.own] },
      { name: 'memory kept after the window was closed', unit: 'MiB', ours: [after.all], limit: { most: 25 } },
      { name: 'of it, without program files', unit: 'MiB', ours: [after.own], limit: { most: 10 } },
      ...idleMeasurements('stack off', idleOff),
      ...idleMeasurements('stack up', idle),
      // Without a limit: who sends logs does not rest.
      ...idleMeasurements('stack up, the app sends its logs to Loki', shipping, false),
    ];
  } finally {
    await desktop.stop();
    await removeStack();
  }
};

async function startHidden(desktop: Desktop): Promise<{ app: RunningApp; item: TrayItem }> {
  const before = desktop.trayHost?.registrations.length ?? 0;
  const app = desktop.start({ args: ['--hidden', `--remote-debugging-port=${port}`] });
  const item = await desktop.trayItem(before + 1);
  const isReady = (label: string | undefined): boolean => (label ?? '').startsWith('All ');
  await item.untilMenu('all are ready', ({ children }) => isReady(children[0]?.label), 180);
  return { app, item };
}

async function idleWithoutStack(desktop: Desktop): Promise<readonly Idle[]> {
  const app = desktop.start({ args: ['--hidden'] });
  await desktop.trayItem();
  await sleep(settleMilliseconds);
  const idle = await idleActivity(app.process.pid ?? 0);
  await end(app);
  return idle;
}

// Nothing without a real Loki: a stub takes no logs, and they would be sent again and again.
async function idleShipping(desktop: Desktop, settings: object): Promise<readonly Idle[]> {
  if ((await stubsAmong(['loki'])).length > 0) return [];
  writeSettings(desktop, JSON.stringify({ ...settings, containerLogs: 'app' }));
  const { app } = await startHidden(desktop);
  await sleep(settleMilliseconds);
  const idle = await idleActivity(app.process.pid ?? 0);
  await end(app);
  writeSettings(desktop, JSON.stringify(settings));
  return idle;
}

async function end(app: RunningApp): Promise<void> {
  app.process.kill('SIGTERM');
  await app.ended;
}

// Milliseconds since 1970 of the first rows; null as long as there are none.
const firstRows = `(() => {
  const mark = performance.getEntriesByName('rows')[0];
  return mark === undefined ? null : performance.timeOrigin + mark.startTime;
})()`;

async function openFirst(item: TrayItem): Promise<{ page: PageDebugger; milliseconds: number }> {
  const clicked = now();
  await item.activate();
  const page = await debugPage(port);
  return { page, milliseconds: (await valueOf('rows', page, firstRows)) - clicked };
}

// Driven from inside, since nothing else closes a window on a display without a window manager.
async function closeAndOpen(desktop: Desktop): Promise<{ again: number[]; open: Memory; after: Memory }> {
  const before = desktop.trayHost?.registrations.length ?? 0;
  const app = await desktop.drive({ args: ['--hidden'] });
  const item = await desktop.trayItem(before + 1);
  await sleep(settleMilliseconds);
  const id = app.process().pid ?? 0;
  const hidden = memoryOfTree(id);
  const opened = app.waitForEvent('window');
  await item.activate();
  const page = await opened;
  await waitUntil('rows', async () => ((await page.evaluate(firstRows)) as number | null) ?? undefined, 30);
  const again: number[] = [];
  for (let run = 0; run < reopenings; run += 1) again.push(await openAgain(desktop, app, page, item));
  const open = above(hidden, memoryOfTree(id));
  await close(app);
  await sleep(untilDestroyedMilliseconds);
  const after = above(hidden, memoryOfTree(id));
  await app.close();
  return { again, open, after };
}

function above(rest: Memory, now: Memory): Memory {
  return { all: now.all - rest.all, own: now.own - rest.own };
}

async function close(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

// Milliseconds since 1970 once two more frames were drawn.
const twoFrames = `new Promise((resolve) => {
  const drawn = () => resolve(performance.timeOrigin + performance.now());
  requestAnimationFrame(() => requestAnimationFrame(drawn));
})`;

// The page believes that it is always seen; the display knows whether its window is there.
async function openAgain(desktop: Desktop, app: ElectronApplication, page: Page, item: TrayItem): Promise<number> {
  await close(app);
  await waitUntil('the window to be gone', () => !isVisible(desktop) || undefined, 10);
  await sleep(500);
  const clicked = now();
  await item.activate();
  await waitUntil('the window', () => isVisible(desktop) || undefined, 10);
  const visible = now();
  const drawn = Number(await page.evaluate(twoFrames));
  return Math.max(visible, drawn) - clicked;
}

async function valueOf(what: string, page: PageDebugger, expression: string): Promise<number> {
  return waitUntil(what, async () => ((await page.evaluate(expression)) as number | null) ?? undefined, 30);
}

const visibleWindow = ['search', '--onlyvisible', '--name', 'Macula'];

function isVisible({ display }: Desktop): boolean {
  return spawnSync('xdotool', visibleWindow, { env: { ...process.env, DISPLAY: display } }).status === 0;
}

interface Idle {
  readonly wakeUps: number;
  readonly percent: number;
}

// A second each, of the whole process tree, in one turn after the other.
async function idleActivity(id: number): Promise<readonly Idle[]> {
  const turns: Idle[] = [];
  for (let turn = 0; turn < idleTurns; turn += 1) turns.push(await idleTurn(id));
  return turns;
}

async function idleTurn(id: number): Promise<Idle> {
  const before = activityOfTree(id);
  const began = performance.now();
  await sleep(idleSeconds * 1000);
  const after = activityOfTree(id);
  const seconds = (performance.now() - began) / 1000;
  return {
    wakeUps: (after.wakeUps - before.wakeUps) / seconds,
    percent: ((after.processorSeconds - before.processorSeconds) / seconds) * 100,
  };
}

function idleMeasurements(when: string, turns: readonly Idle[], isLimited = true): readonly Measurement[] {
  const wakeUps = turns.map((turn) => turn.wakeUps);
  const percent = turns.map((turn) => turn.percent);
  if (turns.length === 0) return [];
  return [
    { name: `wake-ups a second, ${when}`, unit: '1/s', ours: wakeUps, ...(isLimited && { limit: { most: 2 } }) },
    { name: `processor, ${when}`, unit: '%', ours: percent, ...(isLimited && { limit: { most: 0.1 } }) },
  ];
}

const now = (): number => performance.timeOrigin + performance.now();
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
