// An up as it is recorded, operation by operation, and the steps that come of it. Pure.
import type { Operation, Plan, PlannedOperation } from './plan.ts';
import type { OperationState } from './progress.ts';
import type { ServiceTimeline, StepKind, StepResult, TimelineStep, UpTimeline } from './timeline.ts';

interface RecordedOperation {
  readonly id: string;
  readonly service: string;
  readonly kind: StepKind;
  readonly from: number;
  readonly to?: number;
  readonly result: StepResult;
}

export interface UpRecord {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly outcome: UpTimeline['outcome'];
  // Services whose container is made in the plan under way.
  readonly made: ReadonlySet<string>;
  readonly operations: readonly RecordedOperation[];
}

const kinds: Readonly<Partial<Record<Operation['kind'], StepKind>>> = {
  'pull-image': 'pull',
  'check-config': 'create',
  'create-container': 'create',
  'upload-files': 'create',
  'start-container': 'start',
  'await-ready': 'ready',
};
// Of a service that gets a new container; one that only goes has no steps.
const removals: readonly Operation['kind'][] = ['stop-container', 'remove-container'];

export function beginUp(startedAt: number): UpRecord {
  return { startedAt, outcome: 'running', made: new Set(), operations: [] };
}

// Of the same up: what was refused is left out of the next plan. What failed of a service that is in it is tried anew.
export function beginPlan(record: UpRecord, plan: Plan): UpRecord {
  const services = new Set(
    plan.operations.flatMap(({ operation }) => ('service' in operation ? operation.service : [])),
  );
  const made = plan.operations.flatMap(({ operation }) =>
    operation.kind === 'create-container' ? operation.service : [],
  );
  const operations = record.operations.filter(({ service, result }) => result === 'done' || !services.has(service));
  return { ...record, made: new Set(made), operations };
}

export function recordOperation(
  record: UpRecord,
  { id, operation }: PlannedOperation,
  state: OperationState | 'cancelled',
  at: number,
): UpRecord {
  if (!('service' in operation) || state === 'waiting') return record;
  const { service } = operation;
  const kind = removals.includes(operation.kind) && record.made.has(service) ? 'create' : kinds[operation.kind];
  if (kind === undefined) return record;
  const before = record.operations.find((one) => one.id === id);
  const recorded: RecordedOperation = {
    ...{ id, service, kind, from: state === 'running' ? at : (before?.from ?? at), result: state },
    ...(state === 'running' ? {} : { to: at }),
  };
  return { ...record, operations: [...record.operations.filter((one) => one.id !== id), recorded] };
}

export function endUp(record: UpRecord, outcome: UpTimeline['outcome'], at: number): UpRecord {
  const operations = record.operations.map((one) =>
    one.result === 'running' ? { ...one, to: at, result: 'cancelled' as const } : one,
  );
  return { ...record, outcome, endedAt: at, operations };
}

// The services in their usual order; those that had nothing to be done are not there.
export function upTimeline(
  record: UpRecord,
  services: readonly { readonly id: string; readonly title: string }[],
): UpTimeline {
  const { startedAt, endedAt, outcome, operations } = record;
  return {
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    outcome,
    services: services.flatMap(({ id, title }): ServiceTimeline[] => {
      const own = operations.filter((one) => one.service === id);
      const steps = (['pull', 'create', 'start', 'ready'] as const).flatMap((kind) => stepOf(own, kind) ?? []);
      return steps.length === 0 ? [] : [{ service: id, title, steps: steps.sort((a, b) => a.from - b.from) }];
    }),
  };
}

// The worst says how it ended.
const results: readonly StepResult[] = ['running', 'failed', 'cancelled', 'skipped', 'done'];

function stepOf(operations: readonly RecordedOperation[], kind: StepKind): TimelineStep | undefined {
  const own = operations.filter((one) => one.kind === kind);
  const result = results.find((each) => own.some((one) => one.result === each));
  if (result === undefined) return undefined;
  const ends = own.map(({ from, to }) => to ?? from);
  return {
    ...{ kind, from: Math.min(...own.map(({ from }) => from)), result },
    ...(result === 'running' ? {} : { to: Math.max(...ends) }),
  };
}
