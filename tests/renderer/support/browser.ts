// A real browser on the built page, for as long as a test file runs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { pages, type Page as PageName } from '../../../electron/contract/contract.ts';
import type { Scenario, SentCommand } from '../mock-bridge.ts';
import { type PageOptions, pagePool } from './page-pool.ts';
import { serveFolder, type StaticServer } from './static-server.ts';

const root = join(import.meta.dirname, '../../..');
export const outputFolder = join(root, 'tests/output');
// Another folder while several people build at once.
const builtPage = process.env['MACULA_RENDERER_FOLDER'] ?? join(root, 'dist/renderer');
const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenOptions extends PageOptions {
  readonly page?: PageName;
}

export interface OpenedPage {
  readonly page: Page;
  // Commands sent so far; the reading and streaming ones that every page sends are left out.
  readonly commands: () => Promise<readonly SentCommand[]>;
  readonly sent: () => Promise<readonly SentCommand[]>;
}

const byItself = new Set([
  ...['snapshot:get', 'settings:get', 'host:get', 'telemetry:get'],
  ...['logs:open', 'logs:acknowledge', 'logs:close'],
  ...['figures:watch', 'figures:unwatch', 'figures:disk', 'timeline:get', 'images:get', 'images:sizes'],
  ...['engine:list', 'login:get', 'password:get', 'settings:preview'],
]);

export function useBrowser(): (scenario: Scenario, options?: OpenOptions) => Promise<OpenedPage> {
  let browser: Browser | undefined;
  let server: StaticServer | undefined;
  let pool: ReturnType<typeof pagePool> | undefined;
  let opened: { page: Page; problems: string[]; giveBack: (isSound: boolean) => Promise<void> }[] = [];

  beforeAll(async () => {
    if (executable === undefined) return;
    server = await serveFolder(builtPage);
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: executable, args: [...flags, ...asRoot] });
    pool = pagePool(browser);
  });

  beforeEach((context) => {
    if (executable === undefined) context.skip('no Chromium on this machine (Debian: apt-get install chromium)');
    opened = [];
    return async () => {
      for (const { page, problems, giveBack } of opened) {
        expect(problems).toEqual([]);
        expect(await page.evaluate(() => window.policyViolations)).toEqual([]);
        page.removeAllListeners('pageerror').removeAllListeners('console');
        await giveBack(context.task.result?.state !== 'fail');
      }
    };
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return async (scenario, { page: name = 'services', ...options } = {}) => {
    if (pool === undefined || server === undefined) throw new Error('The browser is not up');
    const { page, giveBack } = await pool.take(scenario, options);
    const problems: string[] = [];
    opened.push({ page, problems, giveBack });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    await page.goto(server.address);
    await page.getByRole('main').waitFor();
    if (name !== 'services') await page.keyboard.press(`Control+${pages.indexOf(name) + 1}`);
    const sent = () => page.evaluate(() => window.mock.sent);
    return { page, sent, commands: async () => (await sent()).filter((command) => !byItself.has(command.name)) };
  };
}
