// Placeholder until the real one lands.
import type { FirewallFacts, ResolverFacts } from './host-facts.ts';

export function loopbackWords(_platform: ResolverFacts['platform']): string {
  return '';
}

export function firewallWords(_facts: FirewallFacts): readonly string[] {
  return [];
}
