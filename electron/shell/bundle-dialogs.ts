// The desktop's own dialogs about bundles of images. Loaded when they are wanted.
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  type MessageBoxOptions,
  type OpenDialogOptions,
  type SaveDialogOptions,
  type WebContents,
} from 'electron';
import type { BundleImage } from '../core/images/images-view.ts';
import type { BundleDialogs } from './handlers/image-handlers.ts';

const filters = [
  { name: 'Image bundles', extensions: ['tar'] },
  { name: 'All files', extensions: ['*'] },
];

export const bundleDialogs: BundleDialogs = {
  async whereTo(page) {
    const options: SaveDialogOptions = {
      title: 'Export images',
      defaultPath: join(app.getPath('downloads'), 'macula-images.tar'),
      filters,
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    };
    const window = windowOf(page);
    const { canceled, filePath } = await (window === undefined
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window, options));
    return canceled || filePath === '' ? undefined : filePath;
  },
  async whereFrom(page) {
    const options: OpenDialogOptions = { title: 'Import images', filters, properties: ['openFile'] };
    const window = windowOf(page);
    const { canceled, filePaths } = await (window === undefined
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return canceled ? undefined : filePaths[0];
  },
  async mayTrust(page, images) {
    const options: MessageBoxOptions = {
      type: 'warning',
      title: 'Import images',
      message: 'Do you trust whoever made this file?',
      detail: trustWords(images),
      // The careful answer is the one that Enter and Escape give.
      buttons: ['Leave them out', 'Import them too'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const window = windowOf(page);
    const { response } = await (window === undefined
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(window, options));
    return response === 1;
  },
};

function windowOf(page: WebContents): BrowserWindow | undefined {
  // It may have been closed since it asked.
  return page.isDestroyed() ? undefined : (BrowserWindow.fromWebContents(page) ?? undefined);
}

function trustWords(images: readonly BundleImage[]): string {
  const names = images.map(({ name }) => name).join(', ');
  return `Nothing but the file itself says that these images are what they are called: ${names}. They cannot be traced to their registry by their pinned digests. What is in them will run on this machine, with your data.`;
}
