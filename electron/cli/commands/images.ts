import { catalog } from '../../core/catalog/index.ts';
import { FailureError } from '../../core/failure.ts';
import { failureText } from '../../core/failure-text.ts';
import type { ImagesView } from '../../core/images/images-view.ts';
import { connectSystemEngine } from '../../compose.ts';
import { exitDone, exitFailed, exitInterrupted } from '../exit-codes.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import { imagesText } from '../image-text.ts';
import type { Run } from '../invocation.ts';
import { askToGoOn, notConfirmed } from '../question.ts';
import { needEngine, openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';
import { bytes, listed } from '../words.ts';

interface Registry {
  readonly reachable: boolean;
  readonly reason: string;
}

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const call = { runtime, invocation, output };
  try {
    return await tellFailures(call, () => (invocation.flags.has('remove-unused') ? removeUnused(call) : show(call)));
  } finally {
    runtime.close();
  }
};

async function show({ runtime, invocation, output }: Call): Promise<number> {
  const view = await (await runtime.images()).view();
  const missing = view.images
    .filter(({ enabled, state }) => enabled && (state === 'missing' || state === 'foreign'))
    .map(({ service }) => service);
  const { engineEndpoint } = runtime.settings();
  const registry = invocation.flags.has('probe') ? await probeRegistry(engineEndpoint, missing) : undefined;
  if (invocation.flags.has('json')) {
    output.print(printedJson({ missing, ...registry, images: view.images, unused: view.unused }));
    return exitDone;
  }
  output.print(imagesText(view));
  if (registry !== undefined) output.print(`\n${registry.reason}\n`);
  return exitDone;
}

async function removeUnused(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const images = await runtime.images();
  const { unused } = await images.view();
  if (unused.length > 0 && !invocation.flags.has('yes')) {
    const total = unused.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const what = `This removes ${listed(unused.map(({ name }) => name))} (${bytes(total)} at most).`;
    const question = { what, nextStep: 'Add --yes to remove them.' };
    const answer = await askToGoOn(question, output);
    if (answer === 'nobody') printOutcome(call, 'failed', {}, [notConfirmed(question)]);
    else if (answer !== 'yes') printOutcome(call, 'cancelled');
    if (answer !== 'yes') return answer === 'interrupted' ? exitInterrupted : exitFailed;
  }
  const after = unused.length === 0 ? undefined : await images.remove(unused.map(({ id }) => id));
  const kept = after?.kept ?? [];
  const removed = unused.map(({ name }) => name).filter((name) => !kept.includes(name));
  if (!invocation.flags.has('json')) output.print(removedText(removed, after));
  printOutcome(call, 'done', { removed, kept });
  return exitDone;
}

function removedText(removed: readonly string[], after: ImagesView | undefined): string {
  const kept = after?.kept ?? [];
  const gone = removed.length === 0 ? 'Nothing was removed.' : `Removed: ${listed(removed)}.`;
  return `${gone}${kept.length === 0 ? '' : ` Kept, because something uses it now: ${listed(kept)}.`}\n`;
}

// The first sign of progress is answer enough: the rest is for "up" to download.
async function probeRegistry(endpoint: string, missing: readonly string[]): Promise<Registry> {
  const service = catalog.find((candidate) => missing.includes(candidate.id));
  if (service === undefined) return { reachable: true, reason: 'Nothing is missing, so no registry was asked.' };
  const { engine } = await connectSystemEngine(endpoint);
  const answered = new AbortController();
  try {
    await engine.pullImage(service.image, () => answered.abort(), answered.signal);
  } catch (error) {
    if (!answered.signal.aborted) {
      if (!(error instanceof FailureError)) throw error;
      const { title, detail } = failureText(error.failure);
      return { reachable: false, reason: `${title}. ${detail}`.trim() };
    }
  } finally {
    engine.close();
  }
  return { reachable: true, reason: 'The registry answers.' };
}
