import type { DoctorCheck } from '../../electron/core/doctor.ts';
import { texts } from '../texts.ts';

// What needs a look comes first.
export const resultOrder: readonly DoctorCheck['result'][] = ['failed', 'note', 'skipped', 'ok'];

// For a message to somebody who helps.
export function doctorText(checks: readonly DoctorCheck[]): string {
  const sorted = resultOrder.flatMap((result) => checks.filter((check) => check.result === result));
  return sorted
    .map(({ result, subject, detail, nextStep }) => {
      const next = nextStep === undefined || nextStep === '' ? '' : `\n    ${texts.host.doctor.next} ${nextStep}`;
      return `${result.padEnd(7)}  ${subject}: ${detail}${next}`;
    })
    .join('\n');
}
