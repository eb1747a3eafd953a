// An export or an import, from the question for a file to its report. It goes on when the page is left.
import type { BundleReport, TransferProgress } from '../../electron/core/images/images-view.ts';
import { listen, run } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { createStore } from '../stores/store.ts';
import { texts } from '../texts.ts';

export type TransferKind = TransferProgress['kind'];

export interface Transfer {
  // Asked for by this window and not answered yet.
  readonly asked?: TransferKind;
  readonly progress?: TransferProgress;
  readonly outcome?:
    | { readonly kind: TransferKind; readonly report: BundleReport }
    | { readonly cancelled: TransferKind };
}

export const transferStore = createStore<Transfer>({});

let isConnected = false;
let isCancelling = false;

// From the first look at the images on, as long as the window is there.
export function connectTransfers(): void {
  if (isConnected) return;
  isConnected = true;
  listen('transfer', noteTransfer);
}

export function noteTransfer(progress: TransferProgress | undefined): void {
  const { progress: _, ...rest } = transferStore.get();
  transferStore.set(progress === undefined ? rest : { ...rest, progress });
}

// Resolves once it has ended, however it did.
export async function transferBundle(kind: TransferKind): Promise<void> {
  if (transferStore.get().asked !== undefined) return;
  isCancelling = false;
  transferStore.set({ asked: kind });
  const result = await run(`images:${kind}`, undefined);
  if (!result.ok) transferStore.set({});
  else if (result.value !== undefined) finish(kind, result.value);
  // No file was chosen: that needs no words.
  else if (!isCancelling) transferStore.set({});
  else transferStore.set({ outcome: { cancelled: kind } });
}

function finish(kind: TransferKind, report: BundleReport): void {
  transferStore.set({ outcome: { kind, report } });
  announce(texts.images.bundle.done[kind](report.images.length, bundleBytes(report)));
}

export function bundleBytes({ images }: BundleReport): number {
  return images.reduce((sum, image) => sum + image.sizeBytes, 0);
}

export async function cancelTransfer(): Promise<void> {
  isCancelling = true;
  await run('images:cancel', undefined);
}

export function dismissOutcome(): void {
  const { outcome: _, ...rest } = transferStore.get();
  transferStore.set(rest);
}
