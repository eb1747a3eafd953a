// The catalog with the ports that the settings chose for the LAN. Pure.
import type { LanPort, ServiceDefinition } from './catalog/service.ts';
import type { Settings } from './settings.ts';

type LanPorts = Settings['lanPorts'];

// Of the catalog itself or of what this returned before: both give the same.
export function withLanPorts(catalog: readonly ServiceDefinition[], lanPorts: LanPorts): readonly ServiceDefinition[] {
  return catalog.map((definition) => {
    const { lan } = definition;
    return lan === undefined ? definition : { ...definition, lan: { ...lan, ports: lan.ports.map(chosen) } };
  });

  function chosen({ catalogPort, port, ...rest }: LanPort): LanPort {
    const own = catalogPort ?? port;
    const other = lanPorts[String(own)];
    return other === undefined || other === own ? { port: own, ...rest } : { port: other, catalogPort: own, ...rest };
  }
}

// The ports that the catalog names for the LAN, smallest first.
export function catalogLanPorts(catalog: readonly ServiceDefinition[]): readonly number[] {
  const ports = catalog.flatMap(({ lan }) => (lan?.ports ?? []).map(({ port, catalogPort }) => catalogPort ?? port));
  return [...new Set(ports)].sort((a, b) => a - b);
}

// Why these ports cannot all be had at once, in words; undefined where they can. A port of the LAN is one on every
// address, so nothing else of the stack may have it, whichever loopback address that is on.
export function portCollision(
  catalog: readonly ServiceDefinition[],
  { httpPort, lanPorts }: Pick<Settings, 'httpPort' | 'lanPorts'>,
): string | undefined {
  const known = catalogLanPorts(catalog);
  const unknown = Object.keys(lanPorts).find((port) => !known.includes(Number(port)));
  if (unknown !== undefined) {
    return `No service has port ${unknown} for the LAN: there are ${known.join(', ')}.`;
  }
  const chosen = withLanPorts(catalog, lanPorts);
  const holders = new Map<number, string>([[httpPort, 'the pages at 127.0.0.1']]);
  const wide = chosen.flatMap(({ title, lan }) => (lan?.ports ?? []).map((port) => ({ title, ...port })));
  for (const { title, port, insteadOf } of wide) {
    // Two services take turns at it.
    if (insteadOf !== undefined) continue;
    const holder = holders.get(port);
    if (holder !== undefined) return `Port ${port} cannot be for ${holder} and for ${title} at once.`;
    holders.set(port, `${title} on the LAN`);
  }
  for (const { title, ports, lan } of chosen) {
    for (const { port, insteadOf } of ports) {
      const isOwn = lan?.ports.some((door) => door.port === port) === true;
      // The pages have an address of their own.
      if (isOwn || insteadOf !== undefined || port === httpPort || !holders.has(port)) continue;
      return `Port ${port} cannot be for ${holders.get(port)} and for ${title} at once.`;
    }
  }
  return undefined;
}
