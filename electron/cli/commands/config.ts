import type { TemplateView } from '../../core/config-view.ts';
import { nearest } from '../../core/nearest.ts';
import { writeTrouble } from '../../core/write-trouble.ts';
import type { ConfigurationRuntime, Runtime } from '../../runtime/runtime-api.ts';
import { checkText, listText, switchedOff } from '../config-text.ts';
import { exitDone, exitFailed, exitInterrupted, exitUsage } from '../exit-codes.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Invocation, Run } from '../invocation.ts';
import type { Output } from '../output.ts';
import { needEngine, openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';

interface Call {
  readonly runtime: Runtime;
  readonly invocation: Invocation;
  readonly output: Output;
  readonly asJson: boolean;
}

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output, asJson: invocation.flags.has('json') };
  const configuration = await runtime.configuration();
  try {
    switch (invocation.verb?.name) {
      case 'export':
        return exportTemplate(call, configuration);
      case 'check':
        return await check(call, configuration);
      default:
        return list(call, configuration);
    }
  } finally {
    runtime.close();
  }
};

function list({ output, asJson }: Call, configuration: ConfigurationRuntime): number {
  const view = configuration.view();
  output.print(asJson ? printedJson(view) : listText(view, output.paint));
  return exitDone;
}

function exportTemplate({ invocation, output, asJson }: Call, configuration: ConfigurationRuntime): number {
  const [name = ''] = invocation.names;
  const known = configuration.view().templates.map(({ template }) => template);
  if (!known.includes(name)) {
    const meant = nearest(name, known) ?? known.find((template) => template.endsWith(`/${name}`));
    const hint = meant === undefined ? 'macula config list shows them.' : `Did you mean "${meant}"?`;
    output.problem(`There is no template "${name}". ${hint}\n`);
    return exitUsage;
  }
  const result = configuration.export(name);
  if (asJson) output.print(printedJson({ template: name, ...result }));
  else if (result.kind === 'written') {
    output.print(
      `Written: ${result.path}\nEdit it, try it with "macula config check", and put it in force with "macula up".\n`,
    );
  } else if (result.kind === 'refused') {
    output.problem(
      `No file of yours can take the place of ${name}. ${result.problem}\n  Next: How long data is kept and what is scraped are settings: see "macula help retention" and "macula help targets".\n`,
    );
  } else if (result.kind === 'exists') {
    output.problem(
      `${result.path} is there already, and was left as it is.\n  Next: Edit it, or remove it to get Macula's own again.\n`,
    );
  } else {
    const { words, nextStep } = writeTrouble(result.detail);
    output.problem(`${result.path} could not be written: ${words}.\n  Next: ${nextStep}\n`);
  }
  return result.kind === 'written' ? exitDone : exitFailed;
}

async function check(
  { runtime, invocation, output, asJson }: Call,
  configuration: ConfigurationRuntime,
): Promise<number> {
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const interrupted = new AbortController();
  const giveBack = onInterrupt(() => interrupted.abort());
  try {
    const services = await configuration.check(interrupted.signal);
    const { templates, strays } = configuration.view();
    // What no program was asked about, where one could have been; of a service that is switched off nothing is asked.
    const isLeftOut = ({ template, service, state }: TemplateView): boolean =>
      state === 'ignored' && services.some((one) => one.service === service && !one.overrides.includes(template));
    const ignored = templates.filter(isLeftOut);
    const ok = ignored.length === 0 && !services.some(({ result }) => result === 'refused');
    const all = [...services, ...switchedOff(runtime.snapshot().services)];
    output.print(
      asJson
        ? printedJson({ ok, services: all, ignored, strays })
        : checkText({ services: all, ignored, strays }, output.paint),
    );
    return ok ? exitDone : exitFailed;
  } catch (error) {
    if (interrupted.signal.aborted) return exitInterrupted;
    throw error;
  } finally {
    giveBack();
  }
}
