// The least that Electron can be with an icon in the tray: what the app's own figures are held against.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const icon = fileURLToPath(new URL('../../resources/icons/tray/off.png', import.meta.url));

const program = `
import { join } from 'node:path';
import { app, Menu, Tray } from 'electron';
let tray;
app.on('window-all-closed', () => {});
process.on('SIGTERM', () => app.quit());
app.whenReady().then(() => {
  tray = new Tray(join(import.meta.dirname, 'icon.png'));
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
});
`;

export function writeBareElectron(parent: string): string {
  const folder = join(parent, 'bare-electron');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'bare-electron', type: 'module', main: 'main.js' }),
  );
  writeFileSync(join(folder, 'main.js'), program);
  copyFileSync(icon, join(folder, 'icon.png'));
  return folder;
}
