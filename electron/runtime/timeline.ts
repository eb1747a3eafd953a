// Remembers the last start step by step, and the changes of state of the last day, also over the end of the app.
import type { Plan, PlannedOperation } from '../core/plan.ts';
import type { OperationState } from '../core/progress.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { changesOfTheDay, type KnownStates, lastKnown, passage } from '../core/timeline-changes.ts';
import { beginPlan, beginUp, endUp, recordOperation, type UpRecord, upTimeline } from '../core/timeline-record.ts';
import type { TimelineView, UpTimeline } from '../core/timeline.ts';
import type { Command, Outcome } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import type { World } from './world.ts';

// Others who look see an up under way as it was this long ago at most, as long as it goes on.
const betweenWrites = 500;

// Told by whoever carries a command out.
export interface UpRecorder {
  begin(command: Command['kind'], startedAt: number): void;
  plan(plan: Plan): void;
  operation(planned: PlannedOperation, state: OperationState, signal: AbortSignal): void;
  end(outcome: Outcome['kind']): void;
}

export interface Timeline {
  readonly recorder: UpRecorder;
  // From now on changes of state are remembered. Nothing ticks: each snapshot is compared with the one before.
  follow(): void;
  view(): TimelineView;
  stop(): void;
}

export function createTimeline(world: World, parts: RuntimeParts): Timeline {
  const { clock, timeline: store } = parts;
  let record: UpRecord | undefined;
  let writtenAt = 0;
  let last: UpTimeline | undefined;
  let known: KnownStates | undefined;
  let isFirst = true;
  let unfollow: (() => void) | undefined;
  let hasComplained = false;

  // Said once: a full disk would say it at every step.
  function attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!hasComplained) parts.log(`What happened cannot be remembered: ${String(error)}`);
      hasComplained = true;
    }
  }

  function update(next: UpRecord, mustWrite: boolean): void {
    record = next;
    const now = clock.now();
    if (next.operations.length === 0 || (!mustWrite && now - writtenAt < betweenWrites)) return;
    writtenAt = now;
    const up = upTimeline(next, parts.catalog);
    last = up;
    attempt(() => store.rememberUp(up));
  }

  const recorder: UpRecorder = {
    begin(command, startedAt) {
      record = command === 'up' ? beginUp(startedAt) : undefined;
      writtenAt = 0;
    },
    plan(plan) {
      if (record === undefined || plan.operations.length === 0) return;
      record = beginPlan(record, plan);
    },
    operation(planned, state, signal) {
      if (record === undefined) return;
      const isCancelled = state === 'failed' && signal.aborted;
      update(recordOperation(record, planned, isCancelled ? 'cancelled' : state, clock.now()), false);
    },
    end(outcome) {
      if (record !== undefined) update(endUp(record, outcome, clock.now()), true);
      record = undefined;
    },
  };

  function accept(snapshot: Snapshot): void {
    if (snapshot.engine.kind !== 'connected') {
      isFirst = true;
      return;
    }
    known ??= lastKnown(store.changes());
    const passed = passage(known, snapshot, isFirst, clock.now());
    isFirst = false;
    known = passed.known;
    if (passed.changes.length > 0) attempt(() => store.addChanges(passed.changes));
  }

  function lastUp(): UpTimeline | undefined {
    if (record !== undefined && record.operations.length > 0) return upTimeline(record, parts.catalog);
    const stored = store.lastUp();
    // What could not be written is still known here.
    return last !== undefined && (stored === undefined || last.startedAt > stored.startedAt) ? last : stored;
  }

  return {
    recorder,
    follow() {
      if (unfollow !== undefined) return;
      unfollow = world.store.subscribe(accept);
      accept(world.store.get());
    },
    view() {
      const up = lastUp();
      return { ...(up === undefined ? {} : { lastUp: up }), ...changesOfTheDay(store.changes(), clock.now()) };
    },
    stop() {
      unfollow?.();
      unfollow = undefined;
    },
  };
}
