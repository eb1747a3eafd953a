// What the files say that have to do with names on Linux. Pure.

export function parseNameservers(resolvConf: string): readonly string[] {
  return resolvConf.split('\n').flatMap((line) => /^\s*nameserver\s+([0-9a-fA-F.:%\w-]+)/.exec(line)?.[1] ?? []);
}

// The words behind 'hosts:' in nsswitch.conf; what is in brackets is one word.
export function parseNssHosts(nsswitch: string): readonly string[] {
  const line = nsswitch.split('\n').find((each) => /^\s*hosts\s*:/.test(each)) ?? '';
  const words = line.replace(/#.*/, '').replace(/^\s*hosts\s*:/, '');
  return words.match(/\[[^\]]*\]|[^\s[]+/g) ?? [];
}

// 'systemd 257 (257.9-1)' -> 257
export function parseSystemdVersion(text: string): number | undefined {
  const found = /^systemd (\d+)/m.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

// Ids of the distribution, the closest first: itself, then what it is like.
export function parseDistribution(osRelease: string): readonly string[] {
  const value = (name: string) => new RegExp(`^${name}=["']?([^"'\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  return `${value('ID')} ${value('ID_LIKE')}`.split(' ').filter((word) => word !== '');
}

// DNS= in the [Resolve] section of all of these, in the order in which they count; an empty one takes back those before.
export function parseGlobalServers(configurations: readonly string[]): readonly string[] {
  let servers: readonly string[] = [];
  for (const text of configurations) {
    let section = '';
    for (const line of text.split('\n').map((each) => each.trim())) {
      section = /^\[(.*)\]$/.exec(line)?.[1] ?? section;
      const value = section === 'Resolve' ? /^DNS\s*=(.*)$/.exec(line)?.[1] : undefined;
      if (value === undefined) continue;
      const named = value.trim().split(/\s+/).filter(Boolean);
      servers = named.length === 0 ? [] : [...servers, ...named];
    }
  }
  return [...new Set(servers.map((server) => server.replace(/#.*/, '')))];
}

// Whether a dnsmasq with this configuration or these arguments reads a drop-in of that name in that folder.
export function readsDropIn(words: readonly string[], folder: string, name: string): boolean {
  return words.some((word) => {
    const [path = '', ...filters] = word.split(',');
    if (path.replace(/\/$/, '') !== folder) return false;
    // '*.conf' takes those only; '.dpkg-old' leaves those out.
    const wanted = filters.filter((filter) => filter.startsWith('*')).map((filter) => filter.slice(1));
    const others = filters.filter((filter) => !filter.startsWith('*'));
    return (
      (wanted.length === 0 || wanted.some((end) => name.endsWith(end))) && !others.some((end) => name.endsWith(end))
    );
  });
}

// The values of conf-dir in a dnsmasq.conf.
export function parseConfDirs(dnsmasqConf: string): readonly string[] {
  return dnsmasqConf.split('\n').flatMap((line) => /^\s*conf-dir\s*=\s*([^\s#]+)/.exec(line)?.[1] ?? []);
}

// The values of conf-dir among the arguments of a running dnsmasq, as /proc/<id>/cmdline has them.
export function confDirsOf(commandLine: string): readonly string[] {
  const words = commandLine.split('\0');
  return words.flatMap((word, index) => {
    if (word === '-7' || word === '--conf-dir') return words[index + 1] ?? [];
    return /^(?:-7|--conf-dir=)(.+)$/.exec(word)?.[1] ?? [];
  });
}

// 's "dnsmasq"', as busctl prints a property.
export function parseBusText(text: string): string | undefined {
  return /^s "(.*)"\s*$/.exec(text)?.[1];
}

export interface UnitState {
  readonly isActive: boolean;
  readonly process: number;
}

// Of "systemctl show --property=Id,ActiveState,MainPID": a block a unit.
export function parseUnits(text: string): ReadonlyMap<string, UnitState> {
  const blocks = text.split(/\n\s*\n/).map((block) => {
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(block)?.[1] ?? '';
    return [value('Id'), { isActive: value('ActiveState') === 'active', process: Number(value('MainPID')) }] as const;
  });
  return new Map(blocks.filter(([id]) => id !== ''));
}
