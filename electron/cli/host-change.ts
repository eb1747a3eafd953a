// A change of this machine: shown, asked about, made. Shared by host and lan.
import { FailureError } from '../core/failure.ts';
import type { HostChange, HostOutcome, HostPreview } from '../core/host/host-view.ts';
import type { Runtime } from '../runtime/runtime-api.ts';
import { exitDone, exitFailed, exitInterrupted } from './exit-codes.ts';
import { failureLines } from './failure-lines.ts';
import { previewText } from './host-text.ts';
import { onInterrupt } from './interrupts.ts';
import { type Invocation, invokedName } from './invocation.ts';
import type { Output } from './output.ts';
import { type Answer, askToGoOn, notConfirmed, type Question } from './question.ts';
import { failureJson, outcomeJson, printedJson } from './snapshot-json.ts';

export interface Call {
  readonly runtime: Runtime;
  readonly invocation: Invocation;
  readonly output: Output;
}

// The data of its own that a command prints besides the outcome.
type Extra = Readonly<Record<string, unknown>>;

export function printOutcome(
  { runtime, invocation, output }: Call,
  outcome: 'done' | 'failed' | 'cancelled',
  extra: Extra = {},
  failures: readonly Record<string, unknown>[] = [],
): void {
  if (!invocation.flags.has('json')) return;
  const envelope = outcomeJson(invokedName(invocation), outcome, runtime.snapshot(), failures);
  output.print(printedJson({ ...envelope, ...extra }));
}

// What fails as expected is told, and with --json printed in the shape that all commands have.
export async function tellFailures(call: Call, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { failure } = error;
    const { output } = call;
    if (failure.code === 'host-dismissed') {
      output.problem('Nothing was changed.\n');
      printOutcome(call, 'cancelled', {}, [failureJson(failure)]);
      return exitFailed;
    }
    if (failure.code === 'host-by-hand') {
      output.problem(
        `Nothing here can ask for a password. In a terminal, this line does the same:\n\n${failure.commandLine}\n`,
      );
    } else {
      output.problem(failureLines([failure], output.problemPaint));
    }
    printOutcome(call, 'failed', {}, [failureJson(failure)]);
    return exitFailed;
  }
}

// `tell` prints what it came to, for people.
export async function makeChange(
  call: Call,
  change: HostChange,
  tell: (outcome: HostOutcome) => void,
): Promise<number> {
  const { runtime, invocation, output } = call;
  const asJson = invocation.flags.has('json');
  const preview = await runtime.host.preview(change);
  if (preview.isEmpty) return tellNothing(call, preview);
  const isUndo = change.kind === 'undo';
  if (!asJson) output.print(`${previewText(preview, output.paint, isUndo)}\n`);
  if (!invocation.flags.has('yes')) {
    // Data goes to a program; who is asked has to see what about.
    if (asJson) output.problem(`${previewText(preview, output.problemPaint, isUndo)}\n`);
    const question = { what: '', nextStep: 'Say --yes if it shall be done.' };
    const answer = await askToGoOn(question, output);
    if (answer !== 'yes') return tellUnanswered(call, answer, question, preview);
  }
  const outcome = await applyUntilInterrupted(runtime, preview.hash);
  if (outcome === 'interrupted') {
    output.problem('\nNothing was changed.\n');
    printOutcome(call, 'cancelled', { preview });
    return exitInterrupted;
  }
  if (!asJson) {
    output.print(`${output.paint('bold', outcome.summary)}\n`);
    output.print(outcome.kept.map(({ path, why }) => `Left as it is: ${path}: ${why}\n`).join(''));
    tell(outcome);
  }
  const { view, ...rest } = outcome;
  printOutcome(call, 'done', { preview, ...rest, host: view });
  return exitDone;
}

export function tellNothing(call: Call, preview?: HostPreview): number {
  if (!call.invocation.flags.has('json')) call.output.print('Nothing to change.\n');
  printOutcome(call, 'done', preview === undefined ? {} : { preview });
  return exitDone;
}

function tellUnanswered(call: Call, answer: Exclude<Answer, 'yes'>, question: Question, preview: HostPreview): number {
  if (answer === 'nobody') printOutcome(call, 'failed', { preview }, [notConfirmed(question)]);
  else printOutcome(call, 'cancelled', { preview });
  return answer === 'interrupted' ? exitInterrupted : exitFailed;
}

// Ctrl-C reaches a password prompt in the same terminal too, which ends then; a change under way is finished.
async function applyUntilInterrupted(runtime: Runtime, hash: string): Promise<HostOutcome | 'interrupted'> {
  let isInterrupted = false;
  const giveBack = onInterrupt(() => {
    isInterrupted = true;
    runtime.cancel();
  });
  try {
    return await runtime.host.apply(hash);
  } catch (error) {
    if (isInterrupted && error instanceof FailureError) return 'interrupted';
    throw error;
  } finally {
    giveBack();
  }
}
