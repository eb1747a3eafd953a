// The images of the stack: what is here, what is missing, and bundles of them.
import { bestName, serviceImages, unusedImages } from '../core/images/derive-images.ts';
import type { BundleReport, ImagesView, TransferProgress, UnusedImage } from '../core/images/images-view.ts';
import type { EnginePort } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { downloadSize } from '../core/images/size-words.ts';
import type { Observed, ObservedImage } from '../core/observed.ts';
import { selectServices } from '../core/selection.ts';
import { type BundleWork, createBundleWork } from './bundle/bundle-work.ts';
import { engineFailure } from './engine-failure.ts';
import type { Observation } from './observation.ts';
import type { ImagesRuntime } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

export interface ImagesParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly observation: Observation;
}

export function createImagesRuntime({ world, parts, observation }: ImagesParts): ImagesRuntime {
  let transfer: TransferProgress | undefined;

  async function view(): Promise<ImagesView> {
    const { engine, observed } = await seen();
    const enabled = new Set(world.desired().services.map(({ definition }) => definition.id));
    return {
      images: serviceImages(parts.catalog, enabled, observed),
      unused: await unused(engine, observed),
      ...(transfer === undefined ? {} : { transfer }),
    };
  }

  async function seen(): Promise<{ readonly engine: EnginePort; readonly observed: Observed }> {
    const { engine } = world;
    if (engine === undefined) throw new FailureError(engineFailure(world));
    await observation.look();
    if (world.observed === undefined) throw new FailureError(engineFailure(world));
    return { engine, observed: world.observed };
  }

  async function unused(engine: EnginePort, observed: Observed): Promise<readonly UnusedImage[]> {
    return unusedImages(parts.catalog, observed, await engine.listImages());
  }

  return {
    view,
    async remove(ids) {
      const { engine, observed } = await seen();
      const before = await engine.listImages();
      const mayGo = new Set(unusedImages(parts.catalog, observed, before).map(({ id }) => id));
      const kept: string[] = [];
      for (const id of ids) {
        const isKept = !mayGo.has(id) || (await engine.removeImage(id)) === 'in-use';
        if (isKept) kept.push(...before.filter((image) => image.id === id).map(({ names }) => bestName(names, id)));
      }
      return { ...(await view()), kept };
    },
    async sizes(services, signal) {
      const { engine, observed } = await seen();
      const selection = selectServices(world.desired(), parts.catalog, services);
      if (!selection.ok) throw new FailureError(selection.failure);
      const isAsked = (id: string): boolean => services !== undefined || isMissing(observed.images[id]);
      const asked = selection.services.filter(({ definition }) => isAsked(definition.id));
      return Promise.all(
        asked.map(async ({ definition: { id, image } }) =>
          downloadSize(id, await engine.imageManifests(image, signal)),
        ),
      );
    },
    exportBundle: (path, onProgress, signal) =>
      carryOut('export', onProgress, signal, async ({ observed, work }) => {
        const { exportBundle } = await import('./bundle/export-bundle.ts');
        return exportBundle(path, parts.catalog, observed, work);
      }),
    importBundle: (path, mayTrust, onProgress, signal) =>
      carryOut('import', onProgress, signal, async ({ observed, work }) => {
        const { importBundle } = await import('./bundle/import-bundle.ts');
        const report = await importBundle({ path, catalog: parts.catalog, observed, mayTrust }, work);
        await observation.look();
        return report;
      }),
  };

  // One at a time: two would wait for each other at the engine's disk, and the window shows one.
  async function carryOut(
    kind: TransferProgress['kind'],
    onProgress: (progress: TransferProgress) => void,
    signal: AbortSignal,
    transport: (given: { readonly observed: Observed; readonly work: BundleWork }) => Promise<BundleReport>,
  ): Promise<BundleReport | undefined> {
    if (transfer !== undefined) throw new FailureError({ code: 'busy', running: `bundle ${transfer.kind}` });
    transfer = { kind, bytesDone: 0, bytesTotal: 0, image: '' };
    try {
      const { engine, observed } = await seen();
      const tell = (progress: TransferProgress): void => {
        transfer = progress;
        onProgress(progress);
      };
      const work = createBundleWork({ engine, signal, now: () => parts.clock.now(), kind, onProgress: tell });
      return await transport({ observed, work });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      transfer = undefined;
    }
  }
}

function isMissing(image: ObservedImage | undefined): boolean {
  return image === undefined || image.origin === 'unknown';
}
