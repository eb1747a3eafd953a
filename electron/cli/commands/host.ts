import { tellFailures } from '../host-change.ts';
import { hostVerb } from '../host-verbs.ts';
import type { Run } from '../invocation.ts';
import { openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  // Names need no engine; where one is there, what is published is known, and an undo closes it first.
  await runtime.connect({ watch: false });
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, () => hostVerb(call));
  runtime.close();
  return code;
};
