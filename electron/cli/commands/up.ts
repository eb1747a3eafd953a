import type { Runtime } from '../../runtime/runtime-api.ts';
import { carryOut } from '../carry-out.ts';
import { exitDone, exitFailed } from '../exit-codes.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import type { Output } from '../output.ts';
import { tellChanges } from '../progress.ts';
import { connect, openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const asJson = invocation.flags.has('json');
  const follow = invocation.flags.has('follow');
  const runtime = openRuntime(output);
  if (!(await connect(runtime, output, { watch: follow }))) return exitFailed;
  const wasOff = runtime.snapshot().services.filter((service) => service.state === 'off' || service.state === 'failed');
  const command = { kind: 'up', services: invocation.names } as const;
  const code = await carryOut(runtime, command, { title: 'Starting', asJson }, output);
  if (!follow || code !== exitDone) return code;
  await untilInterrupt(runtime, asJson, output);
  if (output.isTerminal) output.print('\n');
  const started = runtime
    .snapshot()
    .services.filter((service) => wasOff.some((old) => old.id === service.id) && service.state !== 'off');
  const services =
    invocation.names.length === 0 ? [] : [...new Set([...invocation.names, ...started.map((service) => service.id)])];
  return carryOut(runtime, { kind: 'stop', services }, { title: 'Stopping', asJson, onInterrupt: 'leave' }, output);
};

// The stack lives as long as this command: what Ctrl-C ends here is what was started here.
async function untilInterrupt(runtime: Runtime, asJson: boolean, output: Output): Promise<void> {
  if (!asJson) output.print('\nCtrl-C stops the stack.\n');
  const endChanges = asJson ? () => undefined : tellChanges(runtime, output, () => `${clockTime(new Date())} `);
  const endEngine = tellEngine(runtime, output);
  await new Promise<void>((resolve) => {
    const giveBack = onInterrupt(() => {
      giveBack();
      resolve();
    });
  });
  endChanges();
  endEngine();
}

function tellEngine(runtime: Runtime, output: Output): () => void {
  let wasThere = true;
  return runtime.subscribe(({ engine }) => {
    const isThere = engine.kind === 'connected';
    if (isThere === wasThere || engine.kind === 'connecting') return;
    wasThere = isThere;
    const words = engine.kind === 'unavailable' ? engine.failure.text.title : 'The container engine is back';
    output.problem(`${clockTime(new Date())} ${words}\n`);
  });
}

function clockTime(date: Date): string {
  return date.toTimeString().slice(0, 8);
}
