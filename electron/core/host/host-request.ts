// What the root program is asked and what it answers. Intent only: no path, no file content and no command of the
// caller's crosses this line; the root program renders every file itself.

// How the names get into this machine's resolver:
//   hosts            a marked block in /etc/hosts
//   resolved         a dnsmasq of our own on 127.0.0.1:5354, and a systemd-resolved drop-in that sends it our names
//   delegate         the same with a dns-delegate file (systemd 258 and newer)
//   network-manager  a drop-in for the dnsmasq that NetworkManager runs
//   dnsmasq          a drop-in for a dnsmasq of the user's
//   resolver         macOS: a file in /etc/resolver for the domain, and a dnsmasq of our own
export const namesMethods = ['hosts', 'resolved', 'delegate', 'network-manager', 'dnsmasq', 'resolver'] as const;
export type NamesMethod = (typeof namesMethods)[number];

export interface HostName {
  // 'grafana.macula.local': one label below the base domain.
  readonly host: string;
  // A loopback IPv4 address.
  readonly address: string;
}

export interface NamesIntent {
  readonly method: NamesMethod;
  readonly names: readonly HostName[];
}

// Who may reach the ports that are published on every address. Everybody else is refused before Docker's own rules.
export interface GuardIntent {
  // The stack's network, '172.23.0.0/16': not reachable from outside by its own addresses.
  readonly subnet: string;
  // Above those of the system: leastLanPort to 65535, at most mostLanPorts.
  readonly ports: readonly number[];
  // The interface that the LAN is on, and its ranges: '192.168.1.0/24', 'fd00:77::/64'.
  readonly interface: string;
  readonly ranges: readonly string[];
  // From this moment on (milliseconds since 1970, at most a week ahead) the kernel lets nobody in any more, whatever
  // else runs or does not. Without it: until it is taken back.
  readonly until?: number;
}

// All that should be set up on this machine; what is absent is put back as it was.
export interface HostIntent {
  readonly names?: NamesIntent;
  readonly guard?: GuardIntent;
  // macOS only: loopback addresses that do not exist by themselves there.
  readonly aliases?: readonly string[];
}

// A service of the system (ssh, say) is never shut out by a guard.
export const leastLanPort = 1024;
// Those of the seven doors, and those that the doors had before they moved.
export const mostLanPorts = 14;

export type HostRequest =
  // What is set up now. Asked as root, it also tells what the guard let in and refused.
  | { readonly verb: 'status' }
  // What apply would do. Reads only, and needs no root.
  | { readonly verb: 'plan'; readonly intent: HostIntent }
  // Does exactly what the plan with this hash showed, or refuses.
  | { readonly verb: 'apply'; readonly intent: HostIntent; readonly plan: string }
  // The plan of an undo is the plan of the empty intent; without a hash everything is put back, whatever it is now.
  | { readonly verb: 'undo'; readonly plan?: string }
  | { readonly verb: 'port-owner'; readonly ports: readonly number[] };

export interface FileChange {
  readonly path: string;
  readonly action: 'create' | 'change' | 'restore' | 'delete' | 'keep';
  // Text before and after; undefined where there is no file.
  readonly before?: string;
  readonly after?: string;
  // Why it is not put back exactly: it was edited since.
  readonly note?: string;
}

export interface HostPlan {
  readonly changes: readonly FileChange[];
  // As they run, one a line; what goes in by standard input is shown after a '<'.
  readonly commands: readonly string[];
  // 64 hexadecimal digits over everything that is shown here and over what the files are now.
  readonly hash: string;
}

export interface HostState {
  // What was set up last and is still so, as far as its own record tells.
  readonly intent: HostIntent;
  // Milliseconds since 1970; absent when nothing is set up.
  readonly since?: number;
  // An earlier run was cut off: the next apply or undo puts that right first.
  readonly interrupted: boolean;
  // Files of ours that are no longer as we wrote them.
  readonly edited: readonly string[];
  // Of the guard, when asked as root: packets let in and refused since it was set up; undefined when it is gone.
  readonly guard?: { readonly accepted: number; readonly refused: number };
}

export interface PortOwner {
  readonly port: number;
  // Of the listening socket, as /proc/net/tcp has it.
  readonly inode: string;
  readonly process: number;
  readonly command: string;
  // 'apache2.service', where systemd knows.
  readonly unit?: string;
}

// Why nothing was changed. 'stale': the machine is not as the plan saw it. 'rolled-back': it was tried and taken back.
export const refusalCodes = [
  'bad-request',
  'not-root',
  'busy',
  'stale',
  'unsafe-file',
  'foreign-file',
  'damaged-block',
  'missing-program',
  'no-service-manager',
  'disk-full',
  'rolled-back',
  'unexpected',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail: string;
}

export interface Applied {
  readonly ok: true;
  readonly verb: 'apply' | 'undo';
  readonly changed: readonly string[];
  // Left as they are, with the reason: edited since by somebody else.
  readonly kept: readonly { readonly path: string; readonly why: string }[];
  // An interrupted earlier run was put right first.
  readonly recovered: boolean;
}

export type HostAnswer =
  | Refusal
  | Applied
  | { readonly ok: true; readonly verb: 'status'; readonly state: HostState }
  | { readonly ok: true; readonly verb: 'plan'; readonly plan: HostPlan }
  | { readonly ok: true; readonly verb: 'port-owner'; readonly owners: readonly PortOwner[] };
