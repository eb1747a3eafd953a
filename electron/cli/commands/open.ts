import { openLink } from '../../host/open-link.ts';
import { exitDone, exitFailed } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import { connect, openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';

export const run: Run = async (invocation, output) => {
  const [id] = invocation.names;
  const runtime = openRuntime(output);
  const isConnected = await connect(runtime, output);
  const service = runtime.snapshot().services.find((candidate) => candidate.id === id);
  runtime.close();
  if (service === undefined) return exitFailed;
  const [link] = service.urls;
  const asJson = invocation.flags.has('json');
  if (asJson) output.print(printedJson({ id: service.id, url: link?.url ?? null }));
  if (link === undefined) {
    output.problem(
      service.enabled ? `${service.title} has no page.\n` : `${service.title} is switched off in Settings.\n`,
    );
    return exitFailed;
  }
  if (!asJson) output.print(`${link.url}\n`);
  if (invocation.flags.has('print')) return exitDone;
  if (!isConnected) return exitFailed;
  if (service.state === 'off' || service.state === 'failed') {
    output.problem(
      `${service.title} is ${service.state}, so its page was not opened. macula up ${service.id} starts it.\n`,
    );
    return exitFailed;
  }
  if (!(await openLink(link.url, process.platform, process.env))) {
    output.problem('No browser could be opened from here: open the address yourself.\n');
  }
  return exitDone;
};
