// The real whiteboard in a real browser, by its name through the ingress: it draws, and reaches no outside server.
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { getByName } from '../cli/support/stack.ts';
import { hostOf } from './support/by-name.ts';
import { useRealStack } from './support/real-stack.ts';

const needsStack = useRealStack({
  real: ['ingress', 'excalidraw'],
  settings: { disabledServices: ['alloy', 'prometheus', 'loki', 'tempo', 'grafana'] },
});
const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

let browser: Browser | undefined;
let outside: Server;
const reached: string[] = [];

beforeAll(async () => {
  // Lets everybody in: only the page's own policy keeps it from here.
  outside = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('outside');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  if (executable === undefined) return;
  const found = '--host-resolver-rules=MAP *.macula.localhost 127.0.0.1';
  browser = await chromium.launch({ executablePath: executable, args: ['--disable-gpu', found, ...asRoot] });
});
afterAll(async () => {
  await browser?.close();
  outside.close();
});

async function openBoard(context: TestContext): Promise<Page> {
  needsStack(context);
  if (browser === undefined) return context.skip('no Chromium on this machine (Debian: apt-get install chromium)');
  const page = await browser.newPage();
  await page.goto(`http://${hostOf('excalidraw')}/`);
  await page.locator('canvas').first().waitFor({ timeout: 60_000 });
  return page;
}

const outsideUrl = () => `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;

test('it draws: what was drawn is kept in the browser', async (context) => {
  const page = await openBoard(context);
  await page.keyboard.press('r');
  await page.mouse.move(400, 300);
  await page.mouse.down();
  await page.mouse.move(600, 450, { steps: 5 });
  await page.mouse.up();
  const kept = await page.waitForFunction(
    () => {
      const values = Object.keys(localStorage).map((key) => localStorage.getItem(key) ?? '');
      return values.find((value) => value.includes('"type":"rectangle"'));
    },
    undefined,
    { timeout: 20_000 },
  );
  expect(await kept.jsonValue()).toContain('"type":"rectangle"');
  await page.close();
});

test('it reaches no other server, in none of the ways a page has', async (context) => {
  const page = await openBoard(context);
  // From anywhere else, the server answers.
  expect(await (await fetch(`${outsideUrl()}/from-the-test`)).text()).toBe('outside');
  const ways = await page.evaluate(async (url) => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, originalPolicy }) => {
      // The whiteboard's server may have a policy too; this is about the one that the ingress adds.
      if (originalPolicy.includes("form-action 'self'")) violations.push(effectiveDirective);
    });
    const fetched = await fetch(`${url}/fetch`).then(
      () => 'answered',
      () => 'refused',
    );
    const drawn = await new Promise<string>((resolve) => {
      const image = new Image();
      image.addEventListener('load', () => resolve('answered'));
      image.addEventListener('error', () => resolve('refused'));
      image.src = `${url}/image`;
    });
    const socket = await new Promise<string>((resolve) => {
      try {
        const opened = new WebSocket(`${url.replace('http', 'ws')}/socket`);
        opened.addEventListener('error', () => resolve('refused'));
        opened.addEventListener('open', () => resolve('answered'));
      } catch {
        resolve('refused');
      }
    });
    const own = await fetch('/').then((response) => response.status);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { fetched, drawn, socket, own, violations };
  }, outsideUrl());
  expect(ways).toEqual({
    fetched: 'refused',
    drawn: 'refused',
    socket: 'refused',
    own: 200,
    violations: ['connect-src', 'img-src', 'connect-src'],
  });
  expect(reached).toEqual(['/from-the-test']);
  await page.close();
});

test('the policy is the whiteboard’s alone', async (context) => {
  needsStack(context);
  expect((await getByName('draw.macula.localhost')).headers['content-security-policy']).toContain("connect-src 'self'");
  expect((await getByName('grafana.macula.localhost')).headers).not.toHaveProperty('content-security-policy');
});
