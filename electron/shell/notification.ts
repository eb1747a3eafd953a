// A word from the desktop when something began in the tray went wrong and no window is there to say so.
import { Notification } from 'electron';

export function notify(title: string, text: string, clicked: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body: text });
  notification.on('click', clicked);
  notification.show();
}
