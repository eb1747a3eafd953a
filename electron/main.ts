// Puts the desktop app together, in the order that shows the tray soonest: what the tray needs is loaded with this
// file, everything else once the tray is there.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, Menu, protocol, safeStorage } from 'electron';
import type Store from 'electron-store';
import { trayModel, type TrayAction } from './core/tray-menu.ts';
import { settingsDirectory } from './runtime/settings-directory.ts';
import { createAppLog } from './shell/app-log.ts';
import type { Desktop } from './shell/desktop.ts';
import { createKeychain } from './shell/keychain.ts';
import { followLifecycle, logUnexpected, quitOnSignals } from './shell/lifecycle.ts';
import { onceConnected } from './shell/once-connected.ts';
import { ownScheme } from './shell/scheme.ts';
import { restrainPages } from './shell/security.ts';
import { tidySeldom } from './shell/seldom-tidying.ts';
import { createTrayView, type TrayView } from './shell/tray.ts';
import { watchTrayHost } from './shell/tray-host.ts';

type SaveSettings = (values: Readonly<Record<string, unknown>>) => void;

const settingsFolder = settingsDirectory(process.env, process.platform, homedir());
// Read by the command line too; what Chromium keeps goes into a folder of its own.
mkdirSync(settingsFolder, { recursive: true });
app.setPath('userData', settingsFolder);
app.setPath('sessionData', join(settingsFolder, 'browser'));

if (app.requestSingleInstanceLock()) start();
else app.exit(0);

function start(): void {
  const log = createAppLog(join(settingsFolder, 'logs', 'main.log'));
  let tray: TrayView | undefined;
  let desktop: Desktop | undefined;
  let isQuitting = false;
  let isWindowWanted = !process.argv.includes('--hidden');
  // Clicked before there was anything to carry it out.
  const early: TrayAction[] = [];

  function openWindow(): void {
    if (desktop === undefined) isWindowWanted = true;
    else desktop.act({ kind: 'open-dashboard' });
  }

  function act(action: TrayAction): void {
    if (desktop !== undefined) desktop.act(action);
    else if (action.kind === 'quit') app.quit();
    else early.push(action);
  }

  logUnexpected(log);
  quitOnSignals(app);
  tidySeldom(app);
  // As root Chromium's sandbox is off by the starter's own word, and must not be asked for again.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([ownScheme]);
  // Made together with the first window.
  Menu.setApplicationMenu(null);
  restrainPages(app, log);

  // Asked this early, the desktop has answered by the time the tray is made.
  const trayHost = watchTrayHost({
    platform: process.platform,
    environment: process.env,
    userId: process.getuid?.() ?? -1,
    changed: (isPresent) => {
      // Its own end is told too, when there is no icon any more.
      if (isQuitting) return;
      tray?.hostChanged(isPresent);
      desktop?.trayVisible(isPresent);
    },
  });
  followLifecycle(app, {
    openWindow,
    beforeQuit: () => desktop?.allowQuit(),
    quitting: () => {
      isQuitting = true;
      trayHost.close();
      desktop?.close();
      tray?.destroy();
    },
  });

  async function complete(view: TrayView): Promise<void> {
    const [{ composeRuntime }, { createDesktop }] = await Promise.all([
      import('./compose.ts'),
      import('./shell/desktop.ts'),
    ]);
    let saveSettings: SaveSettings = () => {
      throw new Error('Not loaded yet');
    };
    const runtime = composeRuntime({
      settingsDirectory: settingsFolder,
      log,
      writeSettings: (values) => saveSettings(values),
      keychain: createKeychain({ storage: safeStorage, platform: process.platform, log }),
    });
    runtime.subscribe((snapshot) => view.update(trayModel(snapshot)));
    view.update(trayModel(runtime.snapshot()));
    const connected = runtime.connect({ watch: true, feed: true });
    // Loaded while the engine is being asked; only the window, which comes after it, changes settings.
    saveSettings = settingsStore((await import('electron-store')).default);
    desktop = createDesktop({
      runtime,
      settingsFolder,
      distFolder: import.meta.dirname,
      iconFolder: iconFolder(),
      log,
    });
    const isPresent = trayHost.isPresent();
    if (isPresent !== undefined) desktop.trayVisible(isPresent);
    if (isWindowWanted) openWindow();
    for (const action of early) desktop.act(action);
    onceConnected(runtime, () => {
      if (runtime.settings().startStackWithApp) desktop?.act({ kind: 'start' });
    });
    await connected;
  }

  void app.whenReady().then(async () => {
    tray = createTrayView({ iconFolder: join(iconFolder(), 'tray'), act });
    const isPresent = trayHost.isPresent();
    if (isPresent !== undefined) tray.hostChanged(isPresent);
    await complete(tray);
  });
}

function settingsStore(Constructor: typeof Store): SaveSettings {
  let store: Store | undefined;
  return (values) => {
    // Made at the first change: making one reads the file.
    store ??= new Constructor({ cwd: settingsFolder, name: 'settings' });
    store.store = { ...values };
  };
}

// Beside the bundle in a checkout, beside the archive in a package.
function iconFolder(): string {
  return app.isPackaged ? join(process.resourcesPath, 'icons') : join(import.meta.dirname, '..', 'resources', 'icons');
}
