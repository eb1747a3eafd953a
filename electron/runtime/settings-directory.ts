// Where the settings live: one place for the app and the command line.
import { isAbsolute, join } from 'node:path';

const name = 'macula-desktop';

export function settingsDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name);
  const base = environment['XDG_CONFIG_HOME'];
  // The specification of that variable has relative paths ignored.
  return join(base !== undefined && isAbsolute(base) ? base : join(home, '.config'), name);
}
