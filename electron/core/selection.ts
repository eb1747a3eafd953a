// Which services a command is about.
import type { DesiredService, DesiredStack } from './desired.ts';
import type { ServiceDefinition } from './catalog/service.ts';
import type { Failure } from './failure.ts';

export type Selection =
  | { readonly ok: true; readonly services: readonly DesiredService[] }
  | { readonly ok: false; readonly failure: Failure };

// Whether there is such a service at all, switched on or not.
export function findUnknown(catalog: readonly ServiceDefinition[], ids: readonly string[]): Failure | undefined {
  const id = ids.find((candidate) => !catalog.some((service) => service.id === candidate));
  return id === undefined ? undefined : { code: 'unknown-service', id, known: catalog.map((service) => service.id) };
}

// undefined means all enabled ones.
export function selectServices(
  desired: DesiredStack,
  catalog: readonly ServiceDefinition[],
  ids: readonly string[] | undefined,
): Selection {
  if (ids === undefined || ids.length === 0) return { ok: true, services: desired.services };
  for (const id of ids) {
    if (desired.services.some((service) => service.definition.id === id)) continue;
    return { ok: false, failure: findUnknown(catalog, [id]) ?? { code: 'service-disabled', id } };
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
    // The door it is asked through has to be there, but need not be there first.
    for (const id of [...service.needs, ...(service.probe.through === undefined ? [] : [service.probe.through])]) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed);
    }
  };
  chosen.forEach(visit);
  return desired.services.filter((service) => wanted.has(service.definition.id));
}
