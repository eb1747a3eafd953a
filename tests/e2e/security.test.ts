// What a hostile page could try from inside the window, tried.
import { readFileSync } from 'node:fs';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../electron/contract/contract.ts';
import { startDesktop, type Desktop } from './desktop.ts';

interface BridgeInPage {
  invoke(name: string, input?: unknown): Promise<{ ok: boolean; unexpected?: string }>;
  on(name: string, listener: () => void): () => void;
}
declare global {
  interface Window {
    injected?: boolean;
    violations?: string[];
  }
}

const address = 'app://ui/index.html';

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  desktop = await startDesktop({ withTrayHost: true });
  app = await desktop.drive();
  page = await app.firstWindow();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
});

afterAll(() => desktop?.stop());

const invoke = (name: string, input?: unknown) =>
  page.evaluate(
    ([command, value]) =>
      (window as unknown as { macula: BridgeInPage }).macula.invoke(command as string, value).then(
        (result) => (result.ok ? 'done' : result.unexpected === undefined ? 'failure' : 'refused'),
        () => 'rejected',
      ),
    [name, input],
  );

const statusOf = (url: string) =>
  app.evaluate(({ net }, asked) => net.fetch(asked).then((answer) => answer.status), url);

describe('the page', () => {
  test('is isolated and sandboxed, by its preferences and by the kernel', async () => {
    const { preferences, processId } = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return {
        preferences: (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
        processId: contents?.getOSProcessId(),
      };
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    expect(status).toMatch(/^Seccomp:\s*2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
  });

  test('has no Node and of the app only two functions', async () => {
    const found = await page.evaluate(() => ({
      types: [
        typeof (globalThis as { require?: unknown }).require,
        typeof (globalThis as { process?: unknown }).process,
        typeof (globalThis as { module?: unknown }).module,
      ],
      bridge: Object.keys((window as unknown as { macula: object }).macula),
    }));
    expect(found).toEqual({ types: ['undefined', 'undefined', 'undefined'], bridge: ['invoke', 'on'] });
  });

  test('shows all its pages without breaking its own policy', async () => {
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        window.violations?.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await page.reload();
    for (const name of ['Logs', 'Figures', 'Timeline', 'Images', 'Telemetry', 'Host', 'Settings', 'Services']) {
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click();
      await page.waitForTimeout(150);
    }
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  });

  test('runs no script that was put into it', async () => {
    const outcome = await page.evaluate(async () => {
      const attempt = (action: () => void): string => {
        try {
          action();
          return 'accepted';
        } catch (error) {
          return (error as Error).name;
        }
      };
      // What a debugger evaluates may do more than the page; a timer's callback is the page's own.
      await new Promise((resolve) => setTimeout(resolve));
      const inline = document.createElement('script');
      inline.appendChild(document.createTextNode('window.injected = true'));
      document.body.append(inline);
      const script = document.createElement('script');
      const foreign = attempt(() => (script.src = 'https://example.com/x.js'));
      const markup = attempt(() => (document.createElement('div').innerHTML = '<img src=x onerror="injected = true">'));
      // oxlint-disable-next-line no-eval -- that it is refused is the point
      const evaluated = attempt(() => globalThis.eval('window.injected = true'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const violations = (window.violations ?? []).length > 0;
      return { foreign, markup, evaluated, injected: window.injected ?? false, violations };
    });
    expect(outcome).toEqual({
      foreign: 'TypeError',
      markup: 'TypeError',
      evaluated: 'EvalError',
      injected: false,
      violations: true,
    });
  });

  test('gets its own files and nothing else', async () => {
    expect(await statusOf(address)).toBe(200);
    for (const path of [
      '..%2fmain.js',
      '..%2F..%2Fpackage.json',
      '%2e%2e/main.js',
      'main.js',
      'nothing.html',
      '',
      'index.html%00',
      'assets',
      '/etc/passwd',
      '.',
    ]) {
      expect(await statusOf(`app://ui/${path}`), path).toBe(404);
    }
    expect(await statusOf('app://other/index.html')).toBe(404);
    const read = await page.evaluate(() =>
      Promise.all(
        ['file:///etc/passwd', 'http://127.0.0.1:8080/', 'https://example.com/', 'app://other/index.html'].map((url) =>
          fetch(url).then(
            () => 'read',
            () => 'refused',
          ),
        ),
      ),
    );
    expect(read).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  test('goes nowhere and opens nothing', async () => {
    const opened = await page.evaluate(async () => {
      const results: unknown[] = [];
      for (const href of [
        'https://example.com/',
        'file:///etc/passwd',
        'app://other/index.html',
        'data:text/html,hello',
        'javascript:window.injected=true',
      ]) {
        for (const target of ['', '_blank', '_top']) {
          const link = Object.assign(document.createElement('a'), { href, target, textContent: 'a line in a log' });
          document.body.append(link);
          link.click();
          link.remove();
        }
        results.push(window.open(href));
      }
      const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', method: 'post' });
      document.body.append(form);
      form.submit();
      location.assign('https://example.com/');
      await new Promise((resolve) => setTimeout(resolve, 500));
      return results.filter((result) => result !== null).length;
    });
    expect(opened).toBe(0);
    expect(page.url()).toBe(address);
    expect(await page.evaluate(() => window.injected ?? false)).toBe(false);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(desktop.browser.opened()).toEqual([]);
  });

  test('holds no frame with the app in it', async () => {
    const frames = await page.evaluate(async () => {
      const own = document.createElement('iframe');
      own.src = 'app://ui/index.html';
      const empty = document.createElement('iframe');
      document.body.append(own, empty);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const bridges = [own, empty].map((frame) => {
        try {
          return typeof (frame.contentWindow as unknown as { macula?: unknown } | null)?.macula;
        } catch {
          return 'out of reach';
        }
      });
      own.remove();
      empty.remove();
      return bridges;
    });
    expect(frames).not.toContain('object');
  });

  test('is given no permission', async () => {
    const answers = await page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'denied',
      ),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        ),
      ),
      clipboard: await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      ),
    }));
    expect(answers).toEqual({ notifications: 'denied', camera: 'denied', place: 'denied', clipboard: 'denied' });
  });
});

describe('the bridge', () => {
  test('knows only the commands of the contract', async () => {
    for (const name of [
      'shell:run',
      'constructor',
      '__proto__',
      'toString',
      '',
      'snapshot',
      'electron-store-get-data',
    ]) {
      expect(await invoke(name), name).toBe('rejected');
    }
    expect(await invoke('snapshot:get')).toBe('done');
  });

  test('refuses what no command takes', async () => {
    const hostile = [
      null,
      0,
      '',
      'services',
      [],
      { services: 'all' },
      { removeVolumes: 'yes' },
      { id: 7 },
      { unknown: 1 },
      { session: -1 },
    ];
    for (const name of Object.keys(commands)) {
      for (const input of hostile)
        expect(await invoke(name, input), `${name} ${JSON.stringify(input)}`).toBe('refused');
    }
    expect(desktop.log()).toContain('was sent something else than agreed');
  });

  test('opens no address that the page makes up', async () => {
    for (const id of [
      'https://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      '__proto__',
      'constructor',
    ]) {
      expect(await invoke('link:open', { id }), id).toBe('refused');
    }
    expect(desktop.browser.opened()).toEqual([]);
  });
});
