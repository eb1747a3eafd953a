// The changes as they are shown: filtered, and by the hour in which they were. Pure.
import type { StateChange } from '../../electron/core/timeline.ts';

export interface ChangeFilter {
  // Id; '' is all.
  readonly service: string;
  readonly onlyTrouble: boolean;
}

export interface ChangeGroup {
  // Milliseconds since 1970 of the beginning of the hour, by the wall clock of this machine.
  readonly hour: number;
  readonly changes: readonly StateChange[];
}

export function filterChanges(changes: readonly StateChange[], filter: ChangeFilter): readonly StateChange[] {
  const { service, onlyTrouble } = filter;
  return changes.filter(
    (change) =>
      (service === '' || change.service === service) &&
      (!onlyTrouble || change.to === 'failed' || change.to === 'degraded'),
  );
}

// Newest first, as they come.
export function groupByHour(changes: readonly StateChange[]): readonly ChangeGroup[] {
  const groups: { hour: number; changes: StateChange[] }[] = [];
  for (const change of changes) {
    const hour = new Date(change.at).setMinutes(0, 0, 0);
    const last = groups.at(-1);
    if (last?.hour === hour) last.changes.push(change);
    else groups.push({ hour, changes: [change] });
  }
  return groups;
}
