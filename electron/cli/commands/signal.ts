import { isWhole } from '../../core/telemetry/signal-report.ts';
import { exitDone, exitFailed, exitInterrupted } from '../exit-codes.ts';
import { printOutcome, tellFailures } from '../host-change.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import { openRuntime } from '../session.ts';
import { signalText } from '../signal-text.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  const asJson = invocation.flags.has('json');
  const ended = new AbortController();
  const giveBack = onInterrupt(() => ended.abort());
  const code = await tellFailures(call, async () => {
    // What cannot be reached is said by the check itself, and in one place.
    await runtime.connect({ watch: false });
    if (!asJson && output.isTerminal)
      output.problem('Sending a metric, a log line and a trace, and looking for them…\n');
    try {
      const report = await runtime.telemetry.signal(ended.signal);
      const isDone = isWhole(report);
      if (!asJson) output.print(signalText(report, output.paint));
      printOutcome(call, isDone ? 'done' : 'failed', { report });
      return isDone ? exitDone : exitFailed;
    } catch (error) {
      if (!ended.signal.aborted) throw error;
      output.problem('Interrupted.\n');
      printOutcome(call, 'cancelled');
      return exitInterrupted;
    }
  });
  giveBack();
  runtime.close();
  return code;
};
