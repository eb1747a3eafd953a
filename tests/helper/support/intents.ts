// What the tests ask for.
import type { GuardIntent, HostIntent, NamesMethod } from '../../../electron/core/host/host-request.ts';

const services = ['prometheus', 'grafana', 'loki', 'tempo', 'draw'] as const;

export function namesBy(method: NamesMethod, count: number = services.length, domain = 'macula.local'): HostIntent {
  const names = services
    .slice(0, count)
    .map((service, index) => ({ host: `${service}.${domain}`, address: `127.0.0.${index + 3}` }));
  return { names: { method, names } };
}

// For methods whose resolver is no part of the test: the names are known anyhow.
export const knownNames = {
  hosts: `127.0.0.1\tlocalhost\n${services.map((service, index) => `127.0.0.${index + 3}\t${service}.macula.local\n`).join('')}`,
};

export function guarded(more: Partial<GuardIntent> = {}): HostIntent {
  return {
    guard: {
      subnet: '172.23.0.0/16',
      ports: [3000, 9090],
      interface: 'eth0',
      ranges: ['192.168.1.0/24', 'fe80::/64'],
      ...more,
    },
  };
}
