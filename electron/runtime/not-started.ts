import type { Failure } from '../core/failure.ts';
import type { Plan, PlannedOperation } from '../core/plan.ts';
import type { OperationState } from '../core/progress.ts';

const startOf = 'start-container ';

// Services that were never started because something they need failed: said for each, so that no card just says "off".
export function notStarted(
  plan: Plan,
  states: ReadonlyMap<string, OperationState>,
  failures: readonly Failure[],
): readonly Failure[] {
  const own = new Set(failures.flatMap((failure) => ('service' in failure ? failure.service : [])));
  return plan.operations.flatMap((planned: PlannedOperation): Failure[] => {
    const { operation } = planned;
    if (operation.kind !== 'start-container' || states.get(planned.id) !== 'skipped' || own.has(operation.service))
      return [];
    const failed = planned.after.find((id) => id.startsWith(startOf) && id !== planned.id && states.get(id) !== 'done');
    return failed === undefined
      ? []
      : [{ code: 'needed-service-failed', service: operation.service, needed: failed.slice(startOf.length) }];
  });
}
