// The app lives in the tray: it ends when its user says so, not when its window closes. Containers outlive it.
import type { App } from 'electron';

export interface LifecycleParts {
  // Somebody started the app again, or clicked its icon in the dock.
  readonly openWindow: () => void;
  readonly beforeQuit: () => void;
  readonly quitting: () => void;
}

export function followLifecycle(app: App, parts: LifecycleParts): void {
  // The default is to quit.
  app.on('window-all-closed', () => {});
  // What the second process was started with is anybody's word; it opens the window and nothing more.
  app.on('second-instance', () => parts.openWindow());
  app.on('activate', () => parts.openWindow());
  app.on('before-quit', () => parts.beforeQuit());
  app.on('will-quit', () => parts.quitting());
}

export function quitOnSignals(app: App): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}

// Without these, Electron shows a box with a stack that nobody can use, and waits for a click.
export function logUnexpected(log: (line: string) => void): void {
  process.on('uncaughtException', (error) => log(`unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => {
    log(`unexpected: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
  });
}
