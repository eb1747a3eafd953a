import { catalog } from '../../core/catalog/index.ts';
import { findContainer } from '../../core/conflicts.ts';
import { volumeNamesToRemove } from '../../core/reconcile-down.ts';
import { type Signal, signals } from '../../core/settings.ts';
import { keeperOf } from '../../core/telemetry/signal-services.ts';
import type { Runtime } from '../../runtime/runtime-api.ts';
import { carryOut } from '../carry-out.ts';
import { exitFailed, exitInterrupted, exitUsage } from '../exit-codes.ts';
import { printOutcome } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { askToGoOn, notConfirmed, type Question } from '../question.ts';
import { needEngine, openRuntime } from '../session.ts';
import { listed } from '../words.ts';

export const run: Run = async (invocation, output) => {
  const signal = signals.find((each) => each === invocation.names[0]);
  if (signal === undefined) return exitUsage;
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const question = questionAbout(signal, runtime);
  if (question !== undefined && !invocation.flags.has('yes')) {
    const answer = await askToGoOn(question, output);
    if (answer !== 'yes') {
      const call = { runtime, invocation, output };
      if (answer === 'nobody') printOutcome(call, 'failed', {}, [notConfirmed(question)]);
      else printOutcome(call, 'cancelled');
      runtime.close();
      return answer === 'interrupted' ? exitInterrupted : exitFailed;
    }
  }
  const asJson = invocation.flags.has('json');
  return carryOut(runtime, { kind: 'wipe', signal }, { title: 'Deleting', asJson }, output);
};

// undefined where nothing is there that could go.
function questionAbout(signal: Signal, runtime: Runtime): Question | undefined {
  const keeper = keeperOf(catalog, signal);
  const observed = runtime.observed();
  if (keeper === undefined || observed === undefined) return undefined;
  const own = keeper.volumes.map((use) => use.name);
  const volumes = volumeNamesToRemove(observed).filter((name) => own.includes(name));
  if (volumes.length === 0) return undefined;
  const isRunning = findContainer(observed, keeper.id)?.phase === 'running';
  const meanwhile = isRunning ? ` ${keeper.title} is away for some seconds meanwhile.` : '';
  const what = `This deletes for good all ${signal} that are kept, in ${listed(volumes)}.${meanwhile}`;
  return { what, nextStep: 'Add --yes to delete them.' };
}
