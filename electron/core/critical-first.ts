// The order in which the executor takes what may run. Pure.
import { operationSubject, type PlannedOperation } from './plan.ts';

// The service that the longest chain waits for comes first, with all of its operations, and among equals the one that
// is given the most time to become ready: that time then passes while the rest is still being created. What is nobody's
// own (network, volumes) comes before its users.
export function criticalFirst(operations: readonly PlannedOperation[]): readonly PlannedOperation[] {
  const followers = new Map<string, number>();
  for (const planned of operations.toReversed()) {
    const own = followers.get(planned.id) ?? 0;
    for (const id of planned.after) followers.set(id, Math.max(followers.get(id) ?? 0, own + 1));
  }
  const chainOf = (planned: PlannedOperation) => followers.get(planned.id) ?? 0;
  const subject = (planned: PlannedOperation) => operationSubject(planned.operation);
  const longest = new Map<string, number>();
  for (const planned of operations) {
    longest.set(subject(planned), Math.max(longest.get(subject(planned)) ?? 0, chainOf(planned)));
  }
  const rank = (planned: PlannedOperation) => longest.get(subject(planned)) ?? 0;
  const patience = new Map(
    operations.flatMap(({ operation }) =>
      operation.kind === 'await-ready' ? [[operation.service, operation.probe.timeoutSeconds] as const] : [],
    ),
  );
  const slowness = (planned: PlannedOperation) => patience.get(subject(planned)) ?? Infinity;
  const byRank = operations.toSorted(
    (a, b) => rank(b) - rank(a) || slowness(b) - slowness(a) || chainOf(b) - chainOf(a),
  );
  // Nothing comes before what it waits for: the plan reads from top to bottom.
  const ordered = new Map<string, PlannedOperation>();
  const place = (planned: PlannedOperation): void => {
    if (ordered.has(planned.id)) return;
    for (const id of planned.after) byRank.filter((other) => other.id === id).forEach(place);
    ordered.set(planned.id, planned);
  };
  byRank.forEach(place);
  return [...ordered.values()];
}
