// What is shown before anybody is asked for a password. Pure.
import type { HostIntent, HostPlan } from './host-request.ts';
import type { HostChange, HostPreview, NamesBackend } from './host-view.ts';
import { textDiff } from './text-diff.ts';

export interface PreviewInput {
  readonly change: HostChange;
  readonly plan: HostPlan;
  readonly intent: HostIntent;
  // Titles of the containers that are made anew.
  readonly containers: readonly string[];
  readonly warnings: readonly string[];
  readonly commandLine: string;
  // LAN mode is to be remembered otherwise than it is.
  readonly changesSettings: boolean;
}

export function hostPreview({
  change,
  plan,
  intent,
  containers,
  warnings,
  commandLine,
  changesSettings,
}: PreviewInput): HostPreview {
  const needsRoot = plan.changes.some(({ action }) => action !== 'keep') || plan.commands.length > 0;
  return {
    title: titleOf(change),
    files: plan.changes.map(({ path, action, before = '', after = '', note }) => ({
      path,
      action,
      diff: action === 'keep' ? '' : textDiff(before, after),
      ...(note === undefined ? {} : { note }),
    })),
    commands: plan.commands,
    containers,
    undo: undoWords(change, plan, intent),
    warnings,
    isEmpty: !needsRoot && containers.length === 0 && !changesSettings,
    needsRoot,
    commandLine,
    hash: plan.hash,
  };
}

const backendWords: Readonly<Record<NamesBackend, string>> = {
  dnsmasq: 'Set up names through dnsmasq',
  hosts: 'Set up names in the hosts file',
  localhost: 'Take the names back; use those that need no set-up',
};

function titleOf(change: HostChange): string {
  switch (change.kind) {
    case 'names':
      return backendWords[change.backend];
    case 'lan-on':
      return 'Turn LAN mode on';
    case 'lan-off':
      return 'Turn LAN mode off';
    case 'undo':
      return 'Put this machine back as it was';
  }
}

function undoWords(change: HostChange, { changes }: HostPlan, intent: HostIntent): readonly string[] {
  if (change.kind === 'undo') {
    const kept = changes.filter(({ action }) => action === 'keep').length;
    const restored = changes.length - kept;
    return [
      `${restored} ${restored === 1 ? 'file goes' : 'files go'} back exactly as before Macula${kept === 0 ? '' : `; ${kept} edited since ${kept === 1 ? 'stays' : 'stay'}`}.`,
      'It can be set up again at any time.',
    ];
  }
  const words = [
    'macula host undo puts every file back to the byte, with its mode, owner and times; edits of yours since then stay.',
  ];
  if (intent.guard !== undefined)
    words.push('macula lan off closes the ports first and takes the guard away after that.');
  return words;
}
