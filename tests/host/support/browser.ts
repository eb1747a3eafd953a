// The Chromium of the real machine as somebody at the test machine runs it: on the machine's network, with the machine's
// own word on where names lead, as an ordinary user, and with its settings as they come.
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { runCommand } from './commands.ts';
import type { Machine } from './machine.ts';

export interface Visit {
  // Of whoever answered: '127.0.0.4:80'.
  readonly from: string;
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

export interface MachineBrowser {
  // What is seen there; where nothing is, what the browser says of it: 'net::ERR_NAME_NOT_RESOLVED'.
  visit(url: string): Promise<Visit | string>;
  close(): Promise<void>;
}

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const nobody = 65_534;
const triesWhileChanging = 5;
// What a program looks at before it asks a resolver.
const files = ['hosts', 'nsswitch.conf', 'resolv.conf'];

export const missingBrowser =
  executable === undefined ? 'no Chromium on this machine (Debian: apt-get install chromium)' : undefined;

const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--inh-caps=-all'];

// Where an ordinary user may make no namespaces, a sandbox cannot be had.
async function sandboxFlags(): Promise<readonly string[]> {
  const { code } = await runCommand([...asNobody, 'unshare', '--user', 'true']);
  return code === 0 ? [] : ['--no-sandbox'];
}

// The copies are of now: somebody who starts a browser anew.
async function copyFiles(machine: Machine, folder: string): Promise<void> {
  for (const name of files) {
    writeFileSync(join(folder, name), await machine.must(['cat', `/etc/${name}`]));
    chmodSync(join(folder, name), 0o644);
  }
}

const launcher = (machine: Machine, folder: string) => `#!/bin/sh
exec nsenter --net=/run/netns/${machine.namespace} unshare --mount sh -c '
  set -e
  mount --make-rprivate /
  for file in ${files.join(' ')}; do mount --bind ${folder}/$file /etc/$file; done
  cd ${folder}/home
  exec env HOME=${folder}/home ${asNobody.join(' ')} ${executable} "$@"
' sh "$@"
`;

export async function openBrowser(machine: Machine): Promise<MachineBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'macula-browser-'));
  chmodSync(folder, 0o755);
  const home = join(folder, 'home');
  mkdirSync(home);
  chownSync(home, nobody, nobody);
  await copyFiles(machine, folder);
  const script = join(folder, 'chromium');
  writeFileSync(script, launcher(machine, folder), { mode: 0o755 });
  const browser: Browser = await chromium.launch({
    executablePath: script,
    // None of those that Playwright would set: what is asked is what people get.
    ignoreDefaultArgs: true,
    args: [
      '--headless',
      '--remote-debugging-pipe',
      `--user-data-dir=${join(home, 'profile')}`,
      '--no-first-run',
      ...(await sandboxFlags()),
      'about:blank',
    ],
    timeout: 30_000,
  });
  const [context = await browser.newContext()] = browser.contexts();
  async function visitOnce(url: string): Promise<Visit | string> {
    const page = await context.newPage();
    try {
      const response = await page.goto(url, { timeout: 15_000, waitUntil: 'domcontentloaded' });
      const server = await response?.serverAddr();
      return {
        from: `${server?.ipAddress}:${server?.port}`,
        status: response?.status() ?? 0,
        title: await page.title(),
        text: (await page.locator('body').innerText()).trim(),
      };
    } catch (error) {
      return /net::ERR_\w+/.exec(String(error))?.[0] ?? String(error);
    } finally {
      await page.close();
    }
  }

  return {
    // A container that was made anew brings an interface with it; a browser that sees it come drops what it is loading,
    // and shows the page once it is asked again.
    async visit(url) {
      for (let tries = 0; ; tries += 1) {
        const seen = await visitOnce(url);
        if (seen !== 'net::ERR_NETWORK_CHANGED' || tries === triesWhileChanging) return seen;
      }
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
