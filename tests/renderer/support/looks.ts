// One state of a page in every look, and in the smallest and the largest window: what all tests of pages have in common.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousFindings } from './axe.ts';
import { outputFolder } from './browser.ts';
import { sticksOut } from './sticks-out.ts';

const looks = {
  light: { colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', forcedColors: 'none', contrast: 'no-preference' },
  forced: { colorScheme: 'dark', forcedColors: 'active', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', forcedColors: 'none', contrast: 'more' },
} as const;
export type Look = keyof typeof looks;
const allLooks = Object.keys(looks) as Look[];

export const small = { width: 640, height: 480 };
export const large = { width: 3840, height: 2160 };

export interface Picture {
  // Of the pictures: screenshots/<name>-<look>.png.
  readonly name: string;
  readonly isWhole?: boolean;
}

export function take(page: Page, { name, isWhole = false }: Picture, look: string): Promise<Buffer> {
  return page.screenshot({ path: join(outputFolder, 'screenshots', `${name}-${look}.png`), fullPage: isWhole });
}

// All that a look can change is in the style sheets: an open page changes as a new one would be drawn.
export async function inEachLook(
  page: Page,
  examine: (look: Look) => Promise<void>,
  chosen: readonly Look[] = allLooks,
): Promise<void> {
  for (const look of chosen) {
    await page.emulateMedia(looks[look]);
    await examine(look);
  }
}

// It is drawn, and axe finds nothing serious.
export async function expectSoundInEachLook(page: Page, picture: Picture, chosen?: readonly Look[]): Promise<void> {
  await inEachLook(
    page,
    async (look) => {
      await take(page, picture, look);
      expect(await seriousFindings(page), look).toEqual([]);
    },
    chosen,
  );
}

export function setTextSize(page: Page, size: string): Promise<void> {
  return page.evaluate((given) => document.documentElement.style.setProperty('font-size', given), size);
}

// Of a page that was opened in the small window: nothing runs out of it, nor with text twice as large, nor of the
// largest window.
export async function expectToFit(page: Page, picture: Picture, large4k: Picture = picture): Promise<void> {
  await take(page, picture, 'small');
  expect(await sticksOut(page)).toEqual([]);
  await setTextSize(page, '200%');
  await take(page, picture, 'small-large-text');
  expect(await sticksOut(page)).toEqual([]);
  await page.setViewportSize(large);
  await setTextSize(page, '');
  await take(page, large4k, '4k');
  expect(await sticksOut(page)).toEqual([]);
}
