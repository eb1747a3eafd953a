import { catalog } from '../../core/catalog/index.ts';
import { FailureError } from '../../core/failure.ts';
import { failureText } from '../../core/failure-text.ts';
import type { ServiceSnapshot } from '../../core/snapshot.ts';
import { connectSystemEngine } from '../../compose.ts';
import { exitDone, exitFailed } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import { needEngine, openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';

interface Registry {
  readonly reachable: boolean;
  readonly reason: string;
}

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const services = runtime.snapshot().services.filter((service) => service.enabled);
  const { engineEndpoint } = runtime.settings();
  runtime.close();
  const missing = services.filter((service) => !service.image.present).map((service) => service.id);
  const registry = invocation.flags.has('probe') ? await probeRegistry(engineEndpoint, missing) : undefined;
  if (invocation.flags.has('json')) {
    output.print(printedJson({ missing, ...registry }));
    return exitDone;
  }
  output.print(services.map((service) => `${service.id.padEnd(12)}  ${imageWords(service)}\n`).join(''));
  if (registry !== undefined) output.print(`\n${registry.reason}\n`);
  return exitDone;
};

function imageWords({ image }: ServiceSnapshot): string {
  if (!image.present) return `${image.name}  not here`;
  return `${image.name}  ${image.substitute === undefined ? 'here' : `here, ${image.substitute} on this machine`}`;
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
