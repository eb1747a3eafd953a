import { nearest } from '../../core/nearest.ts';
import { isScrapeTarget, mostTargets, type ScrapeTarget } from '../../core/settings.ts';
import { isItself, itselfWords } from '../../core/telemetry/targets.ts';
import { exitDone, exitFailed, exitUsage } from '../exit-codes.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { needEngine, openRuntime } from '../session.ts';
import { targetsText } from '../targets-text.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, () => {
    switch (invocation.verb?.name) {
      case 'add':
        return add(call);
      case 'remove':
        return remove(call);
      default:
        return list(call);
    }
  });
  runtime.close();
  return code;
};

async function list(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const view = await runtime.telemetry.view();
  const { targets, silence, notes } = view;
  if (!invocation.flags.has('json')) output.print(targetsText(view, output.paint));
  printOutcome(call, 'done', { targets, silence: silence ?? null, notes });
  return exitDone;
}

async function add(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const [name = '', address = ''] = invocation.names;
  const target: ScrapeTarget = {
    name,
    address,
    path: invocation.values['path'] ?? '/metrics',
    scheme: invocation.flags.has('https') ? 'https' : 'http',
  };
  const others = runtime.settings().targets.filter((other) => other.name !== name);
  const wrong = wrongTarget(target, others);
  if (wrong !== undefined) {
    output.problem(`${wrong}\n`);
    return exitUsage;
  }
  return change(call, [...others, target], `Prometheus scrapes ${name} from now on.`);
}

async function remove(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const [name = ''] = invocation.names;
  const { targets } = runtime.settings();
  const rest = targets.filter((other) => other.name !== name);
  if (rest.length === targets.length) {
    const names = targets.map((target) => target.name);
    const meant = nearest(name, names);
    const hint = names.length === 0 ? 'You have no targets.' : `Yours are ${names.join(', ')}.`;
    output.problem(`There is no target "${name}". ${meant === undefined ? hint : `Did you mean "${meant}"?`}\n`);
    return exitUsage;
  }
  return change(call, rest, `Prometheus scrapes ${name} no more; what was collected stays.`);
}

// Connected first: then what runs learns of it at once. Without an engine it is written down for the next time.
async function change(call: Call, targets: readonly ScrapeTarget[], words: string): Promise<number> {
  const { runtime, invocation, output } = call;
  await runtime.connect({ watch: false });
  const after = await runtime.changeSettings({ targets });
  printOutcome(call, 'done', { targets: after.targets });
  if (!invocation.flags.has('json')) {
    const isRunning = runtime.snapshot().services.some(({ id, state }) => id === 'prometheus' && state === 'ready');
    output.print(isRunning ? `${words}\n` : `Written down. ${words.replace('from now on', 'once it runs')}\n`);
  }
  return exitDone;
}

function wrongTarget(target: ScrapeTarget, others: readonly ScrapeTarget[]): string | undefined {
  const { name, address, path } = target;
  if (isItself(address)) return `"${address}" cannot be scraped: ${itselfWords(address)}`;
  if (others.length >= mostTargets) return `There are ${mostTargets} targets already; remove one first.`;
  if (isScrapeTarget(target)) return undefined;
  const good = { name: 'any', address: 'any:1', path: '/', scheme: 'http' };
  if (!isScrapeTarget({ ...good, name })) {
    return `"${name}" is no name: letters, digits, dots, dashes and underscores, 63 at most.`;
  }
  if (!isScrapeTarget({ ...good, address })) {
    return `"${address}" is no address: a host and a port from 1 to 65535, such as host.docker.internal:8000, without http://.`;
  }
  return `"${path}" is no path: it begins with a slash, such as /metrics; % stands only before two hexadecimal digits.`;
}
