// The real app with its Logs page on one service, and what can be seen of it from outside and inside.
import type { ElectronApplication, Page } from 'playwright-core';
import type { LogBatch } from '../../electron/contract/contract.ts';
import { startDesktop, type Desktop } from './desktop.ts';

export interface LogWindow {
  readonly page: Page;
  readonly app: ElectronApplication;
  // Counts from 0 again.
  startCounting(): Promise<void>;
  counted(): Promise<Counted>;
  // MiB that a process has in memory.
  memory(of: 'main' | 'page'): Promise<number>;
  stop(): Promise<void>;
}

export interface Counted {
  // What the page was given.
  readonly lines: number;
  // Not the next number.
  readonly wrong: number;
  readonly frames: number;
  // Since counting began.
  readonly milliseconds: number;
  // Of main: seconds of processor time, and how late a timer was, in milliseconds.
  readonly mainSeconds: number;
  readonly mainDelay95: number;
  readonly mainDelayMost: number;
}

// title: as the service is called in the window; its container is there already.
export async function openLogWindow(title: string): Promise<LogWindow> {
  const desktop: Desktop = await startDesktop({ withTrayHost: false });
  try {
    const app = await desktop.drive();
    const page = await app.firstWindow();
    await page.getByRole('button', { name: `Logs ${title}`, exact: true }).click({ timeout: 60_000 });
    await page.getByRole('log').waitFor({ timeout: 20_000 });
    await page.evaluate(countInPage);
    return {
      page,
      app,
      startCounting: async () => {
        await page.evaluate(() =>
          Object.assign(window.counts, { lines: 0, wrong: 0, frames: 0, began: performance.now() }),
        );
        await app.evaluate(startWatchingMain);
      },
      counted: async () => {
        const inPage = await page.evaluate(() => ({
          ...window.counts,
          milliseconds: performance.now() - window.counts.began,
        }));
        return { ...inPage, ...(await app.evaluate(watchedMain)) };
      },
      memory: (of) =>
        app.evaluate(
          ({ app: inside }, type) =>
            (inside.getAppMetrics().find((metric) => metric.type === type)?.memory.workingSetSize ?? 0) / 1024,
          of === 'main' ? 'Browser' : 'Tab',
        ),
      stop: () => desktop.stop(),
    };
  } catch (error) {
    await desktop.stop();
    throw error;
  }
}

declare global {
  interface Window {
    counts: { lines: number; wrong: number; frames: number; began: number };
  }
}

// The page's own listener goes on; this one only looks at the numbers that the lines begin with.
function countInPage(): void {
  const counts = (window.counts = { lines: 0, wrong: 0, frames: 0, began: performance.now() });
  const bridge = (window as unknown as { macula: { on(name: 'logs', listener: (batch: LogBatch) => void): void } })
    .macula;
  bridge.on('logs', ({ lines }) => {
    if (lines.count === 0) return;
    for (const packed of lines.text.split('\n')) {
      counts.lines += 1;
      const number = Number.parseInt(packed.slice(packed.indexOf(' ') + 1), 10);
      if (number !== counts.lines) counts.wrong += 1;
    }
  });
  const frame = (): void => {
    counts.frames += 1;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

type Watched = typeof globalThis & {
  watched?: {
    readonly before: NodeJS.CpuUsage;
    readonly delay: ReturnType<typeof import('node:perf_hooks').monitorEventLoopDelay>;
  };
};

function startWatchingMain(): void {
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  (globalThis as Watched).watched = { before: process.cpuUsage(), delay };
}

function watchedMain(): Pick<Counted, 'mainSeconds' | 'mainDelay95' | 'mainDelayMost'> {
  const { watched } = globalThis as Watched;
  if (watched === undefined) return { mainSeconds: 0, mainDelay95: 0, mainDelayMost: 0 };
  const { user, system } = process.cpuUsage(watched.before);
  return {
    mainSeconds: (user + system) / 1e6,
    mainDelay95: watched.delay.percentile(95) / 1e6 - 10,
    mainDelayMost: watched.delay.max / 1e6 - 10,
  };
}
