// What a page may not do, said once for every page there will ever be.
import type { App, Session, WebContents, WebPreferences } from 'electron';

export function pagePreferences(preload: string, allowDeveloperTools: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    devTools: allowDeveloperTools,
  };
}

export function restrainPages(app: App, log: (line: string) => void): void {
  app.on('web-contents-created', (_, contents) => restrainPage(contents, log));
}

// The page comes once, from our own files, and never goes anywhere.
function restrainPage(contents: WebContents, log: (line: string) => void): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    log(`refused to go to ${event.url}`);
  });
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log(`refused to open a window for ${url}`);
    return { action: 'deny' };
  });
}

// The app itself asks the desktop for what it needs; a page needs no permission at all.
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, __, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
