// What the root program is cut off in: from what, to what, and what an undo has to give back.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostIntent, HostRequest } from '../../../electron/core/host/host-request.ts';
import { guarded, knownNames, namesBy } from './intents.ts';
import type { Sandbox } from './sandbox.ts';
import { differences, type Tree } from './tree.ts';

export interface Scenario {
  readonly title: string;
  readonly files?: Readonly<Record<string, string>>;
  // What is set up beforehand.
  readonly before?: HostIntent;
  // The user adds this line to the hosts file in between.
  readonly edit?: string;
  // Absent: undo.
  readonly intent?: HostIntent;
}

const both = { ...namesBy('hosts'), ...guarded() };

export const scenarios: readonly Scenario[] = [
  { title: 'names from nothing', intent: namesBy('hosts') },
  { title: 'names where there was no hosts file', files: { hosts: '' }, intent: namesBy('hosts', 1) },
  { title: 'other names', before: namesBy('hosts', 2), intent: namesBy('hosts') },
  { title: 'names after an edit', before: namesBy('hosts', 2), edit: '10.1.2.3\tmine\n', intent: namesBy('hosts') },
  { title: 'from hosts to dnsmasq', files: knownNames, before: namesBy('hosts'), intent: namesBy('dnsmasq') },
  { title: 'from dnsmasq to hosts', files: knownNames, before: namesBy('dnsmasq'), intent: namesBy('hosts') },
  { title: 'a resolver of our own', files: knownNames, intent: namesBy('resolved') },
  { title: 'from our resolver to hosts', files: knownNames, before: namesBy('resolved'), intent: namesBy('hosts') },
  { title: 'names below another domain', before: namesBy('hosts'), intent: namesBy('hosts', 3, 'other.test') },
  { title: 'names and guard', intent: both },
  { title: 'from names to guard', before: namesBy('hosts'), intent: guarded() },
  { title: 'guard on', intent: guarded() },
  { title: 'another guard', before: guarded(), intent: guarded({ ports: [3100] }) },
  { title: 'guard off', before: both, intent: namesBy('hosts') },
  { title: 'undo of names', before: namesBy('hosts') },
  { title: 'undo of an edited file', before: namesBy('hosts'), edit: '10.1.2.3\tmine\n' },
  { title: 'undo of all', files: knownNames, before: { ...namesBy('resolved'), ...guarded() } },
];

export interface Stage {
  readonly sandbox: Sandbox;
  readonly request: HostRequest;
  // What is not as it has to be after an undo.
  readonly wrong: () => readonly string[];
}

// Where the scenario begins; `sandbox.restore()` comes back to it.
export async function setStage(sandbox: Sandbox, { files, before, edit = '', intent }: Scenario): Promise<Stage> {
  sandbox.reset(files);
  const hosts = join(sandbox.etc, 'hosts');
  const original = { tree: sandbox.tree(), rules: sandbox.rules(), hosts: readFileSync(hosts, 'latin1') };
  if (before !== undefined) await sandbox.applied(before);
  if (edit !== '') writeFileSync(hosts, edit + readFileSync(hosts, 'latin1'), 'latin1');
  const request: HostRequest =
    intent === undefined ? { verb: 'undo' } : { verb: 'apply', intent, plan: (await sandbox.plan(intent)).hash };
  sandbox.save();
  const isExact = (path: string): boolean => edit === '' || path !== '/etc/hosts';
  return {
    sandbox,
    request,
    wrong: () => [
      ...differences(original.tree, sandbox.tree(), isExact),
      ...(readFileSync(hosts, 'latin1') === edit + original.hosts ? [] : ['/etc/hosts has other lines']),
      ...(sandbox.rules() === original.rules ? [] : ['the packet filter is not as it was']),
    ],
  };
}

export function isPending(tree: Tree, sandbox: Sandbox): boolean {
  if (!tree.has('/var/lib/macula-host/state.json')) return false;
  return readFileSync(join(sandbox.varLib, 'macula-host/state.json'), 'utf8').includes('"pending":');
}
