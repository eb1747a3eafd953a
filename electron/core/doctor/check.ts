// One line of the doctor's, and the ways to write one. Pure.
import type { HostChange } from '../host/host-view.ts';

export interface DoctorCheck {
  readonly subject: string;
  // 'note' is worth knowing and no fault; 'skipped' depends on something that failed.
  readonly result: 'ok' | 'failed' | 'skipped' | 'note';
  readonly detail: string;
  readonly nextStep?: string;
  // What the app can do about it at the press of a button.
  readonly repair?: DoctorRepair;
}

export interface DoctorRepair {
  // On the button.
  readonly label: string;
  readonly action:
    | { readonly kind: 'up' | 'restart'; readonly service?: string }
    // Shows the preview; nothing is changed by the press alone.
    | { readonly kind: 'host'; readonly change: HostChange };
}

export function ok(subject: string, detail: string): DoctorCheck {
  return { subject, result: 'ok', detail };
}

export function failed(subject: string, detail: string, nextStep: string, repair?: DoctorRepair): DoctorCheck {
  return { subject, result: 'failed', detail, nextStep, ...(repair === undefined ? {} : { repair }) };
}

export function note(subject: string, detail: string, nextStep?: string, repair?: DoctorRepair): DoctorCheck {
  return {
    subject,
    result: 'note',
    detail,
    ...(nextStep === undefined ? {} : { nextStep }),
    ...(repair === undefined ? {} : { repair }),
  };
}

const skippedWords = 'not checked, since this failed: ';

export function skipped(subject: string, because: string): DoctorCheck {
  return { subject, result: 'skipped', detail: `${skippedWords}${because}` };
}

// The subject of what failed first: a hop that could not be checked passes on its own reason.
export function causeOf(check: DoctorCheck): string {
  return check.result === 'skipped' ? check.detail.slice(skippedWords.length) : check.subject;
}

export function startRepair(title?: string, service?: string): DoctorRepair {
  return {
    label: title === undefined ? 'Start' : `Start ${title}`,
    action: { kind: 'up', ...(service === undefined ? {} : { service }) },
  };
}

export function restartRepair(title: string, service: string): DoctorRepair {
  return { label: `Restart ${title}`, action: { kind: 'restart', service } };
}

export function hostRepair(label: string, change: HostChange): DoctorRepair {
  return { label, action: { kind: 'host', change } };
}

// What a later check has to go without: the one that failed, or else one that could not be made.
export function firstBroken(checks: readonly DoctorCheck[]): DoctorCheck | undefined {
  return checks.find((check) => check.result === 'failed') ?? checks.find((check) => check.result === 'skipped');
}
