// The window side of the app, loaded once the tray is there: commands, page, logs, links.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, ipcMain, protocol, session, shell } from 'electron';
import { isOfFailedService } from '../core/notices.ts';
import type { TrayAction } from '../core/tray-menu.ts';
import type { Runtime } from '../runtime/runtime-api.ts';
import { lastingProgram } from './autostart-entry.ts';
import { createCommandHandlers } from './command-handlers.ts';
import { createFigureHandlers } from './handlers/figure-handlers.ts';
import { createImageHandlers } from './handlers/image-handlers.ts';
import { serveCommands } from './ipc.ts';
import { createLoginStart } from './login-start.ts';
import { createLogSessions } from './log-sessions.ts';
import { notify } from './notification.ts';
import { followVisibility } from './page-visibility.ts';
import { listFiles, respond, type FileList } from './scheme.ts';
import { denyPermissions } from './security.ts';
import { createNotices } from './tell-notices.ts';
import { performTrayAction } from './tray-actions.ts';
import { createMainWindow } from './window.ts';
import { setWindowMenu } from './window-menu.ts';

export interface DesktopParts {
  readonly runtime: Runtime;
  readonly settingsFolder: string;
  // Holds preload.cjs and the page's files.
  readonly distFolder: string;
  readonly iconFolder: string;
  readonly log: (line: string) => void;
}

export interface Desktop {
  act(action: TrayAction): void;
  trayVisible(isVisible: boolean): void;
  allowQuit(): void;
  close(): void;
}

export function createDesktop({ runtime, settingsFolder, distFolder, iconFolder, log }: DesktopParts): Desktop {
  const allowDeveloperTools = !app.isPackaged;
  const logSessions = createLogSessions((query) => runtime.logs(query), log);
  const figures = createFigureHandlers(runtime, followVisibility);
  const images = createImageHandlers({
    runtime,
    dialogs: async () => (await import('./bundle-dialogs.ts')).bundleDialogs,
    tell: (progress) => window.send('transfer', progress),
  });
  let files: FileList | undefined;
  runtime.setSeen(false);

  const window = createMainWindow({
    preload: join(distFolder, 'preload.cjs'),
    icon: join(iconFolder, 'app', 'macula.png'),
    placeFile: join(settingsFolder, 'window.json'),
    allowDeveloperTools,
    prepare: prepareOnce,
    pageGone: (pageId) => {
      logSessions.closePage(pageId);
      figures.closePage(pageId);
      images.closePage(pageId);
    },
    seen: (isSeen) => runtime.setSeen(isSeen),
    log,
  });

  function prepareOnce(): void {
    if (files !== undefined) return;
    const listed = listFiles(join(distFolder, 'renderer'));
    files = listed;
    protocol.handle('app', (request) => respond(request, listed));
    denyPermissions(session.defaultSession);
    setWindowMenu(process.platform, allowDeveloperTools);
  }

  const loginStart = createLoginStart({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    command: app.isPackaged ? [lastingProgram(process.execPath, process.env), '--hidden'] : undefined,
    mac: app,
  });
  const openExternal = (url: string) => shell.openExternal(url);
  const quit = () => app.quit();

  serveCommands({
    handle: (channel, listener) => ipcMain.handle(channel, listener),
    page: () => window.page(),
    handlers: createCommandHandlers({
      runtime,
      logSessions,
      figures,
      images,
      loginStart,
      settingsPath: join(settingsFolder, 'settings.json'),
      openExternal,
      askWhereToSave: async (page, name) => (await import('./save-dialog.ts')).askWhereToSave(page, name),
      writeClipboard: (text) => clipboard.writeText(text),
      quit,
    }),
    log,
  });
  const wantsNotices = () => runtime.settings().notifications;
  const notices = createNotices({
    isWanted: wantsNotices,
    isWatched: () => window.isFocused(),
    notify: ({ title, text, place }) => notify(title, text, () => window.open(place)),
  });
  notices.accept(runtime.snapshot());
  runtime.subscribe((snapshot) => {
    window.send('snapshot', snapshot);
    notices.accept(snapshot);
  });

  return {
    act: (action) =>
      performTrayAction(action, {
        runtime,
        openWindow: (place) => window.open(place),
        openExternal,
        tell: (title, text, failure) => {
          const isToldAnyway = failure !== undefined && isOfFailedService(failure, runtime.snapshot());
          if (wantsNotices() && !window.isFocused() && !isToldAnyway) notify(title, text, () => window.open());
        },
        quit,
        log,
      }),
    trayVisible: (isVisible) => runtime.setTrayVisible(isVisible),
    allowQuit: () => window.allowClose(),
    close: () => {
      notices.close();
      runtime.close();
    },
  };
}
