// Placeholder until the real one lands.
import type { ResolverFacts } from './host-facts.ts';
import type { NamesMethod } from './host-request.ts';
import type { NamesBackend, NamesChoice } from './host-view.ts';

export function namesChoices(_facts: ResolverFacts): readonly NamesChoice[] {
  return [{ backend: 'hosts', method: 'hosts', isUsable: true, isRecommended: true, reason: '' }];
}

export function backendOf(method: NamesMethod): NamesBackend {
  return method === 'hosts' ? 'hosts' : 'dnsmasq';
}
