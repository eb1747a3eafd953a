// The command under way, as the executor reports it.
import type { PullProgress } from './engine-port.ts';
import { operationSubject, type PlannedOperation } from './plan.ts';

export type OperationState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

export interface OperationProgress {
  readonly planned: PlannedOperation;
  readonly state: OperationState;
}

export interface CommandProgress {
  // 'up', 'stop', 'restart' or 'down'
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

// Services that must be ready before this one goes on; empty when nothing of it is still to come.
export function waitsFor(progress: CommandProgress | undefined, service: string): readonly string[] {
  if (progress === undefined) return [];
  const open = new Map(
    progress.operations
      .filter((operation) => operation.state === 'waiting' || operation.state === 'running')
      .map((operation) => [operation.planned.id, operation.planned]),
  );
  const own = [...open.values()].filter((planned) => isAbout(planned, service));
  const awaited = own
    .flatMap((planned) => planned.after)
    .flatMap((id) => open.get(id) ?? [])
    .map((planned) => planned.operation);
  const services = awaited.flatMap((operation) => ('service' in operation && operation.service !== service ? operation.service : []));
  if (services.length > 0) return [...new Set(services)];
  return own.length > 0 ? [...new Set(awaited.map(operationSubject))].filter((subject) => subject !== service) : [];
}

function isAbout(planned: PlannedOperation, service: string): boolean {
  return 'service' in planned.operation && planned.operation.service === service;
}
