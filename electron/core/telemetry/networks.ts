// How Prometheus reaches a container that is not of the stack, and which networks it is on for that. Pure.
import { networkName } from '../identity.ts';
import type { LabelledContainer } from '../observed.ts';

export type Reach =
  // Prometheus has to be on that network too.
  | { readonly kind: 'network'; readonly network: string; readonly address: string }
  // It listens on the machine's own addresses.
  | { readonly kind: 'machine' }
  | { readonly kind: 'nowhere' };

// What leads from a container to the machine that the engine runs on.
export const machineName = 'host.docker.internal';

// Always the same of several: the stack's own network before others, the engine's default one last.
export function reachOf({ networks }: Pick<LabelledContainer, 'networks'>): Reach {
  const [best] = Object.entries(networks)
    .filter(([, address]) => address !== '')
    .sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1));
  if (best !== undefined) return { kind: 'network', network: best[0], address: best[1] };
  return 'host' in networks ? { kind: 'machine' } : { kind: 'nowhere' };
}

function rank(network: string): number {
  if (network === networkName) return 0;
  return network === 'bridge' ? 2 : 1;
}

export interface NetworkChange {
  readonly connect: readonly string[];
  readonly disconnect: readonly string[];
}

// joined: those that Macula put it on. Where the user put it is theirs, and the stack's own network is never left.
export function networkChange(
  wanted: readonly string[],
  isOn: readonly string[],
  joined: ReadonlySet<string>,
): NetworkChange {
  const others = [...new Set(wanted)].filter((network) => network !== networkName).sort();
  return {
    connect: others.filter((network) => !isOn.includes(network)),
    disconnect: isOn.filter((network) => network !== networkName && joined.has(network) && !others.includes(network)),
  };
}
