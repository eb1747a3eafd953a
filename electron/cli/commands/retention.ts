import { findContainer } from '../../core/conflicts.ts';
import { isChange } from '../../core/plan.ts';
import type { Retention, Signal } from '../../core/settings.ts';
import { signals } from '../../core/settings.ts';
import { signalServices } from '../../core/telemetry/signal-services.ts';
import type { Runtime } from '../../runtime/runtime-api.ts';
import { exitDone, exitFailed, exitInterrupted, exitUsage } from '../exit-codes.ts';
import { failureLines } from '../failure-lines.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import { chosenRetention, retentionText, storeJson } from '../retention-text.ts';
import { connect, openRuntime } from '../session.ts';
import { failureJson } from '../snapshot-json.ts';

const hint = 'macula help retention tells more.\n';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, () => carryOut(call));
  runtime.close();
  return code;
};

async function carryOut(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const { values } = invocation;
  const signal = signals.find((each) => each === invocation.names[0]);
  const isChanging = Object.keys(values).length > 0;
  if (isChanging && signal === undefined) {
    output.problem(`retention wants the signal that --days and --size are for: ${signals.join(', ')}.\n${hint}`);
    return exitUsage;
  }
  if (!isChanging || signal === undefined) {
    const isConnected = await connect(runtime, output);
    await show(call, signal, isConnected ? 'done' : 'failed');
    return isConnected ? exitDone : exitFailed;
  }
  const before = runtime.settings().retention[signal];
  const chosen = chosenRetention(values, before);
  if (typeof chosen === 'string') {
    output.problem(`${chosen}\n${hint}`);
    return exitUsage;
  }
  return change(call, signal, chosen);
}

async function change(call: Call, signal: Signal, chosen: Retention): Promise<number> {
  const { runtime, output, invocation } = call;
  // Written down also where no engine answers: it is in force with the next start.
  await runtime.connect({ watch: false });
  await runtime.changeSettings({ retention: { ...runtime.settings().retention, [signal]: chosen } });
  const tell = (words: string): void => {
    if (!invocation.flags.has('json')) output.print(`${words}\n`);
  };
  if (!isRunning(runtime, signal)) {
    const isKnown = runtime.observed() !== undefined;
    const why = isKnown ? `${titleOf(runtime, signal)} does not run now` : 'No container engine answers now';
    tell(`Written down. ${why}: macula up puts it in force.`);
    await show(call, signal, 'done');
    return exitDone;
  }
  const command = { kind: 'up', services: [signalServices[signal]] } as const;
  const planned = await runtime.plan(command);
  if (planned.ok && !planned.plan.operations.some(({ operation }) => isChange(operation))) {
    tell('In force within seconds; nothing is restarted.');
    await show(call, signal, 'done');
    return exitDone;
  }
  tell(`${titleOf(runtime, signal)} is restarted for it. What it keeps within these limits stays.`);
  const giveBack = onInterrupt(() => runtime.cancel());
  const outcome = await runtime.run(command).finally(giveBack);
  if (outcome.kind === 'failed') {
    output.problem(failureLines(outcome.failures, output.problemPaint));
    printOutcome(call, 'failed', {}, outcome.failures.map(failureJson));
    return exitFailed;
  }
  if (outcome.kind === 'cancelled') {
    output.problem('Interrupted. macula up goes on from there.\n');
    printOutcome(call, 'cancelled');
    return exitInterrupted;
  }
  await show(call, signal, 'done');
  return exitDone;
}

// Of one signal or of all.
async function show(call: Call, signal: Signal | undefined, outcome: 'done' | 'failed'): Promise<void> {
  const { runtime, output, invocation } = call;
  const all = await runtime.telemetry.stores();
  const stores = all.filter((store) => signal === undefined || store.signal === signal);
  if (!invocation.flags.has('json')) output.print(retentionText(stores, output.paint));
  const { engine } = runtime.snapshot();
  const failures = outcome === 'failed' && engine.kind === 'unavailable' ? [failureJson(engine.failure.failure)] : [];
  printOutcome(call, outcome, { signals: stores.map(storeJson) }, failures);
}

function isRunning(runtime: Runtime, signal: Signal): boolean {
  const observed = runtime.observed();
  return observed !== undefined && findContainer(observed, signalServices[signal])?.phase === 'running';
}

function titleOf(runtime: Runtime, signal: Signal): string {
  const id = signalServices[signal];
  return runtime.snapshot().services.find((service) => service.id === id)?.title ?? id;
}
