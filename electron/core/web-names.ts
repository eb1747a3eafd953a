// The host names under which the ingress serves a service.
import type { ServiceDefinition } from './catalog/service.ts';

// Browsers map every name below .localhost to loopback by themselves: names without any root.
export function localhostDomain(baseDomain: string): string {
  return `${baseDomain.split('.')[0]}.localhost`;
}

export function webHost(service: ServiceDefinition, domain: string): string[] {
  return service.web === undefined ? [] : [`${service.web.label}.${domain}`];
}
