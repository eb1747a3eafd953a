// The ports that other machines ask for, each of which may be another one.
import { catalog } from '../../electron/core/catalog/index.ts';
import type { Settings } from '../../electron/core/settings.ts';

type LanPorts = Settings['lanPorts'];

export interface LanPortChoice {
  // As the catalog has it.
  readonly port: number;
  // Of the service that it leads to; with the port's own number where a service has several.
  readonly title: string;
}

export const lanPortChoices: readonly LanPortChoice[] = catalog.flatMap(({ title, lan }) => {
  // The same port of a service that stands in for another is that one's.
  const own = (lan?.ports ?? []).filter(({ insteadOf }) => insteadOf === undefined);
  return own.map(({ port }) => ({ port, title: own.length === 1 ? title : `${title} (${port})` }));
});

export function usedLanPort(lanPorts: LanPorts, port: number): number {
  return lanPorts[String(port)] ?? port;
}

// undefined where another service has it. What is as usual is left out.
export function lanPortsWith(lanPorts: LanPorts, port: number, chosen: number): LanPorts | undefined {
  const isTaken = lanPortChoices.some((other) => other.port !== port && usedLanPort(lanPorts, other.port) === chosen);
  if (isTaken) return undefined;
  const { [String(port)]: _, ...others } = lanPorts;
  return chosen === port ? others : { ...others, [String(port)]: chosen };
}
