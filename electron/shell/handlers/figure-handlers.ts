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

export function createFigureHandlers(
  runtime: Pick<Runtime, 'figures'>,
  // Called when the page's window is hidden; returns the function that ends it. A page that is seen again asks again.
  onHidden: (page: WebContents, listener: () => void) => () => void,
): FigureHandlers {
  const watches = new Map<number, AbortController>();

  async function watch(page: WebContents): Promise<void> {
    const { id } = page;
    end(id);
    const ended = new AbortController();
    watches.set(id, ended);
    ended.signal.addEventListener(
      'abort',
      onHidden(page, () => ended.abort()),
    );
    const figures = await runtime.figures();
    if (ended.signal.aborted) return;
    figures.watch((sample) => {
      if (page.isDestroyed()) ended.abort();
      else page.send('figures', sample);
    }, ended.signal);
  }

  function end(pageId: number): void {
    watches.get(pageId)?.abort();
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
