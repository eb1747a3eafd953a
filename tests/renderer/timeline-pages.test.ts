// The Timeline page in every state and look: it is drawn, axe finds nothing serious, and nothing runs out of the window.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { expectSoundInEachLook, expectToFit, inEachLook, small, take } from './support/looks.ts';
import { type TimelineScenarioName, timelineScenarios } from './support/timeline-scenarios.ts';

const names = Object.keys(timelineScenarios) as TimelineScenarioName[];

const open = useBrowser();

async function openTimeline(name: TimelineScenarioName, options?: Parameters<typeof open>[1]): Promise<Page> {
  const { page } = await open(timelineScenarios[name], { page: 'timeline', reducedMotion: 'reduce', ...options });
  await page.getByRole('heading', { name: 'Changes of the last day' }).waitFor();
  return page;
}

describe('in each look', () => {
  test.each(names.filter((name) => name !== 'many'))('%s', async (name) => {
    const page = await openTimeline(name);
    await expectSoundInEachLook(page, { name: `timeline-${name}`, isWhole: true });
  });

  // axe looks at each of thousands of elements, so only once: hundreds of rows differ from a few in nothing else.
  test('many', { timeout: 240_000 }, async () => {
    const page = await openTimeline('many');
    const picture = { name: 'timeline-many' };
    await expectSoundInEachLook(page, picture, ['light']);
    await inEachLook(
      page,
      async (look) => {
        await take(page, picture, look);
        expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      },
      ['dark', 'forced', 'contrast'],
    );
  });
});

test.each(names)('%s, in the smallest and the largest window, and with text twice as large', async (name) => {
  const page = await openTimeline(name, { viewport: small });
  await expectToFit(page, { name: `timeline-${name}`, isWhole: name !== 'many' });
});
