// Pages of one browser, used again by the next test: making one takes three times as long as loading one anew. What a
// test can leave behind goes with the document, or is put back here.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { installMockBridge, type Scenario } from '../mock-bridge.ts';

// What can be changed on a page that is there; anything else is fixed when its context is made.
const usual = {
  viewport: { width: 1280, height: 860 },
  colorScheme: 'light',
  reducedMotion: 'no-preference',
  forcedColors: 'none',
  contrast: 'no-preference',
} as const satisfies BrowserContextOptions;
const changeable = new Set(Object.keys(usual));

export interface PooledPage {
  readonly page: Page;
  // Puts it back for the next test, or away if it has to be a page of its own or is not to be trusted any more.
  readonly giveBack: (isSound: boolean) => Promise<void>;
}

export interface PageOptions extends BrowserContextOptions {
  // Milliseconds since 1970: the page's clock stands still there.
  readonly at?: number;
  // For a test that changes what outlives the document, such as the clock.
  readonly isOwn?: boolean;
}

export function pagePool(browser: Browser) {
  // By what is fixed of them.
  const idle = new Map<string, Page[]>();

  async function madePage({ at, ...options }: PageOptions): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...usual, ...options });
    const page = await context.newPage();
    if (at !== undefined) await page.clock.setFixedTime(at);
    return page;
  }

  async function usedPage(page: Page, options: BrowserContextOptions): Promise<Page> {
    const { viewport, colorScheme, reducedMotion, forcedColors, contrast } = { ...usual, ...options };
    if (viewport === null) throw new Error('A page of the pool has a size');
    const size = page.viewportSize();
    if (size?.width !== viewport.width || size.height !== viewport.height) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion, forcedColors, contrast });
    return page;
  }

  return {
    async take(scenario: Scenario, { isOwn = false, ...options }: PageOptions): Promise<PooledPage> {
      const fixed = JSON.stringify(Object.entries(options).filter(([name]) => !changeable.has(name)));
      const waiting = idle.get(fixed) ?? [];
      idle.set(fixed, waiting);
      const last = isOwn ? undefined : waiting.pop();
      const page = last === undefined ? await madePage(options) : await usedPage(last, options);
      const bridge = await page.addInitScript(installMockBridge, scenario);
      return {
        page,
        async giveBack(isSound) {
          if (isOwn || !isSound) return page.context().close();
          await bridge.dispose();
          const isClockReal = await page.evaluate(() => {
            localStorage.clear();
            return String(setTimeout).includes('[native code]');
          });
          if (!isClockReal && options.at === undefined)
            throw new Error('The clock of this page outlives the test: open it with isOwn');
          // Where it points at nothing of the next document.
          await page.mouse.move(-1, -1);
          await page.goto('about:blank');
          waiting.push(page);
        },
      };
    },
  };
}
