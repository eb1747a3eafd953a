// Asks with the desktop's own dialog where a file shall go. Loaded when it is wanted.
import { app, BrowserWindow, dialog, type SaveDialogOptions, type WebContents } from 'electron';
import { join } from 'node:path';

// undefined: the user changed their mind.
export async function askWhereToSave(page: WebContents, name: string): Promise<string | undefined> {
  const options: SaveDialogOptions = {
    defaultPath: join(app.getPath('downloads'), name),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const parent = BrowserWindow.fromWebContents(page);
  const { canceled, filePath } = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return canceled || filePath === '' ? undefined : filePath;
}
