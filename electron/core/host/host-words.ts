// Sentences on what of this machine matters and needs no change.
import type { FirewallFacts, ResolverFacts } from './host-facts.ts';

export function loopbackWords(platform: ResolverFacts['platform']): string {
  return platform === 'linux'
    ? 'Built into Linux: nothing to do.'
    : 'macOS has 127.0.0.1 only: the other addresses come with the names.';
}

// Measured: a port that Docker publishes is open to the whole network, whatever these are told to refuse.
export function firewallWords({ active }: FirewallFacts): readonly string[] {
  return active.map((name) => `${name} is on, but does not filter ports that Docker publishes; Macula's guard does.`);
}
