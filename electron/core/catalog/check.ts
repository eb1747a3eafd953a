// What the compiler cannot see in catalog data: no two services in each other's way, nobody waiting in a circle.
import type { ServiceDefinition } from './service.ts';

// One sentence a fault; none is the wish.
export function checkCatalog(catalog: readonly ServiceDefinition[]): readonly string[] {
  const ids = new Set(catalog.map((service) => service.id));
  return [
    ...twice(catalog.map((service) => service.id)).map((id) => `${id} is the id of two services`),
    ...twice(catalog.map((service) => service.containerName)).map(
      (name) => `${name} is the container name of two services`,
    ),
    ...twice(catalog.map((service) => String(service.hostNumber))).map(
      (number) => `host number ${number} is used by two services`,
    ),
    ...twice(
      catalog.flatMap((service) =>
        service.ports
          .filter(({ insteadOf }) => insteadOf === undefined)
          .map(({ port }) => `${service.loopback ?? 'no address'}:${port}`),
      ),
    ).map((door) => `${door} is the door of two services`),
    ...twice(catalog.flatMap((service) => service.web?.label ?? [])).map(
      (label) => `${label} is the host name of two services`,
    ),
    ...catalog.flatMap((service) => (/^[a-z0-9-]{1,40}$/.test(service.id) ? [] : [`${service.id} is no good id`])),
    ...catalog.flatMap((service) =>
      service.needs.filter((id) => !ids.has(id)).map((id) => `${service.id} needs ${id}, which is not in the catalog`),
    ),
    ...catalog
      .filter((service) => needsItself(service, catalog))
      .map((service) => `${service.id} needs itself by way of others`),
    ...catalog.flatMap((service) =>
      service.files.some((file) => !file.path.startsWith('/'))
        ? [`${service.id} has a file without an absolute path`]
        : [],
    ),
  ];
}

function twice(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function needsItself(service: ServiceDefinition, catalog: readonly ServiceDefinition[]): boolean {
  const seen = new Set<string>();
  const queue = [...service.needs];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (id === service.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(catalog.find((other) => other.id === id)?.needs ?? []));
  }
  return false;
}
