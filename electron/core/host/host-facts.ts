// What is seen of this machine's name resolution, firewall and networks. Read without root; nothing here decides.
import type { HostState } from './host-request.ts';

export interface ResolverFacts {
  readonly platform: 'linux' | 'darwin';
  // Of resolv.conf, in order.
  readonly nameservers: readonly string[];
  // Where resolv.conf leads when it is a link: '/run/systemd/resolve/stub-resolv.conf'.
  readonly resolvConfTarget?: string;
  // Of the systemd-resolved that runs and that resolv.conf leads to: 257.
  readonly resolvedVersion?: number;
  // DNS servers that somebody set for all of systemd-resolved, besides those of the networks.
  readonly resolvedGlobalServers: readonly string[];
  // How a NetworkManager that runs does names: 'default', 'dnsmasq', 'systemd-resolved', 'none', 'unbound'.
  readonly networkManagerMode?: string;
  readonly hasDnsmasq: boolean;
  // A dnsmasq of the user's that answers for this machine and reads /etc/dnsmasq.d.
  readonly hasOwnDnsmasq: boolean;
  readonly hasSystemd: boolean;
  // The words behind 'hosts:' in nsswitch.conf.
  readonly nssHosts: readonly string[];
  // 'nixos', 'debian', ...
  readonly distribution: string;
  readonly isWsl: boolean;
  // 'tun0', 'wg0', 'tailscale0': VPNs that are up.
  readonly vpnInterfaces: readonly string[];
  // Why /etc/hosts is not to be touched, in words: it is a link, mounted, read-only.
  readonly hostsProblem?: string;
  // Names of ours that lines of the user's own lead elsewhere, with the line's number and the address.
  readonly foreignNames: readonly { readonly host: string; readonly address: string; readonly line: number }[];
}

export interface LanNetwork {
  readonly interface: string;
  // Of this machine on it.
  readonly address: string;
  // '192.168.1.0/24', and IPv6 ranges on the same wire, but the link's own, which is the same on every network: 'fd00:77::/64'.
  readonly ranges: readonly string[];
  // Tells one network from another of the same range: the router's hardware address, where it is known.
  readonly gateway?: string;
}

export interface FirewallFacts {
  // 'ufw', 'firewalld': that are on, as far as it can be told without root.
  readonly active: readonly string[];
}

// What a name leads to now, through the system's own resolver.
export interface NameLookup {
  readonly host: string;
  // The address it should lead to.
  readonly wanted: string;
  readonly found: readonly string[];
  readonly milliseconds: number;
}

export interface HostFacts {
  readonly resolver: ResolverFacts;
  readonly names: readonly NameLookup[];
  // The network of the default route; undefined without one, or where its range is no private one.
  readonly lan?: LanNetwork;
  // Why there is no LAN, in words.
  readonly lanProblem?: string;
  readonly firewall: FirewallFacts;
  // What the root program's own record says.
  readonly state: HostState;
  // Whether the guard of that record is in force now, by its canary.
  readonly isGuarded: boolean;
  readonly elevation: Elevation;
}

// How a change gets its root:
//   root      this process is root already
//   pkexec    a password prompt of the desktop
//   sudo      a password prompt in this terminal
//   by-hand   neither is to be had: a line to copy
//   none      not at all, for the reason given
export interface Elevation {
  readonly kind: 'root' | 'pkexec' | 'sudo' | 'by-hand' | 'none';
  readonly detail: string;
}
