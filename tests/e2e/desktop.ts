// The real app on a desktop of its own: display, session bus, tray host, an ordinary user and a browser stand-in.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { startDesktopSession, type DesktopSession } from '../support/desktop-session.ts';
import { prepareTestUser, type TestUser } from '../support/run-as-user.ts';
import { createBrowserStandIn, type BrowserStandIn } from './browser-stand-in.ts';
import { writeSettings } from './app-settings.ts';
import type { TrayItem } from './tray-item.ts';
import { startTrayHost, type TrayHost } from './tray-host.ts';

export interface Desktop {
  readonly user: TestUser;
  readonly browser: BrowserStandIn;
  // A folder for the test's own files that the app's user can reach.
  readonly folder: string;
  // As the variable DISPLAY names it.
  readonly display: string;
  // Where the app keeps its settings.
  readonly settingsFolder: string;
  // Of its session bus.
  readonly busAddress: string;
  readonly trayHost: TrayHost | undefined;
  startTrayHost(): Promise<TrayHost>;
  // The app's icon, once it has registered; the newest, once there are that many.
  trayItem(count?: number): Promise<TrayItem>;
  // As a person starts it.
  start(options?: LaunchOptions): RunningApp;
  // The same, driven from inside as well.
  drive(options?: LaunchOptions): Promise<ElectronApplication>;
  log(): string;
  stop(): Promise<void>;
}

export interface LaunchOptions {
  // Another program than the app: benchmarks compare it with a bare one.
  readonly application?: string;
  // Another way to the user's Electron than straight on.
  readonly executable?: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface RunningApp {
  readonly process: ChildProcess;
  // By this process's clock.
  readonly startedAt: number;
  // What it wrote on its standard error, for when a test fails.
  words(): string;
  // The code it ended with.
  readonly ended: Promise<number | null>;
}

export interface DesktopOptions {
  readonly withTrayHost: boolean;
  // The app was never used here: its window begins with the first steps.
  readonly isNew?: boolean;
}

export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const user = prepareTestUser();
  const session: DesktopSession = await startDesktopSession('1400x1000');
  const folder = mkdtempSync(join(tmpdir(), 'macula-e2e-'));
  chmodSync(folder, 0o755);
  const browser = createBrowserStandIn(folder);
  const apps: RunningApp[] = [];
  const driven: ElectronApplication[] = [];
  const hosts: TrayHost[] = [];
  const settingsFolder = join(user.home, '.config', 'macula-desktop');

  const environment = (extra: Readonly<Record<string, string>> = {}): Record<string, string> => {
    const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const path = `${browser.folder}:${process.env['PATH'] ?? ''}`;
    return { ...Object.fromEntries(inherited), ...session.environment, PATH: path, ...extra };
  };

  function start({ application = user.application, args = [], environment: extra }: LaunchOptions = {}): RunningApp {
    const startedAt = performance.now();
    const child = spawn(user.electron, [application, ...args], {
      env: { ...environment(extra), ...user.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-8000)));
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const app = { process: child, startedAt, ended, words: () => words };
    apps.push(app);
    return app;
  }

  async function drive(options: LaunchOptions = {}): Promise<ElectronApplication> {
    const { executable = user.electron, args = [], environment: extra } = options;
    const app = await _electron.launch({
      executablePath: executable,
      args: [user.application, ...args],
      env: { ...environment(extra), ...(user.environment as Record<string, string>) },
      chromiumSandbox: true,
    });
    driven.push(app);
    return app;
  }

  const desktop: Desktop = {
    user,
    browser,
    folder,
    display: session.environment.DISPLAY,
    settingsFolder,
    busAddress: session.environment.DBUS_SESSION_BUS_ADDRESS,
    get trayHost() {
      return hosts.at(-1);
    },
    startTrayHost: async () => {
      const host = await startTrayHost(session.environment.DBUS_SESSION_BUS_ADDRESS);
      hosts.push(host);
      return host;
    },
    trayItem: async (count = 1) => {
      const host = hosts.at(-1);
      if (host === undefined) throw new Error('This desktop has no tray host');
      return host.item(15, count);
    },
    start,
    drive,
    log: () => readFileSync(join(settingsFolder, 'logs', 'main.log'), 'utf8'),
    stop: async () => {
      await Promise.all([...apps.map(endApp), ...driven.map((app) => app.close().catch(() => {}))]);
      await Promise.all(hosts.map((host) => host.close().catch(() => {})));
      await session.stop();
      rmSync(folder, { recursive: true, force: true });
      user.cleanUp();
    },
  };
  if (options.isNew !== true) writeSettings(desktop, JSON.stringify({ firstRunDone: true }));
  if (options.withTrayHost) await desktop.startTrayHost();
  return desktop;
}

async function endApp({ process: child, ended }: RunningApp): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 8000);
  await ended;
  clearTimeout(impatience);
}
