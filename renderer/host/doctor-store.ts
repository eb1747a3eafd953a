// The last run of the checks, kept while the page is away.
import type { DoctorCheck } from '../../electron/core/doctor.ts';
import { run } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { createStore } from '../stores/store.ts';
import { texts } from '../texts.ts';

export interface DoctorRun {
  readonly isRunning: boolean;
  // The subject of the check whose repair is under way.
  readonly repairing: string | undefined;
  readonly last: { readonly at: number; readonly checks: readonly DoctorCheck[] } | undefined;
}

export const doctorStore = createStore<DoctorRun>({ isRunning: false, repairing: undefined, last: undefined });

export function failedOf(checks: readonly DoctorCheck[]): number {
  return checks.filter((check) => check.result === 'failed').length;
}

export async function checkEverything(): Promise<void> {
  if (doctorStore.get().isRunning) return;
  doctorStore.set({ ...doctorStore.get(), isRunning: true });
  const result = await run('doctor:run', undefined);
  const { last, ...others } = doctorStore.get();
  doctorStore.set({
    ...others,
    isRunning: false,
    last: result.ok ? { at: Date.now(), checks: result.value } : last,
  });
  if (result.ok) announce(texts.host.doctor.summary(failedOf(result.value), result.value.length));
}

export async function repair(subject: string): Promise<void> {
  if (doctorStore.get().repairing !== undefined) return;
  doctorStore.set({ ...doctorStore.get(), repairing: subject });
  const result = await run('doctor:repair', { subject });
  doctorStore.set({ ...doctorStore.get(), repairing: undefined });
  // What it is like now is seen by looking again.
  if (result.ok) await checkEverything();
}
