// The host port as every command opens it: what each look needs is here, and the rest is loaded when somebody asks for it.
// `up` with nothing to do would pay for it otherwise.
import type { HostPort } from '../core/host/host-port.ts';
import { isGuarded } from './guard-check.ts';
import { lanNetwork } from './lan-network.ts';
import { readRecord } from './record.ts';

export function lazyHost(load: () => Promise<HostPort>): HostPort {
  let loading: Promise<HostPort> | undefined;
  const whole = (): Promise<HostPort> => (loading ??= load());
  return {
    record: readRecord,
    network: () => Promise.resolve(lanNetwork()),
    isGuarded,
    observe: async (names) => (await whole()).observe(names),
    plan: async (intent) => (await whole()).plan(intent),
    apply: async (intent, hash) => (await whole()).apply(intent, hash),
    undo: async (hash) => (await whole()).undo(hash),
    status: async () => (await whole()).status(),
    portOwners: async (ports) => (await whole()).portOwners(ports),
    commandLine: async (intent, hash) => (await whole()).commandLine(intent, hash),
  };
}
