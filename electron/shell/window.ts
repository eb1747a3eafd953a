// The one window: made when it is wanted, hidden when it is closed, destroyed when nobody came back for it.
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { Events } from '../contract/contract.ts';
import { followVisibility } from './page-visibility.ts';
import { pageAddress } from './scheme.ts';
import { pagePreferences } from './security.ts';
import { fitPlace, minimumSize, readPlace, usualSize, writePlace } from './window-bounds.ts';

// Hidden it opens again at once; destroyed it gives back some 30 MiB.
const keepHiddenMilliseconds = 30_000;

export interface WindowParts {
  readonly preload: string;
  readonly icon: string;
  readonly placeFile: string;
  readonly allowDeveloperTools: boolean;
  // Before the first page is asked for.
  readonly prepare: () => void;
  readonly pageGone: (pageId: number) => void;
  readonly seen: (isSeen: boolean) => void;
  readonly log: (line: string) => void;
}

export type Place = Events['navigate'];

export interface MainWindow {
  open(place?: Place): void;
  // The page, while there is one.
  page(): WebContents | undefined;
  send<Name extends keyof Events>(name: Name, payload: Events[Name]): void;
  // It is seen, and no other program is in front.
  isFocused(): boolean;
  // From now on closing means closing.
  allowClose(): void;
}

export function createMainWindow(parts: WindowParts): MainWindow {
  let window: BrowserWindow | undefined;
  let mayClose = false;
  let wanted: Place | undefined;
  let isLoaded = false;
  let destruction: NodeJS.Timeout | undefined;

  function open(place?: Place): void {
    clearTimeout(destruction);
    if (place !== undefined) wanted = place;
    if (window === undefined) {
      window = make();
      return;
    }
    if (isLoaded) deliverPlace();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  function deliverPlace(): void {
    if (wanted !== undefined) send('navigate', wanted);
    wanted = undefined;
  }

  function make(): BrowserWindow {
    parts.prepare();
    const last = readPlace(parts.placeFile);
    const made = new BrowserWindow({
      ...usualSize,
      ...(last === undefined
        ? {}
        : fitPlace(
            last,
            screen.getAllDisplays().map((display) => display.workArea),
          )),
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title: 'Macula',
      icon: parts.icon,
      show: false,
      autoHideMenuBar: true,
      // What is seen until the page has drawn itself.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#121517' : '#f4f3ef',
      webPreferences: pagePreferences(parts.preload, parts.allowDeveloperTools),
    });
    follow(made, made.webContents);
    if (last?.isMaximized === true) made.maximize();
    made.once('ready-to-show', () => made.show());
    made.loadURL(pageAddress).catch((error: unknown) => parts.log(`the page did not load: ${String(error)}`));
    return made;
  }

  function follow(made: BrowserWindow, contents: WebContents): void {
    const pageId = contents.id;
    followVisibility(contents, parts.seen);
    made.on('close', (event) => {
      writePlace(parts.placeFile, { bounds: made.getNormalBounds(), isMaximized: made.isMaximized() });
      if (mayClose) return;
      event.preventDefault();
      made.hide();
      clearTimeout(destruction);
      destruction = setTimeout(() => made.destroy(), keepHiddenMilliseconds);
    });
    made.on('closed', () => {
      clearTimeout(destruction);
      window = undefined;
      isLoaded = false;
      parts.seen(false);
      parts.pageGone(pageId);
    });
    contents.on('did-finish-load', () => {
      isLoaded = true;
      deliverPlace();
    });
    // A page that begins anew knows nothing of the streams it had.
    contents.on('did-start-loading', () => parts.pageGone(pageId));
    contents.on('render-process-gone', (_, { reason }) => {
      parts.log(`the page's process ended: ${reason}`);
      parts.pageGone(pageId);
      if (reason !== 'clean-exit' && !made.isDestroyed()) made.destroy();
    });
  }

  function send<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    if (window !== undefined && !window.webContents.isDestroyed()) window.webContents.send(name, payload);
  }

  return {
    open,
    page: () => window?.webContents,
    send,
    isFocused: () => window !== undefined && window.isVisible() && window.isFocused(),
    allowClose: () => {
      mayClose = true;
    },
  };
}
