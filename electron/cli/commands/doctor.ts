import type { DoctorCheck } from '../../core/doctor.ts';
import { exitDone, exitFailed } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import type { Colour, Paint } from '../paint.ts';
import { openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';

const colours: Readonly<Record<DoctorCheck['result'], Colour>> = {
  ok: 'green',
  failed: 'red',
  skipped: 'dim',
  note: 'yellow',
};

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  await runtime.connect({ watch: false });
  const checks = await runtime.doctor();
  const rejected = runtime.rejectedEngines();
  runtime.close();
  const broken = checks.filter((check) => check.result === 'failed').length;
  if (invocation.flags.has('json')) {
    output.print(printedJson({ ok: broken === 0, checks, rejectedEngines: rejected }));
  } else {
    output.print(checks.map((check) => checkText(check, output.paint)).join(''));
    for (const { endpoint, foundBy, rejected: why } of rejected) {
      output.print(output.paint('dim', `not taken: ${endpoint} (${foundBy}): ${why}\n`));
    }
    output.print(`\n${broken === 0 ? 'Nothing is broken.' : `${broken} of ${checks.length} checks failed.`}\n`);
  }
  return broken === 0 ? exitDone : exitFailed;
};

function checkText(check: DoctorCheck, paint: Paint): string {
  const next = check.nextStep === undefined || check.nextStep === '' ? '' : `         Next: ${check.nextStep}\n`;
  return `${paint(colours[check.result], check.result.padEnd(7))}  ${check.subject}: ${check.detail}\n${next}`;
}
