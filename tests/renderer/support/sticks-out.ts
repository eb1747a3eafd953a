import type { Page } from 'playwright-core';

// What sticks out of the window, but for what scrolls inside of it.
export function sticksOut(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found =
      document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    for (const element of document.querySelectorAll('body *')) {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.right <= width + 1) continue;
      const scrolling = '.tabs ul, .log-viewport, .picker ul, .evidence pre, .tail-lines, .figures-scroll';
      if (element.closest(`${scrolling}, .visually-hidden`) !== null) continue;
      found.push(`${element.tagName} ${element.className} ends at ${Math.round(box.right)} of ${width}`);
    }
    return found.slice(0, 5);
  });
}
