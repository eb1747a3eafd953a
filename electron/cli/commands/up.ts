import type { Command, Runtime } from '../../runtime/runtime-api.ts';
import { carryOut, concern } from '../carry-out.ts';
import { exitDone, exitFailed, exitInterrupted } from '../exit-codes.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import type { Output } from '../output.ts';
import { tellChanges } from '../progress.ts';
import { needEngine, openRuntime } from '../session.ts';
import { type Lifetime, lifetimeOf, runningServices } from '../started-here.ts';
import { listed } from '../words.ts';

export const run: Run = async (invocation, output) => {
  const follow = invocation.flags.has('follow');
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output, { watch: follow }))) return exitFailed;
  const command = { kind: 'up', services: invocation.names } as const;
  if (follow) return startAndFollow(runtime, command, output);
  return carryOut(runtime, command, { title: 'Starting', asJson: invocation.flags.has('json') }, output);
};

// What is started here lives as long as this command, however it ends; what ran before outlives it.
async function startAndFollow(runtime: Runtime, command: Command, output: Output): Promise<number> {
  const services = runtime.snapshot().services.filter(concern(runtime, command));
  const lifetime = lifetimeOf(services, runningServices(runtime.observed()));
  const options = { title: 'Starting', asJson: false, saysWhatIsLeft: false };
  const code = await carryOut(runtime, command, options, output);
  if (code === exitInterrupted) {
    output.problem('Interrupted.\n');
  } else {
    const running = runningServices(runtime.observed());
    const isKnown = runtime.snapshot().engine.kind === 'connected';
    // Nothing came up: there is nothing to follow. An engine that went away may come back with what runs.
    if (code === exitFailed && isKnown && !services.some((service) => running.has(service.id))) return code;
    // Listening before it says so: whoever reads this may press Ctrl-C at once.
    const interrupted = untilInterrupt(runtime, output);
    output.print(`\n${endWords(lifetime)}\n`);
    await interrupted;
    if (output.isTerminal) output.print('\n');
  }
  if (lifetime.toStop.length === 0) return code;
  const stop = { kind: 'stop', services: lifetime.toStop } as const;
  const stopped = await carryOut(runtime, stop, { title: 'Stopping', asJson: false, onInterrupt: 'leave' }, output);
  return stopped === exitDone ? code : stopped;
}

function endWords({ toStop, toKeep }: Lifetime): string {
  if (toStop.length === 0) return 'Ctrl-C ends this; all of it ran before and goes on.';
  if (toKeep.length === 0) return 'Ctrl-C stops the stack.';
  return `Ctrl-C stops ${listed(toStop)}; what ran before goes on.`;
}

async function untilInterrupt(runtime: Runtime, output: Output): Promise<void> {
  const endChanges = tellChanges(runtime, output, () => `${clockTime(new Date())} `);
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
