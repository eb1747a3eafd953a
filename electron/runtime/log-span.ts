// Cuts lines to a span of time. Engines do it too, but some to the second only.
import type { LogLine } from '../core/engine-port.ts';

export interface LogSpan {
  // Milliseconds since 1970; both ends belong to it.
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

// Lines without a time of their own go with the one before them.
export function createSpanCut({ from, to }: LogSpan): (batch: readonly LogLine[]) => readonly LogLine[] {
  if (from === undefined && to === undefined) return (batch) => batch;
  const first = from === undefined ? '' : milliseconds(from);
  // Everything of that millisecond belongs to it.
  const end = to === undefined ? '~' : `${milliseconds(to)}~`;
  let wasInside = false;

  function isInside({ timestamp }: LogLine): boolean {
    if (timestamp === '') return wasInside;
    // The usual form can be compared as it is, which is many times as fast.
    if (timestamp.charCodeAt(timestamp.length - 1) === 90 && timestamp.charCodeAt(19) === 46) {
      wasInside = timestamp >= first && timestamp < end;
    } else {
      const time = Date.parse(timestamp);
      wasInside = time >= (from ?? -Infinity) && time <= (to ?? Infinity);
    }
    return wasInside;
  }

  return (batch) => batch.filter(isInside);
}

// 2026-10-05T12:34:56.123
function milliseconds(time: number): string {
  return new Date(time).toISOString().slice(0, 23);
}
