import { exitDone } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import { openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';
import { changesText, timelineJson, upText } from '../timeline-text.ts';

// Out of files alone: it wants no engine.
export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const view = runtime.timeline();
  if (invocation.flags.has('json')) {
    output.print(printedJson(timelineJson(view)));
  } else {
    output.print(upText(view.lastUp, { now: Date.now(), columns: output.columns() }, output.paint));
    if (invocation.flags.has('changes')) await output.printAndWait(`\n${changesText(view, output.paint)}`);
  }
  runtime.close();
  return exitDone;
};
