import { importDoneText, importPlanText, importStepText } from '../../core/import-words.ts';
import type { ImportRequest } from '../../runtime/runtime-api.ts';
import { exitDone, exitFailed, exitInterrupted } from '../exit-codes.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import { askToGoOn, notConfirmed } from '../question.ts';
import { needEngine, openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, () => carryOut(call));
  runtime.close();
  return code;
};

async function carryOut(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const asJson = invocation.flags.has('json');
  const from = invocation.values['from'];
  const request: ImportRequest = {
    service: invocation.names[0] ?? '',
    ...(from === undefined ? {} : { from }),
    mayReplace: invocation.flags.has('replace'),
  };
  const imports = await runtime.imports();
  const plan = await imports.preview(request);
  if (!asJson) output.print(`${importPlanText(plan)}\n`);
  if (!invocation.flags.has('yes') && plan.steps.length > 0) {
    // Data goes to a program; who is asked has to see what about.
    if (asJson) output.problem(`${importPlanText(plan)}\n`);
    const question = { what: '', nextStep: 'Say --yes if it shall be done.' };
    const answer = await askToGoOn(question, output);
    if (answer === 'nobody') printOutcome(call, 'failed', { import: plan }, [notConfirmed(question)]);
    else if (answer !== 'yes') printOutcome(call, 'cancelled', { import: plan });
    if (answer !== 'yes') return answer === 'interrupted' ? exitInterrupted : exitFailed;
  }
  const outcome = await untilInterrupted(call, (signal) =>
    imports.carryOut(
      request,
      plan,
      (step) => {
        if (!asJson) output.print(`${importStepText(plan, step)}\n`);
      },
      signal,
    ),
  );
  if (outcome === 'cancelled') {
    output.problem('Interrupted. The older data is whole; the same command begins again or goes on.\n');
    printOutcome(call, 'cancelled', { import: plan });
    return exitInterrupted;
  }
  if (!asJson) output.print(`\n${importDoneText(plan)}`);
  printOutcome(call, 'done', { import: plan });
  return exitDone;
}

async function untilInterrupted(
  { runtime }: Call,
  work: (signal: AbortSignal) => Promise<'done' | 'cancelled'>,
): Promise<'done' | 'cancelled'> {
  const stop = new AbortController();
  const giveBack = onInterrupt(() => {
    stop.abort();
    runtime.cancel();
  });
  return work(stop.signal).finally(giveBack);
}
