// Plans the download of images that are missing, and nothing else.
import type { DesiredService } from './desired.ts';
import type { Observed } from './observed.ts';
import { operationId, type Operation, type PlannedOperation } from './plan.ts';
import type { PlanResult } from './reconcile-up.ts';

// No conflicts are looked for: nothing is started, so who holds which name or port does not matter.
export function planPull(services: readonly DesiredService[], observed: Observed): PlanResult {
  const operations = services.flatMap(({ container }): readonly PlannedOperation[] => {
    const image = observed.images[container.service];
    if (image !== undefined && image.origin !== 'unknown') return [];
    const operation: Operation = { kind: 'pull-image', service: container.service, container };
    const cause = image === undefined ? 'the image is not here' : 'the image of that name is not the pinned one';
    return [{ id: operationId(operation), operation, cause, after: [] }];
  });
  return { ok: true, plan: { operations } };
}
