// Every page by keyboard alone: whatever can be pressed is reached, with a focus that is seen. Nothing moves where
// less motion is wanted, and no state is told by colour alone.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pages } from '../../electron/contract/contract.ts';
import { useBrowser } from './support/browser.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();
// More than any page has.
const mostStops = 400;

// What Tab has to reach: of a group of radio buttons one.
async function markStops(page: Page): Promise<void> {
  await page.evaluate(() => {
    const selector = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      const isRadioBeside = element instanceof HTMLInputElement && element.type === 'radio' && !element.checked;
      const isShown = element.checkVisibility({ visibilityProperty: true });
      if (isShown && element.tabIndex >= 0 && !isRadioBeside && !element.matches(':disabled')) {
        element.dataset['stop'] = 'missed';
      }
    }
  });
}

async function walk(page: Page): Promise<readonly string[]> {
  const unseen: string[] = [];
  for (let step = 0; step < mostStops; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      element.dataset['stop'] = 'reached';
      // A field within a frame that looks like one field shows it by its frame.
      const isSeen = [element, element.parentElement ?? element].some((shown) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !outlineColor.endsWith(', 0)');
      });
      return { name: `${element.tagName} ${element.className} ${element.textContent}`.slice(0, 80), isSeen };
    });
    if (stop === undefined) return unseen;
    if (!stop.isSeen) unseen.push(stop.name);
  }
  throw new Error(`Tab never came to the end in ${mostStops} steps`);
}

describe.each(pages)('%s', (name) => {
  test('is walked through by keyboard', async () => {
    const { page } = await open(scenarios.failed, { page: name, reducedMotion: 'reduce' });
    await expect.poll(() => page.locator('.loading').count()).toBe(0);
    await page.locator('h1').waitFor({ state: 'attached' });
    await markStops(page);
    // The page that was opened has the focus: from there to the end, and once more from the beginning.
    expect(await walk(page)).toEqual([]);
    expect(await walk(page)).toEqual([]);
    const missed = page.locator('[data-stop="missed"]');
    expect(await missed.evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120)))).toEqual([]);
    expect(await page.locator('[data-stop="reached"]').count()).toBeGreaterThan(12);
  });

  test('stands still where less motion is wanted', async () => {
    const { page } = await open(scenarios.working, { page: name, reducedMotion: 'reduce' });
    await page.locator('h1').waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('.loading').count()).toBe(0);
    const moving = await page.evaluate(() => {
      const running = document.getAnimations().map((animation) => animation.constructor.name);
      const animated = [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
        return animationName !== 'none' || transitionDuration !== '0s' || scrollBehavior === 'smooth';
      });
      return [...running, ...animated.map((element) => element.outerHTML.slice(0, 100))];
    });
    expect(moving).toEqual([]);
  });
});

test('a turning icon does turn where motion is welcome', async () => {
  const { page } = await open(scenarios.working, { reducedMotion: 'no-preference' });
  await page.locator('.state-turning').first().waitFor();
  expect(await page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
});

test('each state has a shape and words of its own, whatever its colour', async () => {
  const states = ['off', 'pulling', 'starting', 'ready', 'degraded', 'failed', 'stopping'] as const;
  const { snapshot } = scenarios.ready;
  const services = snapshot.services.map((service, index) => ({ ...service, state: states[index] ?? 'off' }));
  const { page } = await open({ ...scenarios.ready, snapshot: { ...snapshot, services } });
  await page.locator('.service').first().waitFor();
  const seen = await page.evaluate(
    (names) =>
      names.map((state) => {
        const icon = document.querySelector(`main .state-icon[data-state="${state}"]`);
        return { shape: icon?.innerHTML ?? '', words: icon?.parentElement?.textContent ?? '' };
      }),
    states,
  );
  expect(seen.filter(({ shape, words }) => shape === '' || words.trim() === '')).toEqual([]);
  expect(new Set(seen.map(({ shape }) => shape)).size).toBe(states.length);
});
