// The ways for the names to get into this machine's resolver: which can be used here, and which should be. Pure.
import type { ResolverFacts } from './host-facts.ts';
import type { NamesMethod } from './host-request.ts';
import type { NamesBackend, NamesChoice } from './host-view.ts';
import { installCommand } from './install-command.ts';
import { mdnsWords, problemOfFiles, swallowsLocal } from './name-sources.ts';

type Draft = Omit<NamesChoice, 'isRecommended'>;

// Of systemd-resolved: a server on a port of its own, and a file that hands a domain to a server.
const oldestWithPorts = 246;
const oldestWithDelegates = 258;

export function backendOf(method: NamesMethod): NamesBackend {
  return method === 'hosts' ? 'hosts' : 'dnsmasq';
}

export function namesChoices(facts: ResolverFacts): readonly NamesChoice[] {
  const untouchable = untouchableWords(facts) ?? foreignWords(facts);
  const hazard = untouchable === undefined ? hazardWords(facts) : undefined;
  const dnsmasq = untouchable === undefined ? dnsmasqDraft(facts, hazard) : unusable('dnsmasq', untouchable);
  const hosts = untouchable === undefined ? hostsDraft(facts) : unusable('hosts', untouchable);
  const isDnsmasqBest = dnsmasq.isUsable && (hazard === undefined || !hosts.isUsable);
  const best: NamesBackend = isDnsmasqBest ? 'dnsmasq' : hosts.isUsable ? 'hosts' : 'localhost';
  return [dnsmasq, hosts, localhostDraft].map((draft) => ({ ...draft, isRecommended: draft.backend === best }));
}

function unusable(backend: NamesBackend, reason: string, remedy?: string): Draft {
  return { backend, isUsable: false, reason, ...(remedy === undefined ? {} : { remedy }) };
}

const localhostDraft: Draft = {
  backend: 'localhost',
  isUsable: true,
  reason: 'Needs no set-up and no password: browsers lead every name that ends in .localhost to this machine.',
};

// Where nothing of the system may be changed, or where a change would not reach the browser.
function untouchableWords({ isWsl, distribution }: ResolverFacts): string | undefined {
  if (isWsl) {
    return 'In WSL the browser is on Windows: it asks Windows for names, and what is set up in here does not reach it.';
  }
  if (distribution === 'nixos') {
    return 'NixOS makes its files in /etc anew from its configuration: a change from outside would not last.';
  }
  return undefined;
}

// The hosts file is asked first: a line of the user's beats whatever else is set up.
function foreignWords({ foreignNames }: ResolverFacts): string | undefined {
  const [first] = foreignNames;
  if (first === undefined) return undefined;
  const more = foreignNames.length > 1 ? ` (and ${foreignNames.length - 1} more such)` : '';
  return `Line ${first.line} of /etc/hosts already leads ${first.host} to ${first.address}${more}: take it out first.`;
}

// What speaks for the hosts file although a dnsmasq would fit.
function hazardWords({ vpnInterfaces, nssHosts }: ResolverFacts): string | undefined {
  if (vpnInterfaces.length > 0) {
    return `A VPN is up (${vpnInterfaces.join(', ')}), and VPNs take over the resolver as they come and go; the hosts file stays.`;
  }
  const swallower = swallowsLocal(nssHosts);
  if (swallower !== undefined) {
    return `/etc/nsswitch.conf asks ${swallower} before any server, and that may keep every .local name to itself.`;
  }
  return undefined;
}

interface Way {
  readonly method: NamesMethod;
  readonly reason: string;
}

function dnsmasqDraft(facts: ResolverFacts, hazard: string | undefined): Draft {
  const way = dnsmasqWay(facts);
  if (typeof way === 'string') return unusable('dnsmasq', way);
  if (!facts.hasDnsmasq) {
    const remedy = installCommand(facts.platform === 'darwin' ? 'macos' : facts.distribution);
    return unusable('dnsmasq', 'It would fit, but dnsmasq is not installed.', remedy);
  }
  return {
    backend: 'dnsmasq',
    method: way.method,
    isUsable: true,
    reason: hazard ?? withMdns(way.reason, facts),
  };
}

// Or why there is none.
function dnsmasqWay(facts: ResolverFacts): Way | string {
  const { platform, resolvedVersion, networkManagerMode, hasSystemd, resolvedGlobalServers } = facts;
  if (platform === 'darwin') {
    return { method: 'resolver', reason: 'macOS can ask a dnsmasq of its own for just this domain.' };
  }
  if (facts.hasOwnDnsmasq) {
    return { method: 'dnsmasq', reason: 'Your own dnsmasq answers for this machine and takes these names in.' };
  }
  if (networkManagerMode === 'dnsmasq' && isLoopback(facts.nameservers[0])) {
    return { method: 'network-manager', reason: 'The dnsmasq that NetworkManager runs takes these names in.' };
  }
  if (resolvedVersion === undefined) {
    return 'This machine asks its DNS servers directly (/etc/resolv.conf): no resolver of its own could be told these names.';
  }
  if (!hasSystemd) return 'It needs systemd, which does not run here.';
  const reason = `systemd-resolved (${resolvedVersion}) asks a dnsmasq of its own for just these names.`;
  if (resolvedVersion >= oldestWithDelegates) return { method: 'delegate', reason };
  if (resolvedVersion < oldestWithPorts) {
    return `systemd-resolved is too old for it (${resolvedVersion}; ${oldestWithPorts} is needed).`;
  }
  if (resolvedGlobalServers.length > 0) {
    return `systemd-resolved has DNS servers for everything (${resolvedGlobalServers.join(', ')}): it would ask them for these names too.`;
  }
  return { method: 'resolved', reason };
}

function isLoopback(address = ''): boolean {
  return address.startsWith('127.') || address === '::1';
}

function hostsDraft(facts: ResolverFacts): Draft {
  if (facts.hostsProblem !== undefined) {
    return unusable('hosts', `/etc/hosts is left alone: ${facts.hostsProblem}.`);
  }
  const problem = problemOfFiles(facts.nssHosts);
  if (problem !== undefined) return unusable('hosts', problem);
  const reason = 'A few marked lines in /etc/hosts: they work whatever the network and its servers do.';
  return { backend: 'hosts', method: 'hosts', isUsable: true, reason: withMdns(reason, facts) };
}

function withMdns(reason: string, { nssHosts }: ResolverFacts): string {
  const words = mdnsWords(nssHosts);
  return words === undefined ? reason : `${reason.slice(0, -1)}; ${words}.`;
}
