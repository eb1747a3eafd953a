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
  const hide = new Map<number, () => void>();
  // A stub of the runtime that keeps who watches.
  const figures: FiguresRuntime = {
    watch: (tell, signal) => void watches.push({ tell, signal }),
    disk: async ({ anew }) => ({ measuredAt: anew ? 2 : 1, volumes: [], images: [] }),
  };
  const { handlers, closePage } = createFigureHandlers({ figures: async () => figures }, (page, listener) => {
    hide.set(page.id, listener);
    return () => void hide.delete(page.id);
  });
  const running = () => watches.filter(({ signal }) => !signal.aborted);
  return { watches, running, hide, handlers, closePage };
}

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
    const { handlers, watches } = set();
    const [one, other] = [pageOf(1), pageOf(2)];
    await handlers['figures:watch'](undefined, one.page);
    await handlers['figures:watch'](undefined, other.page);
    watches[0]?.tell(sample);
    expect(one.sent).toEqual([['figures', sample]]);
    expect(other.sent).toEqual([]);
  });

  it('is one, however often the page asks', async () => {
    const { handlers, running } = set();
    const { page } = pageOf(1);
    await Promise.all([1, 2, 3].map(async () => handlers['figures:watch'](undefined, page)));
    expect(running()).toHaveLength(1);
  });

  it('ends when the page says so, even before it has begun', async () => {
    const { handlers, running } = set();
    const { page } = pageOf(1);
    const begun = handlers['figures:watch'](undefined, page);
    await handlers['figures:unwatch'](undefined, page);
    await begun;
    expect(running()).toHaveLength(0);
    await handlers['figures:watch'](undefined, page);
    expect(running()).toHaveLength(1);
    await handlers['figures:unwatch'](undefined, page);
    expect(running()).toHaveLength(0);
  });

  it('ends with the page and with its window hidden, and leaves no listener behind', async () => {
    const { handlers, running, hide, closePage } = set();
    const { page } = pageOf(1);
    await handlers['figures:watch'](undefined, page);
    hide.get(1)?.();
    expect(running()).toHaveLength(0);
    expect(hide.size).toBe(0);
    await handlers['figures:watch'](undefined, page);
    expect(running()).toHaveLength(1);
    closePage(1);
    expect(running()).toHaveLength(0);
    expect(hide.size).toBe(0);
  });

  it('ends where the page turns out to be gone', async () => {
    const { handlers, watches, running } = set();
    const { page, sent, state } = pageOf(1);
    await handlers['figures:watch'](undefined, page);
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
