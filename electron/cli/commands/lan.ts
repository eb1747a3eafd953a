import { exitFailed } from '../exit-codes.ts';
import { tellFailures } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { lanVerb } from '../lan-verbs.ts';
import { needEngine, openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  // What is open can be closed, and looked at, also while no engine answers.
  if (invocation.verb?.name !== 'on') await runtime.connect({ watch: false });
  else if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const code = await tellFailures(call, () => lanVerb(call));
  runtime.close();
  return code;
};
