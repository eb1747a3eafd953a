import { carryOut } from '../carry-out.ts';
import { exitFailed } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import { needEngine, openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const command = { kind: 'stop', services: invocation.names } as const;
  return carryOut(runtime, command, { title: 'Stopping', asJson: invocation.flags.has('json') }, output);
};
