// What the window, the tray and the command line show of this machine, and what they ask for. One set of words for all.
import type { NamesMethod } from './host-request.ts';
import type { Elevation } from './host-facts.ts';

// What a user chooses between; 'dnsmasq' is whichever of its ways fits this machine.
export const namesBackends = ['dnsmasq', 'hosts', 'localhost'] as const;
export type NamesBackend = (typeof namesBackends)[number];

export interface NamesChoice {
  readonly backend: NamesBackend;
  // Undefined for 'localhost', which needs no set-up, and where it cannot be used.
  readonly method?: NamesMethod;
  readonly isUsable: boolean;
  readonly isRecommended: boolean;
  // Why it fits or does not, in one sentence.
  readonly reason: string;
  // A command that would make it usable: 'sudo apt-get install dnsmasq-base'.
  readonly remedy?: string;
}

export interface NameView {
  readonly host: string;
  readonly address: string;
  readonly state: 'right' | 'absent' | 'wrong';
  // What it leads to, when that is something else.
  readonly found: readonly string[];
}

export interface NamesView {
  readonly domain: string;
  readonly hosts: readonly NameView[];
  // What Macula set up; undefined when nothing is.
  readonly applied?: { readonly backend: NamesBackend; readonly method: NamesMethod };
  // Names are right without anything of ours: the user's own doing, and left alone.
  readonly isByUser: boolean;
  readonly choices: readonly NamesChoice[];
}

export const lanLimits = ['hour', 'network', 'off'] as const;
// One hour; until this network is left; until it is turned off.
export type LanLimit = (typeof lanLimits)[number];

export interface LanServiceView {
  readonly id: string;
  readonly title: string;
  readonly ports: readonly number[];
  // 'none': whoever reaches it can use it.
  readonly protection: 'password' | 'none';
  readonly isOpen: boolean;
  // For another machine: 'http://192.168.1.17:3000/'. Empty while it is not open.
  readonly urls: readonly string[];
}

// off        published on loopback only
// on         guarded and published
// unguarded  published, but the guard is gone: everybody who reaches this machine reaches the services
// closed     still published, but the guard lets nobody in any more (the time is over, or the network was left)
export interface LanView {
  readonly state: 'off' | 'on' | 'unguarded' | 'closed';
  // Who can reach what now, in one sentence, from what is measured.
  readonly summary: string;
  readonly network?: { readonly interface: string; readonly address: string; readonly ranges: readonly string[] };
  // Why it cannot be turned on.
  readonly problem?: string;
  readonly services: readonly LanServiceView[];
  readonly limit?: LanLimit;
  // Milliseconds since 1970.
  readonly until?: number;
}

export interface HostView {
  readonly names: NamesView;
  readonly lan: LanView;
  // In words: 'Built into Linux, nothing to do'.
  readonly loopback: string;
  // In words: 'ufw is on; it does not filter ports that Docker publishes'.
  readonly firewall: readonly string[];
  readonly elevation: Elevation;
  // An earlier change was cut off; the next one puts that right first.
  readonly isInterrupted: boolean;
  // Files of ours that were edited since.
  readonly edited: readonly string[];
  // Whether anything of ours is set up.
  readonly isSetUp: boolean;
}

export type HostChange =
  | { readonly kind: 'names'; readonly backend: NamesBackend }
  | {
      readonly kind: 'lan-on';
      readonly services: readonly string[];
      readonly limit: LanLimit;
      // The user's word that services without a password may be open too.
      readonly allowUnprotected: boolean;
    }
  | { readonly kind: 'lan-off' }
  // Everything of ours on this machine, LAN mode included.
  | { readonly kind: 'undo' };

export interface FilePreview {
  readonly path: string;
  readonly action: 'create' | 'change' | 'restore' | 'delete' | 'keep';
  // Unified, without a header; '' for 'keep'.
  readonly diff: string;
  readonly note?: string;
}

export interface HostPreview {
  // What is going to happen, in a few words: 'Set up names through dnsmasq'.
  readonly title: string;
  readonly files: readonly FilePreview[];
  readonly commands: readonly string[];
  // Containers that are made anew for it, by title.
  readonly containers: readonly string[];
  // How it is undone, a sentence each.
  readonly undo: readonly string[];
  readonly warnings: readonly string[];
  // Nothing to change: nobody is asked for a password.
  readonly isEmpty: boolean;
  readonly needsRoot: boolean;
  // The same in a terminal, for desktops without a password prompt. Empty where containers have to be made anew before:
  // the line alone would take the guard from under them.
  readonly commandLine: string;
  // Given to apply: what was shown is what runs.
  readonly hash: string;
}

export interface HostOutcome {
  // One sentence.
  readonly summary: string;
  readonly changed: readonly string[];
  readonly kept: readonly { readonly path: string; readonly why: string }[];
  readonly view: HostView;
}

export interface PortHolder {
  // '127.0.0.4', '0.0.0.0', '::'
  readonly address: string;
  readonly port: number;
  // 'container "web"', 'apache2 (process 812, apache2.service)', 'a program of the user root'.
  readonly owner: string;
  // The address of ours that it covers, when it listens on a wider one.
  readonly covers: readonly string[];
  // Only root can tell more.
  readonly isPartial: boolean;
}
