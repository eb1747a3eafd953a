// Puts the desktop app together, in the order that shows the tray soonest: what the tray needs is loaded with this
// file, everything else once the tray is there.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, Menu, protocol } from 'electron';
import { trayModel, type TrayAction } from './core/tray-menu.ts';
import { settingsDirectory } from './runtime/settings-directory.ts';
import { createAppLog } from './shell/app-log.ts';
import type { Desktop } from './shell/desktop.ts';
import { followLifecycle, logUnexpected, quitOnSignals } from './shell/lifecycle.ts';
import { ownScheme } from './shell/scheme.ts';
import { restrainPages } from './shell/security.ts';
import { createTrayView, type TrayView } from './shell/tray.ts';
import { watchTrayHost } from './shell/tray-host.ts';

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
  let isWindowWanted = !process.argv.includes('--hidden');

  function openWindow(): void {
    if (desktop === undefined) isWindowWanted = true;
    else desktop.act({ kind: 'open-dashboard' });
  }

  function act(action: TrayAction): void {
    if (desktop !== undefined) desktop.act(action);
    else if (action.kind === 'quit') app.quit();
    else if (action.kind === 'open-dashboard') openWindow();
  }

  logUnexpected(log);
  quitOnSignals(app);
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
      tray?.hostChanged(isPresent);
      desktop?.trayVisible(isPresent);
    },
  });
  followLifecycle(app, {
    openWindow,
    beforeQuit: () => desktop?.allowQuit(),
    quitting: () => {
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
    const runtime = composeRuntime({ settingsDirectory: settingsFolder, log });
    desktop = createDesktop({
      runtime,
      settingsFolder,
      distFolder: import.meta.dirname,
      iconFolder: iconFolder(),
      log,
    });
    runtime.subscribe((snapshot) => view.update(trayModel(snapshot)));
    view.update(trayModel(runtime.snapshot()));
    const isPresent = trayHost.isPresent();
    if (isPresent !== undefined) desktop.trayVisible(isPresent);
    if (isWindowWanted) openWindow();
    await runtime.connect({ watch: true });
    if (runtime.settings().startStackWithApp) desktop.act({ kind: 'start' });
  }

  void app.whenReady().then(async () => {
    tray = createTrayView({ iconFolder: join(iconFolder(), 'tray'), act });
    const isPresent = trayHost.isPresent();
    if (isPresent !== undefined) tray.hostChanged(isPresent);
    await complete(tray);
  });
}

// Beside the bundle in a checkout, beside the archive in a package.
function iconFolder(): string {
  return app.isPackaged ? join(process.resourcesPath, 'icons') : join(import.meta.dirname, '..', 'resources', 'icons');
}
