// Which changes of state are worth remembering, and how what several processes remembered is put together. Pure.
import type { ServiceState, Snapshot } from './snapshot.ts';
import type { StateChange, TimelineView } from './timeline.ts';

export const keptMilliseconds = 24 * 60 * 60 * 1000;
export const mostChanges = 5000;
// It is kept in a file and shown in a list: the beginning says what it is about.
const longestReason = 300;

export interface KnownState {
  readonly state: ServiceState;
  // Milliseconds since 1970 when it was recorded or first seen.
  readonly at: number;
}

export type KnownStates = Readonly<Record<string, KnownState>>;

// While it is not known yet how a service answers, it is shown as starting: no change of its own.
const settled: readonly ServiceState[] = ['off', 'ready', 'degraded', 'failed'];

export interface Passage {
  readonly changes: readonly StateChange[];
  readonly known: KnownStates;
}

// Without an engine nothing is known, and nothing changes. `isFirst`: nobody looked before it; what is otherwise than it
// was known then has changed meanwhile.
export function passage(known: KnownStates, snapshot: Snapshot, isFirst: boolean, now: number): Passage {
  if (snapshot.engine.kind !== 'connected') return { changes: [], known };
  const changes: StateChange[] = [];
  const next: Record<string, KnownState> = { ...known };
  for (const { id, title, state, reason, since } of snapshot.services) {
    const before = known[id];
    if (before?.state === state || (isFirst && !settled.includes(state))) continue;
    // Its own time may be that of the container, which is older than what was known.
    const at = before !== undefined && since <= before.at ? now : Math.min(since, now);
    next[id] = { state, at };
    if (before === undefined) continue;
    changes.push({ at, service: id, title, from: before.state, to: state, reason: shorten(reason) });
  }
  return { changes, known: changes.length === 0 && !isNew(known, next) ? known : next };
}

function isNew(known: KnownStates, next: KnownStates): boolean {
  return Object.keys(next).some((id) => known[id] === undefined);
}

function shorten(reason: string): string {
  const line = reason.split(/[\r\n]/, 1)[0] ?? '';
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1)}…`;
}

// In the order of time. Two processes that watched at once both remembered the same: it is told once.
export function inOrder(remembered: readonly StateChange[]): readonly StateChange[] {
  const last: Record<string, ServiceState> = {};
  return remembered
    .toSorted((one, other) => one.at - other.at)
    .filter(({ service, from, to }) => {
      const isRepeated = (last[service] ?? from) === to;
      last[service] = to;
      return !isRepeated;
    });
}

export function lastKnown(remembered: readonly StateChange[]): KnownStates {
  return Object.fromEntries(inOrder(remembered).map(({ service, to, at }) => [service, { state: to, at }]));
}

export function changesOfTheDay(
  remembered: readonly StateChange[],
  now: number,
): Pick<TimelineView, 'changes' | 'isCut'> {
  const today = inOrder(remembered).filter(({ at }) => at > now - keptMilliseconds);
  return { changes: today.slice(-mostChanges).toReversed(), isCut: today.length > mostChanges };
}
