// A machine in memory: keeps what is applied, and shows it again. A stand-in for the runtime's own logic only; what it
// stands for is tested as root, in namespaces.
import { createHash } from 'node:crypto';
import { FailureError, type Failure } from '../../../electron/core/failure.ts';
import type { HostFacts } from '../../../electron/core/host/host-facts.ts';
import type { HostPort } from '../../../electron/core/host/host-port.ts';
import type { HostIntent } from '../../../electron/core/host/host-request.ts';

export interface FakeHost extends HostPort {
  intent: HostIntent;
  // Set: the guard was flushed away by somebody.
  isFlushed: boolean;
  // Set: the next change fails with it.
  failure: Failure | undefined;
  // Replaces parts of what is observed.
  facts: Partial<HostFacts>;
  readonly calls: string[];
}

export function createFakeHost(): FakeHost {
  const lan = {
    interface: 'eth0',
    address: '192.168.77.5',
    ranges: ['192.168.77.0/24', 'fd00:77::/64'],
    gateway: 'aa:bb',
  };
  const hashOf = (intent: HostIntent): string => createHash('sha256').update(JSON.stringify(intent)).digest('hex');
  function take(call: string, intent: HostIntent) {
    host.calls.push(call);
    const { failure } = host;
    host.failure = undefined;
    if (failure !== undefined) throw new FailureError(failure);
    host.intent = intent;
    return { ok: true, verb: 'apply', changed: ['/etc/hosts'], kept: [], recovered: false } as const;
  }
  const host: FakeHost = {
    intent: {},
    isFlushed: false,
    failure: undefined,
    facts: {},
    calls: [],
    observe: async (names) => ({
      resolver: {
        platform: 'linux',
        nameservers: ['192.168.77.1'],
        resolvedGlobalServers: [],
        hasDnsmasq: false,
        hasOwnDnsmasq: false,
        hasSystemd: true,
        nssHosts: ['files', 'dns'],
        distribution: 'debian',
        isWsl: false,
        vpnInterfaces: [],
        foreignNames: [],
      },
      names: names.map(({ host: name, address }) => ({
        host: name,
        wanted: address,
        found: host.intent.names?.names.some((entry) => entry.host === name) === true ? [address] : [],
        milliseconds: 1,
      })),
      lan,
      firewall: { active: [] },
      state: { intent: host.intent, interrupted: false, edited: [] },
      isGuarded: host.intent.guard !== undefined && !host.isFlushed,
      elevation: { kind: 'root', detail: '' },
      ...host.facts,
    }),
    record: async () => ({ intent: host.intent, interrupted: false, edited: [] }),
    network: async () => (host.facts.lanProblem === undefined ? { lan } : { problem: host.facts.lanProblem }),
    isGuarded: async () => host.intent.guard !== undefined && !host.isFlushed,
    async plan(intent) {
      host.calls.push('plan');
      const isSame = JSON.stringify(intent) === JSON.stringify(host.intent);
      const changes = isSame ? [] : [{ path: '/etc/hosts', action: 'change', before: 'a\n', after: 'b\n' } as const];
      return { changes, commands: [], hash: hashOf(intent) };
    },
    apply: async (intent) => take('apply', intent),
    undo: async () => take('undo', {}),
    status: async () => ({ intent: host.intent, interrupted: false, edited: [] }),
    portOwners: async () => [],
    commandLine: async () => 'sudo …',
  };
  return host;
}
