// Whether the window of a page can be seen. A page is not always told: Chromium keeps some for visible that are not.
import { BrowserWindow, type WebContents } from 'electron';

const changes = ['show', 'hide', 'minimize', 'restore'] as const;

// Tells at once, and from then on when it changes; returns the function that ends it.
export function followVisibility(page: WebContents, listener: (isVisible: boolean) => void): () => void {
  const window = BrowserWindow.fromWebContents(page);
  if (window === null) return () => undefined;
  const isVisible = (): boolean => window.isVisible() && !window.isMinimized();
  let last = isVisible();
  const look = (): void => {
    if (isVisible() === last) return;
    last = !last;
    listener(last);
  };
  listener(last);
  // The library's types know each event by itself only.
  const emitter: NodeJS.EventEmitter = window;
  for (const change of changes) emitter.on(change, look);
  return () => {
    for (const change of changes) emitter.off(change, look);
  };
}
