// One change of this machine from its preview to its outcome. Shown by the preview sheet, above whatever page is open.
import type { CommandInput, CommandResult } from '../../electron/contract/contract.ts';
import type { HostChange, HostOutcome, HostPreview } from '../../electron/core/host/host-view.ts';
import { invoke } from '../bridge.ts';
import { createStore } from '../stores/store.ts';
import { acceptView, loadHost } from './host-store.ts';

export type HostProblem = Extract<CommandResult<'host:apply'>, { ok: false }>;

export type SheetState =
  | { readonly phase: 'none' }
  | { readonly phase: 'looking'; readonly change: HostChange }
  | { readonly phase: 'preview' | 'applying'; readonly change: HostChange; readonly preview: HostPreview }
  | { readonly phase: 'done'; readonly change: HostChange; readonly outcome: HostOutcome }
  | {
      readonly phase: 'failed';
      readonly change: HostChange;
      // Absent when there was not even a preview.
      readonly preview?: HostPreview;
      readonly problem: HostProblem;
    };

export interface Sheet {
  // A change under way goes on when its sheet is hidden.
  readonly isOpen: boolean;
  readonly state: SheetState;
}

export const sheetStore = createStore<Sheet>({ isOpen: false, state: { phase: 'none' } });

// Answers to a question that was given up are not shown.
let turn = 0;

function show(state: SheetState): void {
  sheetStore.set({ isOpen: true, state });
}

export function showSheet(): void {
  show(sheetStore.get().state);
}

export async function openPreview(change: HostChange): Promise<void> {
  await look(change, false);
}

// Closing needs no preview.
export async function turnLanOffNow(): Promise<void> {
  await look({ kind: 'lan-off' }, true);
}

async function look(change: HostChange, applyAtOnce: boolean): Promise<void> {
  const { state } = sheetStore.get();
  if (state.phase === 'applying') {
    show(state);
    return;
  }
  turn += 1;
  const mine = turn;
  show({ phase: 'looking', change });
  const result = await invoke('host:preview', inputOf(change));
  if (mine !== turn) return;
  if (!result.ok) show({ phase: 'failed', change, problem: result });
  else if (applyAtOnce && !result.value.isEmpty) await apply(change, result.value);
  else show({ phase: 'preview', change, preview: result.value });
}

function inputOf(change: HostChange): CommandInput<'host:preview'> {
  return change.kind === 'lan-on' ? { ...change, services: [...change.services] } : change;
}

export async function applyPreview(): Promise<void> {
  const { state } = sheetStore.get();
  if (!('preview' in state) || state.preview === undefined || state.phase === 'applying') return;
  await apply(state.change, state.preview);
}

async function apply(change: HostChange, preview: HostPreview): Promise<void> {
  show({ phase: 'applying', change, preview });
  const result = await invoke('host:apply', { hash: preview.hash });
  if (result.ok) {
    acceptView(result.value.view);
    show({ phase: 'done', change, outcome: result.value });
  } else {
    show({ phase: 'failed', change, preview, problem: result });
    void loadHost();
  }
}

export function closeSheet(): void {
  const { state } = sheetStore.get();
  if (state.phase === 'applying') {
    sheetStore.set({ isOpen: false, state });
    return;
  }
  turn += 1;
  sheetStore.set({ isOpen: false, state: { phase: 'none' } });
  // Its line may have been run in a terminal meanwhile.
  if (state.phase === 'preview') void loadHost();
}
