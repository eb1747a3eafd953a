// What the Images page asks for. Files are chosen in the desktop's own dialogs; the page never names one.
import { FailureError } from '../../core/failure.ts';
import type { Runtime } from '../../runtime/runtime-api.ts';
import type { CommandHandlers } from '../ipc.ts';

type ImageCommands =
  | 'images:get'
  | 'images:sizes'
  | 'images:pull'
  | 'images:export'
  | 'images:import'
  | 'images:cancel'
  | 'images:remove';

export interface ImageHandlers {
  readonly handlers: Pick<CommandHandlers, ImageCommands>;
  // The page is gone or has begun anew.
  closePage(pageId: number): void;
}

export function createImageHandlers(runtime: Runtime): ImageHandlers {
  const notBuilt = (): never => {
    throw new Error('Not built yet');
  };
  return {
    handlers: {
      'images:get': async () => (await runtime.images()).view(),
      'images:sizes': notBuilt,
      'images:pull': async ({ services }) => {
        const outcome = await runtime.run({ kind: 'pull', ...(services === undefined ? {} : { services }) });
        const failure = outcome.kind === 'failed' ? outcome.failures[0] : undefined;
        if (failure !== undefined) throw new FailureError(failure);
      },
      'images:export': notBuilt,
      'images:import': notBuilt,
      'images:cancel': notBuilt,
      'images:remove': async ({ ids }) => (await runtime.images()).remove(ids),
    },
    closePage: () => undefined,
  };
}
