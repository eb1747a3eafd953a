// Operations as data. Each is one engine call (await-ready is none), knows why it is needed and what it waits for.
import type { ConfigCheck } from './catalog/service.ts';
import type { DesiredContainer, DesiredNetwork, Probe } from './desired.ts';

export type Operation =
  | { readonly kind: 'pull-image'; readonly service: string; readonly container: DesiredContainer }
  // The service's own program looks at the configuration before a container gets it.
  | {
      readonly kind: 'check-config';
      readonly service: string;
      readonly container: DesiredContainer;
      readonly check: ConfigCheck;
    }
  | { readonly kind: 'create-network'; readonly network: DesiredNetwork }
  | { readonly kind: 'remove-network'; readonly name: string; readonly networkId: string }
  | { readonly kind: 'create-volume'; readonly name: string }
  | { readonly kind: 'remove-volume'; readonly name: string }
  | { readonly kind: 'create-container'; readonly service: string; readonly container: DesiredContainer }
  | { readonly kind: 'upload-files'; readonly service: string; readonly container: DesiredContainer }
  | { readonly kind: 'start-container'; readonly service: string; readonly container: DesiredContainer }
  | { readonly kind: 'await-ready'; readonly service: string; readonly probe: Probe }
  | {
      readonly kind: 'stop-container';
      readonly service: string;
      readonly containerId: string;
      readonly seconds: number;
    }
  | {
      readonly kind: 'restart-container';
      readonly service: string;
      readonly containerId: string;
      readonly seconds: number;
    }
  | {
      readonly kind: 'remove-container';
      readonly service: string;
      readonly containerId: string;
      readonly name: string;
    };

export interface PlannedOperation {
  // 'create-container grafana': unique in a plan, stable between runs.
  readonly id: string;
  readonly operation: Operation;
  // Why it is needed, in words.
  readonly cause: string;
  // Ids of the operations that must have succeeded before.
  readonly after: readonly string[];
}

export interface Plan {
  readonly operations: readonly PlannedOperation[];
}

export function operationSubject(operation: Operation): string {
  switch (operation.kind) {
    case 'create-network':
      return operation.network.name;
    case 'remove-network':
    case 'create-volume':
    case 'remove-volume':
      return operation.name;
    default:
      return operation.service;
  }
}

export function operationId(operation: Operation): string {
  return `${operation.kind} ${operationSubject(operation)}`;
}

// Whether the engine's state changes by it.
export function isChange(operation: Operation): boolean {
  return operation.kind !== 'await-ready' && operation.kind !== 'check-config';
}

// One line an operation: what, why, and after which lines. Tests compare this text; people read it.
export function planText(plan: Plan): string {
  if (plan.operations.length === 0) return 'nothing to do';
  const numbers = new Map(plan.operations.map((planned, index) => [planned.id, index + 1]));
  return plan.operations
    .map((planned, index) => {
      const after = planned.after.map((id) => numbers.get(id) ?? 0).sort((a, b) => a - b);
      const wait = after.length === 0 ? '' : ` (after ${after.join(', ')})`;
      return `${index + 1}. ${planned.id}: ${planned.cause}${wait}`;
    })
    .join('\n');
}
