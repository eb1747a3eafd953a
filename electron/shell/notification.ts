// A word from the desktop when something began in the tray went wrong and no window is there to say so.
import { Notification } from 'electron';

// Held until the app ends, also once they are closed; they are few. Nothing else holds a notification: one collected
// early takes its click with it, and one collected while the app quits is freed by Electron twice, which is a crash.
const shown: Notification[] = [];

export function notify(title: string, text: string, clicked: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body: text });
  notification.on('click', clicked);
  shown.push(notification);
  notification.show();
}
