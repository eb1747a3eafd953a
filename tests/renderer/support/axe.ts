import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe?: typeof Axe;
    // What all rules have looked at.
    examined?: string;
  }
}

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Runs in the page. All rules look at one state once; while not an element, a word, a place or a size has changed
// since, only the rules that look at colours can find something else in it.
async function examine(): Promise<readonly string[]> {
  if (window.axe === undefined) throw new Error('axe is not in the page');
  const places = [...document.querySelectorAll('*')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [element.checkVisibility({ opacityProperty: true, visibilityProperty: true }), x, y, width, height];
  });
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, select, textarea')];
  const values = fields.map(({ value, checked }) => [value, checked]);
  const state = JSON.stringify([document.documentElement.outerHTML, places, values]);
  const { violations } = await window.axe.run(document, {
    runOnly:
      window.examined === state
        ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
        : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  if (serious.length === 0) window.examined = state;
  return serious.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary ?? ''}`),
  );
}

// What a person who depends on it would stumble over, as lines to read.
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source);
  return page.evaluate(examine);
}
