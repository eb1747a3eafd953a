// What macula lan does, on any runtime.
import type { LanView } from '../core/host/host-view.ts';
import { exitDone, exitUsage } from './exit-codes.ts';
import { type Call, makeChange, printOutcome } from './host-change.ts';
import { lanStatusText, openText, timeLeft } from './host-text.ts';
import { lanLimitWords } from './lan-limits.ts';

export function lanVerb(call: Call): Promise<number> {
  switch (call.invocation.verb?.name) {
    case 'on':
      return turnOn(call);
    case 'off':
      return makeChange(call, { kind: 'lan-off' }, () => undefined);
    default:
      return status(call);
  }
}

async function status(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const host = await runtime.host.view();
  if (!invocation.flags.has('json')) output.print(lanStatusText(host.lan, Date.now(), output.paint));
  printOutcome(call, 'done', { host });
  return exitDone;
}

async function turnOn(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const { names, values, flags } = invocation;
  const { lan } = await runtime.host.view();
  const stranger = names.find((name) => !lan.services.some(({ id }) => id === name));
  if (names.length === 0 || stranger !== undefined) return tellServices(call, lan, stranger);
  const change = {
    kind: 'lan-on',
    services: names,
    limit: lanLimitWords[values['for'] ?? 'hour'] ?? 'hour',
    allowUnprotected: flags.has('allow-unprotected'),
  } as const;
  return makeChange(call, change, ({ view }) =>
    output.print(`${openText(view.lan)}${timeLeft(view.lan, Date.now()).trim()}\n`),
  );
}

// Which of them shall be open is for the user alone to say.
function tellServices(call: Call, { services }: LanView, stranger: string | undefined): number {
  const first =
    stranger === undefined
      ? 'lan on wants the services to open.'
      : `${stranger} has no page or interface of its own that could be opened.`;
  const rows = services.map(
    ({ id, ports, protection }) =>
      `  ${id.padEnd(12)}  port ${ports.join(', ')}${protection === 'none' ? ', no password: wants --allow-unprotected' : ''}\n`,
  );
  call.output.problem(`${first} There are:\n${rows.join('')}macula help lan tells more.\n`);
  const failure = {
    code: 'usage',
    title: first,
    detail: services.map(({ id }) => id).join(', '),
    nextStep: 'macula help lan',
  };
  printOutcome(call, 'failed', {}, [failure]);
  return exitUsage;
}
