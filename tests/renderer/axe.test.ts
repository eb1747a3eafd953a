// What the tests of pages rely on: what was examined before hides nothing of what is there now.
import { expect, test } from 'vitest';
import { seriousFindings } from './support/axe.ts';
import { useBrowser } from './support/browser.ts';
import { inEachLook } from './support/looks.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();

const conditions = {
  dark: '(prefers-color-scheme: dark) and (forced-colors: none)',
  forced: '(forced-colors: active)',
  contrast: '(prefers-contrast: more)',
} as const;

test.each(Object.keys(conditions) as (keyof typeof conditions)[])(
  'finds faint words in one look, %s',
  async (faint) => {
    const { page } = await open(scenarios.off, { reducedMotion: 'reduce' });
    await page.evaluate((condition) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `@media ${condition} { main h3 { forced-color-adjust: none; color: #777; background: #888; } }`,
      );
      document.adoptedStyleSheets.push(sheet);
    }, conditions[faint]);
    const found = new Set<string>();
    await inEachLook(page, async (look) => {
      for (const finding of await seriousFindings(page)) found.add(`${look} ${finding.split(':')[0]}`);
    });
    expect([...found]).toEqual([`${faint} color-contrast`]);
  },
);

test('looks at everything again once something has appeared, though by its style alone', async () => {
  const { page } = await open(scenarios.off, { reducedMotion: 'reduce' });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('@media (prefers-color-scheme: light) { #nameless { display: none; } }');
    document.adoptedStyleSheets.push(sheet);
    document.querySelector('main')?.append(Object.assign(document.createElement('input'), { id: 'nameless' }));
  });
  const found = new Set<string>();
  await inEachLook(page, async (look) => {
    for (const finding of await seriousFindings(page)) found.add(`${look} ${finding.split(':')[0]}`);
  });
  expect([...found]).toEqual(['dark label', 'forced label']);
});
