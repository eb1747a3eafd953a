// Puts a settings file in place before the app starts, as the app's own user would have left it.
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Desktop } from './desktop.ts';

export function writeSettings({ user, settingsFolder }: Desktop, text: string): void {
  for (const folder of [dirname(settingsFolder), settingsFolder]) {
    mkdirSync(folder, { recursive: true });
    chownSync(folder, user.uid, user.gid);
  }
  const file = join(settingsFolder, 'settings.json');
  writeFileSync(file, text);
  chownSync(file, user.uid, user.gid);
}
