// What happened: the last start of the stack, step by step, and the changes of state of the last day.
import type { ServiceState } from './snapshot.ts';

export type StepKind = 'pull' | 'create' | 'start' | 'ready';
// skipped: what it waits for was not done. cancelled: ended half-way by its user, or with its program.
export type StepResult = 'done' | 'failed' | 'skipped' | 'cancelled' | 'running';

export interface TimelineStep {
  readonly kind: StepKind;
  // Milliseconds since 1970. `to` is undefined while it is under way.
  readonly from: number;
  readonly to?: number;
  readonly result: StepResult;
}

export interface ServiceTimeline {
  readonly service: string;
  readonly title: string;
  // In the order of time; a step that was not needed is not there. Taking an older container away is part of 'create'.
  readonly steps: readonly TimelineStep[];
}

// Of an up that had something to do: one that finds all as it should be is no start.
export interface UpTimeline {
  readonly startedAt: number;
  // undefined while it is under way.
  readonly endedAt?: number;
  readonly outcome: 'running' | 'done' | 'failed' | 'cancelled';
  readonly services: readonly ServiceTimeline[];
}

export interface StateChange {
  // Milliseconds since 1970.
  readonly at: number;
  readonly service: string;
  readonly title: string;
  readonly from: ServiceState;
  readonly to: ServiceState;
  // One sentence, '' when the state says it all.
  readonly reason: string;
}

export interface TimelineView {
  // undefined when there was none yet.
  readonly lastUp?: UpTimeline;
  // Newest first, of the last day.
  readonly changes: readonly StateChange[];
  // Older ones than the oldest were left out: there were too many.
  readonly isCut: boolean;
}
