// What the Figures page asks for. One watch a page, and none of a page that nobody sees.
import type { WebContents } from 'electron';
import type { Runtime } from '../../runtime/runtime-api.ts';
import type { CommandHandlers } from '../ipc.ts';

type FigureCommands = 'figures:watch' | 'figures:unwatch' | 'figures:disk';

export interface FigureHandlers {
  readonly handlers: Pick<CommandHandlers, FigureCommands>;
  // The page is gone or has begun anew.
  closePage(pageId: number): void;
}

// Tells at once whether the page's window can be seen, and from then on when that changes; returns the function that
// ends it.
export type FollowVisibility = (page: WebContents, listener: (isVisible: boolean) => void) => () => void;

export function createFigureHandlers(
  runtime: Pick<Runtime, 'figures'>,
  followVisibility: FollowVisibility,
): FigureHandlers {
  // What ends the watch of each page.
  const watches = new Map<number, () => void>();

  function watch(page: WebContents): void {
    const { id } = page;
    end(id);
    let looking: AbortController | undefined;
    // The page may not be told that its window is hidden: it is not relied upon.
    const unfollow = followVisibility(page, (isVisible) => {
      looking?.abort();
      looking = isVisible ? look(page, id) : undefined;
    });
    watches.set(id, () => {
      unfollow();
      looking?.abort();
    });
  }

  function look(page: WebContents, id: number): AbortController {
    const ended = new AbortController();
    void runtime.figures().then((figures) => {
      if (ended.signal.aborted) return;
      figures.watch((sample) => {
        if (page.isDestroyed()) end(id);
        else page.send('figures', sample);
      }, ended.signal);
    });
    return ended;
  }

  function end(pageId: number): void {
    watches.get(pageId)?.();
    watches.delete(pageId);
  }

  return {
    handlers: {
      'figures:watch': (_, page) => watch(page),
      'figures:unwatch': (_, page) => end(page.id),
      'figures:disk': async (options) => (await runtime.figures()).disk(options),
    },
    closePage: end,
  };
}
