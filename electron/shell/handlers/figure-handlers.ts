// What the Figures page asks for.
import type { Runtime } from '../../runtime/runtime-api.ts';
import type { CommandHandlers } from '../ipc.ts';

type FigureCommands = 'figures:watch' | 'figures:unwatch' | 'figures:disk';

export interface FigureHandlers {
  readonly handlers: Pick<CommandHandlers, FigureCommands>;
  // The page is gone or has begun anew.
  closePage(pageId: number): void;
}

export function createFigureHandlers(runtime: Runtime): FigureHandlers {
  return {
    handlers: {
      'figures:watch': () => {
        throw new Error('Not built yet');
      },
      'figures:unwatch': () => undefined,
      'figures:disk': async () => (await runtime.figures()).disk(),
    },
    closePage: () => undefined,
  };
}
