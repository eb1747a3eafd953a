// One runtime for one command.
import { homedir } from 'node:os';
import { composeRuntime } from '../compose.ts';
import type { Runtime } from '../runtime/runtime-api.ts';
import { settingsDirectory } from '../runtime/settings-directory.ts';
import { failureLines } from './failure-lines.ts';
import { type Invocation, invokedName } from './invocation.ts';
import type { Output } from './output.ts';
import { failureJson, outcomeJson, printedJson, printedLine } from './snapshot-json.ts';

// Says what is wrong with the settings at once: every command goes on with the defaults.
export function openRuntime(output: Output): Runtime {
  const runtime = composeRuntime({
    settingsDirectory: settingsDirectory(process.env, process.platform, homedir()),
    log: (line) => {
      if ((process.env['MACULA_LOG'] ?? '') !== '') output.problem(`${line}\n`);
    },
  });
  const failures = runtime.snapshot().failures.map((shown) => shown.failure);
  if (failures.length > 0) output.problem(failureLines(failures, output.problemPaint));
  return runtime;
}

// False when no engine answers, which is then said.
export async function connect(runtime: Runtime, output: Output, options = { watch: false }): Promise<boolean> {
  await runtime.connect(options);
  const { engine } = runtime.snapshot();
  if (engine.kind !== 'unavailable') return true;
  output.problem(failureLines([engine.failure.failure], output.problemPaint));
  return false;
}

// For commands that can do nothing without one: with --json their outcome is printed then.
export async function needEngine(
  runtime: Runtime,
  invocation: Invocation,
  output: Output,
  options: { readonly watch?: boolean; readonly linewise?: boolean } = {},
): Promise<boolean> {
  if (await connect(runtime, output, { watch: options.watch ?? false })) return true;
  if (invocation.flags.has('json')) {
    const snapshot = runtime.snapshot();
    const failures = snapshot.engine.kind === 'unavailable' ? [failureJson(snapshot.engine.failure.failure)] : [];
    const print = options.linewise ? printedLine : printedJson;
    output.print(print(outcomeJson(invokedName(invocation), 'failed', snapshot, failures)));
  }
  return false;
}
