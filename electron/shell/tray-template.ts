// The tray's menu as Electron wants it. Pure: what a click does is handed in.
import type { MenuItemConstructorOptions } from 'electron';
import type { TrayAction, TrayItem } from '../core/tray-menu.ts';

export function trayTemplate(
  items: readonly TrayItem[],
  act: (action: TrayAction) => void,
): MenuItemConstructorOptions[] {
  return items.map((item) => menuItem(item, act));
}

function menuItem(item: TrayItem, act: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: literal(item.label), enabled: false };
    case 'action':
      return { label: literal(item.label), enabled: item.enabled, click: () => act(item.action) };
    case 'submenu':
      return { label: literal(item.label), submenu: trayTemplate(item.items, act) };
  }
}

// In a menu a single & marks the letter to press.
function literal(label: string): string {
  return label.replaceAll('&', '&&');
}
