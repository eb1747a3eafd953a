// Shows the tray model. Linux redraws a menu as a whole at every change, so it changes only when the model did.
import { Menu, nativeImage, Tray, type NativeImage } from 'electron';
import { join } from 'node:path';
import type { TrayAction, TrayIcon, TrayItem, TrayModel } from '../core/tray-menu.ts';
import { coalesce } from './coalesce.ts';
import { trayTemplate } from './tray-template.ts';

// Four menus a second are as many as a person can follow.
const menuInterval = 250;

// What is there until the first snapshot.
export const startingModel: TrayModel = {
  icon: 'off',
  toolTip: 'Macula is starting',
  items: [
    { kind: 'text', label: 'Macula is starting' },
    { kind: 'separator' },
    { kind: 'action', label: 'Quit', enabled: true, action: { kind: 'quit' } },
  ],
};

export interface TrayView {
  update(model: TrayModel): void;
  // Whether the desktop has a place for tray icons now.
  hostChanged(isPresent: boolean): void;
  destroy(): void;
}

export interface TrayParts {
  readonly iconFolder: string;
  readonly act: (action: TrayAction) => void;
}

export function createTrayView({ iconFolder, act }: TrayParts): TrayView {
  const images = new Map<TrayIcon, NativeImage>();
  let shown = startingModel;
  let menuItems = shown.items;
  let menuText = JSON.stringify(menuItems);
  let tray = makeTray();
  let wasMadeWithoutHost: boolean | undefined;

  function image(icon: TrayIcon): NativeImage {
    let found = images.get(icon);
    if (found === undefined) {
      // The file with @2x beside it is found by its name.
      found = nativeImage.createFromPath(join(iconFolder, `${icon}.png`));
      images.set(icon, found);
    }
    return found;
  }

  function makeTray(): Tray {
    const made = new Tray(image(shown.icon));
    made.setToolTip(shown.toolTip);
    made.setContextMenu(Menu.buildFromTemplate(trayTemplate(menuItems, act)));
    made.on('click', () => act({ kind: 'open-dashboard' }));
    return made;
  }

  const showMenu = coalesce<readonly TrayItem[]>(menuInterval, (items) => {
    const text = JSON.stringify(items);
    if (text === menuText) return;
    menuText = text;
    menuItems = items;
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(items, act)));
  });

  function update(model: TrayModel): void {
    if (model.icon !== shown.icon) tray.setImage(image(model.icon));
    if (model.toolTip !== shown.toolTip) tray.setToolTip(model.toolTip);
    shown = model;
    showMenu(model.items);
  }

  // A tray icon that found no host when it was made never looks again, so it is made once more when one comes.
  // Only then: some desktops lose an icon that is remade.
  function hostChanged(isPresent: boolean): void {
    wasMadeWithoutHost ??= !isPresent;
    if (!isPresent || !wasMadeWithoutHost) return;
    wasMadeWithoutHost = false;
    tray.destroy();
    tray = makeTray();
  }

  function destroy(): void {
    showMenu.cancel();
    tray.destroy();
  }

  return { update, hostChanged, destroy };
}
