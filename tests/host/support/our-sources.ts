// The app's own parts for a host, run in the test machine as they are.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure } from '../../../electron/core/failure.ts';
import type { HostFacts } from '../../../electron/core/host/host-facts.ts';
import type { HostAnswer } from '../../../electron/core/host/host-request.ts';
import type { NamesChoice } from '../../../electron/core/host/host-view.ts';
import type { Asked } from './in-machine.ts';
import type { Machine, MachineRunOptions } from './machine.ts';
import { onTerminal, type Typed } from './terminal.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const place = '/opt/sources';
const program = [
  '/opt/node/bin/node',
  '--disable-warning=ExperimentalWarning',
  `${place}/tests/host/support/in-machine.ts`,
];

export type User = NonNullable<MachineRunOptions['user']>;

export interface Seen {
  readonly facts: HostFacts;
  readonly choices: readonly NamesChoice[];
}

export interface Outcome {
  readonly kind: HostFacts['elevation']['kind'];
  readonly answer?: HostAnswer;
  readonly failure?: Failure;
}

export function copySources({ root }: Machine): void {
  for (const folder of ['electron/core', 'electron/host', 'tests/host/support']) {
    mkdirSync(join(root, place, folder), { recursive: true });
    cpSync(join(checkout, folder), join(root, place, folder), { recursive: true });
  }
}

function lastObject<T>(printed: string): T {
  const line = printed.split(/\r?\n/).findLast((each) => each.startsWith('{"'));
  if (line === undefined) throw new Error(`No answer came out of the machine:\n${printed}`);
  return JSON.parse(line) as T;
}

export async function see(machine: Machine, user: User = 'dev'): Promise<Seen> {
  const { stdout, stderr } = await machine.run(program, { user });
  return lastObject<Seen>(stdout + stderr);
}

export interface How {
  readonly user?: User;
  // Programs in front of ours, as in setpriv.
  readonly before?: readonly string[];
}

export async function askAsRoot(
  machine: Machine,
  asked: Asked,
  { user = 'dev', before = [] }: How = {},
): Promise<Outcome> {
  const { stdout, stderr } = await machine.run([...before, ...program, JSON.stringify(asked)], { user });
  return lastObject<Outcome>(stdout + stderr);
}

// The words that the terminal showed come along.
export async function askOnTerminal(
  machine: Machine,
  asked: Asked,
  typed: readonly Typed[],
  { user = 'dev', before = [] }: How = {},
): Promise<Outcome & { readonly screen: string }> {
  const { stdout } = await onTerminal(machine, [...before, ...program, JSON.stringify(asked)], user, typed);
  return { ...lastObject<Outcome>(stdout), screen: stdout };
}
