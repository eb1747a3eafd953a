// The command under way, as the executor reports it.
import type { PullProgress } from './engine-port.ts';
import type { PlannedOperation } from './plan.ts';

export type OperationState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

export interface OperationProgress {
  readonly planned: PlannedOperation;
  readonly state: OperationState;
}

export interface CommandProgress {
  // 'up', 'stop', 'restart', 'down' or 'wipe'
  readonly command: string;
  // Milliseconds since 1970.
  readonly startedAt: number;
  readonly operations: readonly OperationProgress[];
  // Service id -> how far its image is.
  readonly pulls: Readonly<Record<string, PullProgress>>;
}

// Kinds of operations of this service that run right now.
export function runningKinds(progress: CommandProgress | undefined, service: string) {
  return (progress?.operations ?? [])
    .filter((operation) => operation.state === 'running' && isAbout(operation.planned, service))
    .map((operation) => operation.planned.operation.kind);
}

// Kinds of operations of this service that are not finished, running ones included.
export function openKinds(progress: CommandProgress | undefined, service: string) {
  return openOperations(progress)
    .filter((planned) => isAbout(planned, service))
    .map((planned) => planned.operation.kind);
}

// Whether the command under way removes its container, or has just done so.
export function removesContainer(progress: CommandProgress | undefined, service: string): boolean {
  return (progress?.operations ?? []).some(
    ({ planned, state }) =>
      planned.operation.kind === 'remove-container' &&
      isAbout(planned, service) &&
      state !== 'failed' &&
      state !== 'skipped',
  );
}

// Services that this one still waits for.
export function waitsFor(progress: CommandProgress | undefined, service: string): readonly string[] {
  const open = new Map(openOperations(progress).map((planned) => [planned.id, planned]));
  const awaited = [...open.values()]
    .filter((planned) => isAbout(planned, service))
    .flatMap((planned) => planned.after)
    .flatMap((id) => open.get(id)?.operation ?? []);
  return [
    ...new Set(
      awaited.flatMap((operation) =>
        'service' in operation && operation.service !== service ? operation.service : [],
      ),
    ),
  ];
}

function openOperations(progress: CommandProgress | undefined): readonly PlannedOperation[] {
  return (progress?.operations ?? [])
    .filter((operation) => operation.state === 'waiting' || operation.state === 'running')
    .map((operation) => operation.planned);
}

function isAbout(planned: PlannedOperation, service: string): boolean {
  return 'service' in planned.operation && planned.operation.service === service;
}
