// The last signal check, kept while the page is away.
import type { CommandResult } from '../../electron/contract/contract.ts';
import type { SignalReport } from '../../electron/core/telemetry/signal-report.ts';
import { invoke } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { createStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { countResults } from './signal-text.ts';

export interface SignalCheck {
  // Milliseconds since 1970, while it runs.
  readonly runningSince: number | undefined;
  readonly last: { readonly at: number; readonly report: SignalReport } | undefined;
  // Why there is no report of the last run.
  readonly problem: Extract<CommandResult<'telemetry:signal'>, { ok: false }> | undefined;
}

export const signalStore = createStore<SignalCheck>({ runningSince: undefined, last: undefined, problem: undefined });

export async function checkSignals(): Promise<void> {
  const before = signalStore.get();
  if (before.runningSince !== undefined) return;
  signalStore.set({ ...before, runningSince: Date.now(), problem: undefined });
  const result = await invoke('telemetry:signal', undefined);
  if (!result.ok) {
    signalStore.set({ ...before, runningSince: undefined, problem: result });
    return;
  }
  const last = { at: Date.now(), report: result.value };
  signalStore.set({ runningSince: undefined, last, problem: undefined });
  announce(texts.telemetry.check.summary(countResults(result.value)));
}
