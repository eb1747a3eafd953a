// What macula host does, on any runtime.
import type { HostChange, HostView, NamesBackend } from '../core/host/host-view.ts';
import { exitDone } from './exit-codes.ts';
import { type Call, makeChange, printOutcome, tellNothing } from './host-change.ts';
import { hostStatusText, namesTable, previewText, unusableText } from './host-text.ts';

export function hostVerb(call: Call): Promise<number> {
  switch (call.invocation.verb?.name) {
    case 'plan':
      return plan(call);
    case 'apply':
      return apply(call);
    case 'undo':
      return makeChange(call, { kind: 'undo' }, ({ view }) =>
        call.output.print(`\n${namesTable(view.names, call.output.paint)}`),
      );
    default:
      return status(call);
  }
}

async function status(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const host = await runtime.host.view();
  const isEngineKnown = runtime.snapshot().engine.kind === 'connected';
  if (!invocation.flags.has('json')) output.print(hostStatusText(host, Date.now(), output.paint, isEngineKnown));
  printOutcome(call, 'done', { host });
  return exitDone;
}

async function plan(call: Call): Promise<number> {
  const change = await wantedChange(call);
  if (change === undefined) return tellNothing(call);
  const preview = await call.runtime.host.preview(change);
  if (preview.isEmpty) return tellNothing(call, preview);
  if (!call.invocation.flags.has('json')) call.output.print(previewText(preview, call.output.paint));
  printOutcome(call, 'done', { preview });
  return exitDone;
}

async function apply(call: Call): Promise<number> {
  const change = await wantedChange(call);
  if (change === undefined) return tellNothing(call);
  return makeChange(call, change, ({ view }) => call.output.print(`\n${namesTable(view.names, call.output.paint)}`));
}

// Undefined where there is nothing to set up, which is then explained.
async function wantedChange({ runtime, invocation, output }: Call): Promise<HostChange | undefined> {
  const asked = invocation.values['names'] as NamesBackend | undefined;
  if (asked !== undefined) return { kind: 'names', backend: asked };
  const { names } = await runtime.host.view();
  if (names.applied !== undefined) return { kind: 'names', backend: names.applied.backend };
  if (names.isByUser) {
    output.problem(`Names below ${names.domain} lead where they should without Macula, and are left alone.\n`);
    return undefined;
  }
  const backend = proposed(names);
  if (backend !== 'localhost') return { kind: 'names', backend };
  output.problem(`Names below ${names.domain} cannot be set up here:\n${unusableText(names)}`);
  return undefined;
}

function proposed({ choices }: HostView['names']): NamesBackend {
  return choices.find((choice) => choice.isRecommended)?.backend ?? 'localhost';
}
