// Which services a command is about.
import type { DesiredService, DesiredStack } from './desired.ts';
import type { ServiceDefinition } from './catalog/service.ts';
import type { Failure } from './failure.ts';

export type Selection =
  | { readonly ok: true; readonly services: readonly DesiredService[] }
  | { readonly ok: false; readonly failure: Failure };

// undefined means all enabled ones.
export function selectServices(
  desired: DesiredStack,
  catalog: readonly ServiceDefinition[],
  ids: readonly string[] | undefined,
): Selection {
  if (ids === undefined || ids.length === 0) return { ok: true, services: desired.services };
  for (const id of ids) {
    if (desired.services.some((service) => service.definition.id === id)) continue;
    const isKnown = catalog.some((service) => service.id === id);
    return {
      ok: false,
      failure: isKnown
        ? { code: 'service-disabled', id }
        : { code: 'unknown-service', id, known: catalog.map((service) => service.id) },
    };
  }
  return { ok: true, services: desired.services.filter((service) => ids.includes(service.definition.id)) };
}

// The services and all they need, in catalog order.
export function withNeeds(desired: DesiredStack, chosen: readonly DesiredService[]): readonly DesiredService[] {
  const byId = new Map(desired.services.map((service) => [service.definition.id, service]));
  const wanted = new Set<string>();
  const visit = (service: DesiredService): void => {
    if (wanted.has(service.definition.id)) return;
    wanted.add(service.definition.id);
    for (const id of service.needs) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed);
    }
  };
  chosen.forEach(visit);
  return desired.services.filter((service) => wanted.has(service.definition.id));
}
