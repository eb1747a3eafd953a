// Opens an address in the user's browser, from a program that is no browser's friend: the command line.
import { spawn } from 'node:child_process';

// False when this machine has no desktop, or no program to ask.
export function openLink(
  url: string,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const hasDesktop = Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
  // Without one, xdg-open would start a browser inside this terminal.
  if (platform !== 'darwin' && !hasDesktop) return Promise.resolve(false);
  return new Promise((resolve) => {
    const opener = spawn(platform === 'darwin' ? 'open' : 'xdg-open', [url], { stdio: 'ignore', detached: true });
    opener.on('error', () => resolve(false));
    opener.on('exit', (code) => resolve(code === 0));
    // Some openers stay as long as the browser does.
    setTimeout(() => resolve(true), 3000).unref();
    opener.unref();
  });
}
