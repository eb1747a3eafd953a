import { exitDone, exitFailed } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import { statusText } from '../service-table.ts';
import { connect, openRuntime } from '../session.ts';
import { printedJson, statusJson } from '../snapshot-json.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const isConnected = await connect(runtime, output);
  const snapshot = runtime.snapshot();
  if (invocation.flags.has('json')) {
    output.print(printedJson(statusJson(snapshot)));
  } else if (isConnected) {
    output.print(statusText(snapshot, Date.now(), output.paint));
    if (snapshot.engine.kind === 'connected') {
      const { product, version, endpoint, foundBy } = snapshot.engine.description;
      output.print(output.paint('dim', `\n${product} ${version} at ${endpoint} (${foundBy})\n`));
    }
  }
  runtime.close();
  return isConnected ? exitDone : exitFailed;
};
