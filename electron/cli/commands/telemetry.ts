import type { Settings } from '../../core/settings.ts';
import { exitDone, exitFailed, exitUsage } from '../exit-codes.ts';
import { type Call, tellFailures } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { connect, openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';
import { telemetryText } from '../telemetry-text.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, () => (invocation.verb?.name === 'set' ? set(call) : show(call)));
  runtime.close();
  return code;
};

async function show({ runtime, invocation, output }: Call): Promise<number> {
  const isConnected = await connect(runtime, output);
  const view = await runtime.telemetry.view();
  output.print(invocation.flags.has('json') ? printedJson(view) : telemetryText(view, output.paint));
  return isConnected ? exitDone : exitFailed;
}

async function set({ runtime, invocation, output }: Call): Promise<number> {
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
  if (invocation.flags.has('json')) {
    output.print(printedJson({ ok: true, settings: { containerLogs, engineMetrics, kindClusters } }));
    return exitDone;
  }
  const { options } = await runtime.telemetry.view();
  if (engine === 'on') output.print(`${options.engineMetrics}\n`);
  if (kind === 'on') output.print(`${options.kindClusters}\n`);
  output.print('Written down. "macula up" applies what is not in force yet.\n');
  return exitDone;
}
