import { FailureError } from '../../core/failure.ts';
import { exitDone, exitFailed } from '../exit-codes.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import { logSelection } from '../log-selection.ts';
import { logJson, logPrinter } from '../log-text.ts';
import { needEngine, openRuntime } from '../session.ts';
import { listed } from '../words.ts';

export const run: Run = async (invocation, output) => {
  const { names, flags, values } = invocation;
  const follow = flags.has('follow');
  const runtime = openRuntime(output);
  // Following needs the engine's events: a service that is started anew goes on where it was.
  if (!(await needEngine(runtime, invocation, output, { watch: follow, linewise: true }))) return exitFailed;
  const known = runtime.snapshot().services.filter((service) => names.length === 0 || names.includes(service.id));
  const services = known.filter((service) => service.containerId !== undefined).map((service) => service.id);
  const absent = known.filter((service) => service.containerId === undefined).map((service) => service.id);
  if (names.length > 0 && absent.length > 0) {
    output.problem(
      `There is no container of ${listed(absent)}, so there are no lines. macula up ${absent.join(' ')} starts it.\n`,
    );
  }
  if (services.length === 0) {
    if (names.length === 0)
      output.problem('Nothing of the stack is there, so there are no lines. macula up starts it.\n');
    return exitFailed;
  }
  const ending = new AbortController();
  const giveBack = onInterrupt(() => ending.abort());
  output.closed.addEventListener('abort', () => ending.abort(), { once: true });
  const text = flags.has('json') ? logJson : logPrinter(services, output.paint);
  const { span, choose } = logSelection(invocation, Date.now());
  const tail = values['tail'] === undefined ? {} : { tail: Number(values['tail']) };
  try {
    for await (const lines of runtime.logs({ services, follow, signal: ending.signal, ...tail, ...span })) {
      await output.printAndWait(text(choose(lines)));
      if (ending.signal.aborted) break;
    }
  } catch (error) {
    // Ctrl-C and a reader that had enough are how following ends.
    if (!ending.signal.aborted || (error instanceof FailureError && error.failure.code === 'engine-lost')) throw error;
  } finally {
    giveBack();
  }
  return exitDone;
};
