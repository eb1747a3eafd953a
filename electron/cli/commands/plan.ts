import { isChange, operationSubject, planText } from '../../core/plan.ts';
import { exitDone, exitFailed } from '../exit-codes.ts';
import { failureLines } from '../failure-lines.ts';
import type { Run } from '../invocation.ts';
import { connect, openRuntime } from '../session.ts';
import { failureJson, printedJson } from '../snapshot-json.ts';

export const run: Run = async (invocation, output) => {
  const asJson = invocation.flags.has('json');
  const runtime = openRuntime(output);
  if (!(await connect(runtime, output)) && !asJson) return exitFailed;
  const result = await runtime.plan({ kind: 'up', services: invocation.names });
  runtime.close();
  if (asJson) {
    const operations = result.ok
      ? result.plan.operations.map((planned) => ({
          id: planned.id,
          kind: planned.operation.kind,
          subject: operationSubject(planned.operation),
          changes: isChange(planned.operation),
          cause: planned.cause,
          after: planned.after,
        }))
      : [];
    const failures = result.ok ? [] : result.failures.map(failureJson);
    output.print(printedJson({ ok: result.ok, operations, failures }));
  } else if (result.ok) {
    output.print(`${planText(result.plan)}\n`);
  } else {
    output.problem(failureLines(result.failures, output.problemPaint));
  }
  return result.ok ? exitDone : exitFailed;
};
