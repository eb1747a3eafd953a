// What is seen of this machine's name resolution, without root.
import type { FirewallFacts, ResolverFacts } from '../core/host/host-facts.ts';
import type { HostName } from '../core/host/host-request.ts';
import { installCommand } from '../core/host/install-command.ts';
import { answersHere, dnsListeners } from './dns-listeners.ts';
import { activeFirewalls } from './firewalls.ts';
import { foreignNames, hostsProblem } from './hosts-file.ts';
import {
  confDirsOf,
  parseBusText,
  parseConfDirs,
  parseDistribution,
  parseGlobalServers,
  parseNameservers,
  parseNssHosts,
  parseSystemdVersion,
  parseUnits,
  readsDropIn,
  type UnitState,
} from './resolver-files.ts';
import type { SystemView } from './system-view.ts';

const ownDropIn = '60-macula-host.conf';
const resolvedFolder = '/run/systemd/resolve/';
const stubs: ReadonlySet<string> = new Set(['127.0.0.53', '127.0.0.54']);
const off: UnitState = { isActive: false, process: 0 };
const units = ['systemd-resolved.service', 'dnsmasq.service', 'firewalld.service'] as const;
const dnsmasqFolders = {
  linux: ['/usr/sbin', '/usr/bin', '/sbin', '/bin'],
  darwin: ['/opt/homebrew/sbin', '/usr/local/sbin'],
};
const networkManagerMode = [
  ...['busctl', '--system', '--auto-start=no', '--timeout=2', 'get-property'],
  ...['org.freedesktop.NetworkManager', '/org/freedesktop/NetworkManager/DnsManager'],
  ...['org.freedesktop.NetworkManager.DnsManager', 'Mode'],
];

export interface SystemFacts {
  readonly resolver: ResolverFacts;
  readonly firewall: FirewallFacts;
}

export async function systemFacts(system: SystemView, names: readonly HostName[]): Promise<SystemFacts> {
  const active = await unitStates(system);
  const stateOf = (unit: (typeof units)[number]): UnitState => active.get(unit) ?? off;
  const nameservers = parseNameservers(system.text('/etc/resolv.conf') ?? '');
  const target = system.target('/etc/resolv.conf');
  const nssHosts = system.platform === 'linux' ? parseNssHosts(system.text('/etc/nsswitch.conf') ?? '') : [];
  const listeners = dnsListeners(['/proc/net/udp', '/proc/net/udp6'].map((path) => system.text(path) ?? ''));
  const isServed =
    stateOf('systemd-resolved.service').isActive && isServedByResolved({ nameservers, target, nssHosts, listeners });
  const [version, mode] = await Promise.all([
    isServed ? resolvedVersion(system) : undefined,
    askNetworkManager(system),
  ]);
  const path = system.platform === 'darwin' ? '/private/etc/hosts' : '/etc/hosts';
  const problem = hostsProblem(path, system.look(path), system.text('/proc/self/mountinfo') ?? '');
  const resolver: ResolverFacts = {
    platform: system.platform,
    nameservers,
    ...(target === undefined ? {} : { resolvConfTarget: target }),
    ...(version === undefined ? {} : { resolvedVersion: version }),
    resolvedGlobalServers: parseGlobalServers(resolvedConfigurations(system)),
    ...(mode === undefined ? {} : { networkManagerMode: mode }),
    hasDnsmasq: dnsmasqFolders[system.platform].some((folder) => system.exists(`${folder}/dnsmasq`)),
    hasOwnDnsmasq:
      answersHere(nameservers[0], listeners, system.addresses()) && takesDropIns(system, stateOf('dnsmasq.service')),
    hasSystemd: system.exists('/run/systemd/system'),
    nssHosts,
    distribution: distributionOf(system),
    isWsl: /microsoft/i.test(system.text('/proc/sys/kernel/osrelease') ?? ''),
    vpnInterfaces: system.vpns(),
    ...(problem === undefined ? {} : { hostsProblem: problem }),
    foreignNames: foreignNames(system.text(path) ?? '', names),
  };
  const isFirewalldActive = stateOf('firewalld.service').isActive;
  return { resolver, firewall: { active: activeFirewalls(system.text('/etc/ufw/ufw.conf'), isFirewalldActive) } };
}

async function unitStates(system: SystemView): Promise<ReadonlyMap<string, UnitState>> {
  if (!system.exists('/run/systemd/system')) return new Map();
  const shown = await system.run(['systemctl', 'show', '--property=Id,ActiveState,MainPID', ...units]);
  return parseUnits(shown ?? '');
}

interface Serving {
  readonly nameservers: readonly string[];
  readonly target: string | undefined;
  readonly nssHosts: readonly string[];
  readonly listeners: readonly string[];
}

// By its stub; or, where resolv.conf is its list of the networks' servers, by way of nsswitch.conf.
function isServedByResolved({ nameservers, target = '', nssHosts, listeners }: Serving): boolean {
  const areStubs = nameservers.length > 0 && nameservers.every((address) => stubs.has(address));
  if (areStubs) return nameservers.every((address) => listeners.includes(address));
  const [resolve, dns] = [nssHosts.indexOf('resolve'), nssHosts.indexOf('dns')];
  return target.startsWith(resolvedFolder) && resolve !== -1 && (dns === -1 || resolve < dns);
}

async function resolvedVersion(system: SystemView): Promise<number | undefined> {
  const printed = (await system.run(['resolvectl', '--version'])) ?? (await system.run(['systemctl', '--version']));
  return parseSystemdVersion(printed ?? '');
}

async function askNetworkManager(system: SystemView): Promise<string | undefined> {
  if (!system.exists('/run/NetworkManager')) return undefined;
  return parseBusText((await system.run(networkManagerMode)) ?? '');
}

// In the order in which they count: the main file, then drop-ins by name; of two with one name the nearer one to /etc.
function resolvedConfigurations(system: SystemView): readonly string[] {
  const places = ['/etc', '/run', '/usr/local/lib', '/usr/lib'];
  const mains = places.flatMap((place) => system.text(`${place}/systemd/resolved.conf`) ?? []);
  const dropIns = new Map<string, string>();
  for (const place of places) {
    const folder = `${place}/systemd/resolved.conf.d`;
    for (const name of system.names(folder)) {
      if (name.endsWith('.conf') && !dropIns.has(name)) dropIns.set(name, system.text(`${folder}/${name}`) ?? '');
    }
  }
  dropIns.delete(ownDropIn);
  const byName = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...mains.slice(0, 1), ...byName.map(([, text]) => text)];
}

// Its own arguments say it, as on Debian; or the file that it reads without any.
function takesDropIns(system: SystemView, { isActive, process }: UnitState): boolean {
  if (!isActive) return false;
  const commandLine = system.text(`/proc/${process}/cmdline`) ?? '';
  const file = /\0(?:-C|--conf-file=)/.test(commandLine) ? '' : (system.text('/etc/dnsmasq.conf') ?? '');
  return readsDropIn([...confDirsOf(commandLine), ...parseConfDirs(file)], '/etc/dnsmasq.d', ownDropIn);
}

// The closest one that we know how to install something on.
function distributionOf(system: SystemView): string {
  if (system.platform === 'darwin') return 'macos';
  const text = system.text('/etc/os-release') ?? system.text('/usr/lib/os-release') ?? '';
  const [own = 'linux', ...like] = parseDistribution(text);
  return [own, ...like].find((id) => installCommand(id) !== undefined) ?? own;
}
