// Not seen on Linux until Alt is pressed, but it gives the keys: copy, zoom, close, quit.
import { Menu, type MenuItemConstructorOptions } from 'electron';

export function setWindowMenu(platform: NodeJS.Platform, allowDeveloperTools: boolean): void {
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [{ role: 'close' }, { role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(allowDeveloperTools ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
