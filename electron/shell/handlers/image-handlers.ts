// What the Images page asks for. Files are chosen in the desktop's own dialogs; the page never names one.
import type { WebContents } from 'electron';
import { FailureError } from '../../core/failure.ts';
import type { BundleImage, BundleReport, TransferProgress } from '../../core/images/images-view.ts';
import type { ImagesRuntime, Runtime } from '../../runtime/runtime-api.ts';
import type { CommandHandlers } from '../ipc.ts';

type ImageCommands =
  | 'images:get'
  | 'images:sizes'
  | 'images:pull'
  | 'images:export'
  | 'images:import'
  | 'images:cancel'
  | 'images:remove';

export interface BundleDialogs {
  // undefined: the user changed their mind.
  whereTo(page: WebContents): Promise<string | undefined>;
  whereFrom(page: WebContents): Promise<string | undefined>;
  mayTrust(page: WebContents, images: readonly BundleImage[]): Promise<boolean>;
}

export interface ImageHandlerParts {
  readonly runtime: Runtime;
  readonly dialogs: () => Promise<BundleDialogs>;
  readonly tell: (progress: TransferProgress | undefined) => void;
}

export interface ImageHandlers {
  readonly handlers: Pick<CommandHandlers, ImageCommands>;
  // The page is gone or has begun anew.
  closePage(pageId: number): void;
}

export function createImageHandlers({ runtime, dialogs, tell }: ImageHandlerParts): ImageHandlers {
  let transfer: AbortController | undefined;
  // A page's questions to registries: nobody waits for the answers once it is gone.
  const questions = new Map<number, Set<AbortController>>();

  async function carryOut(
    work: (images: ImagesRuntime, signal: AbortSignal) => Promise<BundleReport | undefined>,
  ): Promise<BundleReport | undefined> {
    const images = await runtime.images();
    // The one under way keeps its own; the runtime refuses a second.
    const own = new AbortController();
    const isFirst = transfer === undefined;
    transfer ??= own;
    try {
      return await work(images, own.signal);
    } finally {
      if (isFirst) {
        transfer = undefined;
        tell(undefined);
      }
    }
  }

  async function sizes(services: readonly string[] | undefined, page: WebContents) {
    const own = new AbortController();
    const asked = questions.get(page.id) ?? new Set();
    questions.set(page.id, asked.add(own));
    try {
      return await (await runtime.images()).sizes(services, own.signal);
    } catch (error) {
      if (own.signal.aborted) return [];
      throw error;
    } finally {
      asked.delete(own);
    }
  }

  return {
    handlers: {
      'images:get': async () => (await runtime.images()).view(),
      'images:sizes': ({ services }, page) => sizes(services, page),
      'images:pull': async ({ services }) => {
        const outcome = await runtime.run({ kind: 'pull', ...(services === undefined ? {} : { services }) });
        const failure = outcome.kind === 'failed' ? outcome.failures[0] : undefined;
        if (failure !== undefined) throw new FailureError(failure);
      },
      'images:export': async (_, page) => {
        const path = await (await dialogs()).whereTo(page);
        if (path === undefined) return undefined;
        return carryOut((images, signal) => images.exportBundle(path, tell, signal));
      },
      'images:import': async (_, page) => {
        const { whereFrom, mayTrust } = await dialogs();
        const path = await whereFrom(page);
        if (path === undefined) return undefined;
        return carryOut((images, signal) =>
          images.importBundle(path, (doubtful) => mayTrust(page, doubtful), tell, signal),
        );
      },
      'images:cancel': () => transfer?.abort(),
      'images:remove': async ({ ids }) => (await runtime.images()).remove(ids),
    },
    // A transfer goes on without a window: whoever opens it again sees how far it is.
    closePage(pageId) {
      for (const asked of questions.get(pageId) ?? []) asked.abort();
      questions.delete(pageId);
    },
  };
}
