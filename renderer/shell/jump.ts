// Leads to a part of a page that may have to ask the app first before it is drawn.
import type { Page } from '../../electron/contract/contract.ts';
import { navigate, placeStore } from '../stores/navigation.ts';

// After this nobody waits for it any more.
const longest = 10_000;

let stopWaiting = () => {};

export function jumpTo(page: Page, headingId: string): void {
  stopWaiting();
  navigate(page);
  if (show(headingId)) return;
  const observer = new MutationObserver(() => {
    if (placeStore.get().page !== page || show(headingId)) stopWaiting();
  });
  const timer = setTimeout(() => stopWaiting(), longest);
  stopWaiting = () => {
    observer.disconnect();
    clearTimeout(timer);
    stopWaiting = () => {};
  };
  observer.observe(document.body, { childList: true, subtree: true });
}

function show(headingId: string): boolean {
  const heading = document.getElementById(headingId);
  if (heading === null) return false;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  (heading.closest('section') ?? heading).scrollIntoView({ block: 'start' });
  return true;
}
