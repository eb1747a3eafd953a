import type { DownloadSize } from '../../core/images/images-view.ts';
import type { Command, Runtime } from '../../runtime/runtime-api.ts';
import { carryOut } from '../carry-out.ts';
import { exitFailed, exitInterrupted } from '../exit-codes.ts';
import { sizesText } from '../image-text.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import { needEngine, openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const asJson = invocation.flags.has('json');
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const command: Command = { kind: 'pull', services: invocation.names };
  const missing = await missingOf(runtime, command);
  if (missing.length > 0 && !asJson) {
    const sizes = await askSizes(runtime, missing);
    if (sizes === undefined) {
      output.problem('Interrupted. Nothing was downloaded.\n');
      return exitInterrupted;
    }
    output.print(sizesText(sizes));
  }
  return carryOut(runtime, command, { title: 'Downloading', asJson }, output);
};

async function missingOf(runtime: Runtime, command: Command): Promise<readonly string[]> {
  const planned = await runtime.plan(command);
  if (!planned.ok) return [];
  return planned.plan.operations.flatMap(({ operation }) => ('service' in operation ? operation.service : []));
}

async function askSizes(runtime: Runtime, missing: readonly string[]): Promise<readonly DownloadSize[] | undefined> {
  const stop = new AbortController();
  const giveBack = onInterrupt(() => stop.abort());
  try {
    return await (await runtime.images()).sizes(missing, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    throw error;
  } finally {
    giveBack();
  }
}
