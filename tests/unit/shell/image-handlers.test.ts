// The Images page's commands: the runtime and the dialogs are stubs, who waits for whom is real.
import { describe, expect, it } from 'vitest';
import type { BundleReport, TransferProgress } from '../../../electron/core/images/images-view.ts';
import type { ImagesRuntime, Outcome, Runtime } from '../../../electron/runtime/runtime-api.ts';
import {
  type BundleDialogs,
  createImageHandlers,
  type ImageHandlers,
} from '../../../electron/shell/handlers/image-handlers.ts';

const page = { id: 7 } as Parameters<ImageHandlers['handlers']['images:sizes']>[1];
const report: BundleReport = { path: '/there/images.tar', images: [], leftOut: [] };
const progress: TransferProgress = { kind: 'export', bytesDone: 1, bytesTotal: 2, image: '' };

function setUp(given: { images?: Partial<ImagesRuntime>; dialogs?: Partial<BundleDialogs>; outcome?: Outcome } = {}) {
  const told: (TransferProgress | undefined)[] = [];
  const ran: unknown[] = [];
  const runtime = {
    images: async () => given.images,
    run: async (command: unknown) => {
      ran.push(command);
      return given.outcome ?? { kind: 'done' };
    },
  } as unknown as Runtime;
  const dialogs = async () => given.dialogs as BundleDialogs;
  const { handlers, closePage } = createImageHandlers({ runtime, dialogs, tell: (one) => told.push(one) });
  return { handlers, closePage, told, ran };
}

// Resolves with nothing once the signal ends it, as the runtime's do.
const untilAborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

describe('an export', () => {
  it('goes where the user said, and tells how far it is until it has ended', async () => {
    const { handlers, told } = setUp({
      dialogs: { whereTo: async () => '/there/images.tar' },
      images: {
        async exportBundle(path, onProgress) {
          onProgress(progress);
          return { ...report, path };
        },
      },
    });
    expect(await handlers['images:export'](undefined, page)).toEqual(report);
    expect(told).toEqual([progress, undefined]);
  });

  it('does not begin when the user changed their mind', async () => {
    const { handlers, told } = setUp({ dialogs: { whereTo: async () => undefined, whereFrom: async () => undefined } });
    expect(await handlers['images:export'](undefined, page)).toBeUndefined();
    expect(await handlers['images:import'](undefined, page)).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('ends when it is cancelled, and not when the window goes', async () => {
    let isEnded = false;
    const { handlers, closePage, told } = setUp({
      dialogs: { whereTo: async () => '/there' },
      images: { exportBundle: (_path, _tell, signal) => untilAborted(signal).then(() => void (isEnded = true)) },
    });
    const exporting = handlers['images:export'](undefined, page);
    await new Promise((resolve) => setTimeout(resolve));
    closePage(page.id);
    await new Promise((resolve) => setTimeout(resolve));
    expect(isEnded).toBe(false);
    await handlers['images:cancel'](undefined, page);
    expect(await exporting).toBeUndefined();
    expect(told).toEqual([undefined]);
  });

  it('that is refused because another is under way takes nothing from that one', async () => {
    let refuse = false;
    const { handlers, told } = setUp({
      dialogs: { whereTo: async () => '/there' },
      images: {
        exportBundle: (_path, _tell, signal) => (refuse ? Promise.reject(new Error('busy')) : untilAborted(signal)),
      },
    });
    const first = handlers['images:export'](undefined, page);
    await new Promise((resolve) => setTimeout(resolve));
    refuse = true;
    await expect(handlers['images:export'](undefined, page)).rejects.toThrow('busy');
    expect(told).toEqual([]);
    await handlers['images:cancel'](undefined, page);
    expect(await first).toBeUndefined();
  });
});

it('an import asks the user about what only the file vouches for', async () => {
  const doubtful = [{ service: 'loki', name: 'grafana/loki:3', verified: 'bundle-record', sizeBytes: 1 }] as const;
  const asked: unknown[] = [];
  const { handlers } = setUp({
    dialogs: { whereFrom: async () => '/here', mayTrust: async (_page, images) => (asked.push(images), false) },
    images: {
      async importBundle(_path, mayTrust) {
        return { ...report, leftOut: [{ service: 'loki', reason: String(await mayTrust(doubtful)) }] };
      },
    },
  });
  expect(await handlers['images:import'](undefined, page)).toMatchObject({ leftOut: [{ reason: 'false' }] });
  expect(asked).toEqual([doubtful]);
});

it('questions to registries end with the page that asked', async () => {
  const { handlers, closePage } = setUp({
    images: { sizes: (_services, signal) => untilAborted(signal).then(() => Promise.reject(new Error('aborted'))) },
  });
  const asking = handlers['images:sizes']({ services: ['loki'] }, page);
  await new Promise((resolve) => setTimeout(resolve));
  closePage(page.id + 1);
  closePage(page.id);
  expect(await asking).toEqual([]);
});

it('a pull is a command of the runtime, and its first failure is told', async () => {
  const { handlers, ran } = setUp();
  await handlers['images:pull']({ services: ['loki'] }, page);
  await handlers['images:pull']({}, page);
  expect(ran).toEqual([{ kind: 'pull', services: ['loki'] }, { kind: 'pull' }]);
  const failure = { code: 'disk-full', detail: '' } as const;
  const failing = setUp({ outcome: { kind: 'failed', failures: [failure] } });
  await expect(failing.handlers['images:pull']({}, page)).rejects.toMatchObject({ failure });
  const cancelled = setUp({ outcome: { kind: 'cancelled' } });
  await expect(cancelled.handlers['images:pull']({}, page)).resolves.toBeUndefined();
});
