// From what is observed to what is shown of this machine. Pure.
import type { HostFacts, NameLookup } from './host-facts.ts';
import type { HostView, LanView, NamesView, NameView } from './host-view.ts';
import { firewallWords, loopbackWords } from './host-words.ts';
import { backendOf, namesChoices } from './names-choice.ts';

export function hostView(facts: HostFacts, baseDomain: string, lan: LanView): HostView {
  const { state, resolver, elevation } = facts;
  return {
    names: namesView(facts, baseDomain),
    lan,
    loopback: loopbackWords(resolver.platform),
    firewall: firewallWords(facts.firewall),
    elevation,
    isInterrupted: state.interrupted,
    edited: state.edited,
    isSetUp: state.interrupted || Object.keys(state.intent).length > 0,
  };
}

function namesView({ names, state, resolver }: HostFacts, domain: string): NamesView {
  const method = state.intent.names?.method;
  const hosts = names.map(nameView);
  return {
    domain,
    hosts,
    ...(method === undefined ? {} : { applied: { method, backend: backendOf(method) } }),
    isByUser: method === undefined && hosts.length > 0 && hosts.every((name) => name.state === 'right'),
    choices: namesChoices(resolver),
  };
}

function nameView({ host, wanted, found }: NameLookup): NameView {
  const isRight = found.includes(wanted) && found.every((address) => address === wanted || address === '::1');
  return { host, address: wanted, state: isRight ? 'right' : found.length === 0 ? 'absent' : 'wrong', found };
}

// Set up by us, and yet not so.
export function areNamesBroken({ names, state }: HostFacts): boolean {
  const own = state.intent.names?.names ?? [];
  return own.some(({ host }) => names.some((name) => name.host === host && nameView(name).state !== 'right'));
}
