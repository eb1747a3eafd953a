import type { Settings } from '../../core/settings.ts';
import { exitDone, exitFailed, exitUsage } from '../exit-codes.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { needEngine, openRuntime } from '../session.ts';
import { setText } from '../telemetry-set-text.ts';
import { telemetryText } from '../telemetry-text.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, () => (invocation.verb?.name === 'set' ? set(call) : show(call)));
  runtime.close();
  return code;
};

async function show(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const view = await runtime.telemetry.view();
  if (!invocation.flags.has('json')) output.print(telemetryText(view, output.paint));
  printOutcome(call, 'done', { telemetry: view });
  return exitDone;
}

async function set(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const { logs, engine, kind } = invocation.values;
  const patch: Partial<Settings> = {
    ...(logs === undefined ? {} : { containerLogs: logs as Settings['containerLogs'] }),
    ...(engine === undefined ? {} : { engineMetrics: engine === 'on' }),
    ...(kind === undefined ? {} : { kindClusters: kind === 'on' }),
  };
  if (Object.keys(patch).length === 0) {
    output.problem('telemetry set wants at least one of --logs, --engine and --kind.\n');
    return exitUsage;
  }
  await runtime.connect({ watch: false });
  const { containerLogs, engineMetrics, kindClusters } = await runtime.changeSettings(patch);
  if (!invocation.flags.has('json')) output.print(setText(patch));
  printOutcome(call, 'done', { settings: { containerLogs, engineMetrics, kindClusters } });
  return exitDone;
}
