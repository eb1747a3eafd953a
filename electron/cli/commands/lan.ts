import { exitFailed } from '../exit-codes.ts';
import { tellFailures } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { lanVerb } from '../lan-verbs.ts';
import { connect, needEngine, openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  // Without an engine nobody knows what is open; what was set up can still be taken back.
  if (invocation.verb?.name === 'off') await connect(runtime, output);
  else if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const code = await tellFailures(call, () => lanVerb(call));
  runtime.close();
  return code;
};
