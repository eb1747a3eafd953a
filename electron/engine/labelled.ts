// Containers of others that ask to be observed, out of the list of all of them. Pure.
import { isOurs, labels } from '../core/identity.ts';
import type { LabelledContainer } from '../core/observed.ts';
import { containerNames, type ListedContainer } from './mapping.ts';

export function toLabelled(found: ListedContainer): readonly LabelledContainer[] {
  const given = found.Labels ?? {};
  const asks = given[labels.observe] === 'true' || given[labels.kindCluster] !== undefined;
  if (found.State !== 'running' || isOurs(given) || !asks) return [];
  const networks = Object.entries(found.NetworkSettings?.Networks ?? {});
  return [
    {
      id: found.Id,
      name: containerNames(found)[0] ?? found.Id.slice(0, 12),
      labels: given,
      networks: Object.fromEntries(networks.map(([name, network]) => [name, network?.IPAddress ?? ''])),
    },
  ];
}
