import { describe, expect, it } from 'vitest';
import type { FiguresSample } from '../../../electron/core/figures.ts';
import type { FiguresRuntime } from '../../../electron/runtime/runtime-api.ts';
import { createFigureHandlers, type FigureHandlers } from '../../../electron/shell/handlers/figure-handlers.ts';

type WebContents = Parameters<FigureHandlers['handlers']['figures:watch']>[1];

interface Watch {
  readonly tell: (sample: FiguresSample) => void;
  readonly signal: AbortSignal;
}

function set() {
  const watches: Watch[] = [];
  const followed = new Map<number, (isVisible: boolean) => void>();
  // A stub of the runtime that keeps who watches.
  const figures: FiguresRuntime = {
    watch: (tell, signal) => void watches.push({ tell, signal }),
    disk: async ({ anew }) => ({ measuredAt: anew ? 2 : 1, volumes: [], images: [] }),
  };
  const hidden = new Set<number>();
  const { handlers, closePage } = createFigureHandlers({ figures: async () => figures }, (page, listener) => {
    followed.set(page.id, listener);
    listener(!hidden.has(page.id));
    return () => void followed.delete(page.id);
  });
  const running = () => watches.filter(({ signal }) => !signal.aborted);
  const ask = async (page: WebContents) => {
    await handlers['figures:watch'](undefined, page);
    await settle();
  };
  return { watches, running, followed, hidden, handlers, closePage, ask };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

function pageOf(id: number) {
  const sent: unknown[] = [];
  const state = { isDestroyed: false };
  const page = {
    id,
    isDestroyed: () => state.isDestroyed,
    send: (name: string, payload: unknown) => void sent.push([name, payload]),
  };
  return { page: page as unknown as WebContents, sent, state };
}

const sample: FiguresSample = { at: 1, services: {} };

describe('the watch of a page', () => {
  it('sends samples to the page that asked, and to no other', async () => {
    const { ask, watches } = set();
    const [one, other] = [pageOf(1), pageOf(2)];
    await ask(one.page);
    await ask(other.page);
    watches[0]?.tell(sample);
    expect(one.sent).toEqual([['figures', sample]]);
    expect(other.sent).toEqual([]);
  });

  it('is one, however often the page asks', async () => {
    const { ask, running, followed } = set();
    const { page } = pageOf(1);
    await Promise.all([1, 2, 3].map(async () => ask(page)));
    expect(running()).toHaveLength(1);
    expect(followed.size).toBe(1);
  });

  it('ends when the page says so, even before it has begun', async () => {
    const { ask, handlers, running, followed } = set();
    const { page } = pageOf(1);
    const begun = handlers['figures:watch'](undefined, page);
    await handlers['figures:unwatch'](undefined, page);
    await begun;
    await settle();
    expect(running()).toHaveLength(0);
    await ask(page);
    expect(running()).toHaveLength(1);
    await handlers['figures:unwatch'](undefined, page);
    expect(running()).toHaveLength(0);
    expect(followed.size).toBe(0);
  });

  it('rests while the window is hidden, and goes on by itself when it is seen again', async () => {
    const { ask, running, followed, hidden } = set();
    const { page } = pageOf(1);
    await ask(page);
    followed.get(1)?.(false);
    expect(running()).toHaveLength(0);
    followed.get(1)?.(true);
    await settle();
    expect(running()).toHaveLength(1);
    hidden.add(2);
    await ask(pageOf(2).page);
    expect(running()).toHaveLength(1);
  });

  it('ends with the page, and leaves no listener behind', async () => {
    const { ask, running, followed, closePage } = set();
    await ask(pageOf(1).page);
    closePage(1);
    expect(running()).toHaveLength(0);
    expect(followed.size).toBe(0);
  });

  it('ends where the page turns out to be gone', async () => {
    const { ask, watches, running } = set();
    const { page, sent, state } = pageOf(1);
    await ask(page);
    state.isDestroyed = true;
    watches[0]?.tell(sample);
    expect(sent).toEqual([]);
    expect(running()).toHaveLength(0);
  });

  it('measures the disk anew only on that word', async () => {
    const { handlers } = set();
    const { page } = pageOf(1);
    expect(await handlers['figures:disk']({ anew: false }, page)).toMatchObject({ measuredAt: 1 });
    expect(await handlers['figures:disk']({ anew: true }, page)).toMatchObject({ measuredAt: 2 });
  });
});
