import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BundleImage, BundleReport, TransferProgress } from '../../core/images/images-view.ts';
import type { ImagesRuntime } from '../../runtime/runtime-api.ts';
import { reportText, transferLine, trustQuestion } from '../bundle-text.ts';
import { exitDone, exitFailed, exitInterrupted } from '../exit-codes.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import type { Output } from '../output.ts';
import { askToGoOn, notConfirmed } from '../question.ts';
import { needEngine, openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const call = { runtime, invocation, output };
  const path = resolve(invocation.names[0] ?? '');
  const code = await tellFailures(call, () =>
    invocation.verb?.name === 'import' ? importFrom(path, call) : exportTo(path, call),
  );
  runtime.close();
  return code;
};

async function exportTo(path: string, call: Call): Promise<number> {
  const { invocation, output } = call;
  if (existsSync(path) && !invocation.flags.has('yes')) {
    const question = { what: `${path} is there already and will be replaced.`, nextStep: 'Add --yes to replace it.' };
    const answer = await askToGoOn(question, output);
    if (answer === 'nobody') printOutcome(call, 'failed', {}, [notConfirmed(question)]);
    else if (answer !== 'yes') printOutcome(call, 'cancelled');
    if (answer !== 'yes') return answer === 'interrupted' ? exitInterrupted : exitFailed;
  }
  return carryOut('export', call, (images, tell, signal) => images.exportBundle(path, tell, signal));
}

async function importFrom(path: string, call: Call): Promise<number> {
  const { invocation, output } = call;
  let unanswered: Record<string, unknown> | undefined;
  const mayTrust = async (doubtful: readonly BundleImage[]): Promise<boolean> => {
    if (invocation.flags.has('trust')) return true;
    const what = trustQuestion(doubtful);
    const question = { what, nextStep: 'Add --trust to take them too.', otherwise: 'They are left out.' };
    const answer = await askToGoOn(question, output);
    if (answer === 'nobody') unanswered = notConfirmed(question);
    return answer === 'yes';
  };
  const work: Work = (images, tell, signal) => images.importBundle(path, mayTrust, tell, signal);
  return carryOut('import', call, work, () => unanswered);
}

type Work = (
  images: ImagesRuntime,
  tell: (progress: TransferProgress) => void,
  signal: AbortSignal,
) => Promise<BundleReport | undefined>;

async function carryOut(
  verb: 'export' | 'import',
  call: Call,
  work: Work,
  // What nobody was there to agree to.
  unanswered: () => Record<string, unknown> | undefined = () => undefined,
): Promise<number> {
  const { runtime, invocation, output } = call;
  const asJson = invocation.flags.has('json');
  const stop = new AbortController();
  const giveBack = onInterrupt(() => stop.abort());
  const line = progressLine(output, asJson);
  let report: BundleReport | undefined;
  try {
    report = await work(await runtime.images(), line.tell, stop.signal);
  } finally {
    line.end();
    giveBack();
  }
  if (report === undefined) {
    output.problem(
      verb === 'export' ? 'Interrupted. No file was left.\n' : 'Interrupted. What was loaded whole stays.\n',
    );
    printOutcome(call, 'cancelled');
    return exitInterrupted;
  }
  if (!asJson) output.print(reportText(verb, report));
  const failure = unanswered();
  printOutcome(
    call,
    failure === undefined ? 'done' : 'failed',
    { bundle: report },
    failure === undefined ? [] : [failure],
  );
  return failure === undefined ? exitDone : exitFailed;
}

// Drawn anew on a terminal; a pipe is told of each image once.
function progressLine(output: Output, isSilent: boolean) {
  let image = '';
  return {
    tell(progress: TransferProgress): void {
      if (isSilent) return;
      if (output.isTerminal) output.print(`\r${transferLine(progress).slice(0, output.columns() - 1)}\u001b[K`);
      else if (progress.image !== image && progress.image !== '') output.print(`${transferLine(progress)}\n`);
      image = progress.image;
    },
    end(): void {
      if (!isSilent && output.isTerminal) output.print('\r\u001b[K');
    },
  };
}
