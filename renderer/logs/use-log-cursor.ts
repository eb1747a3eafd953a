// The line that the keys are at, and the lines chosen with it.
import { useState } from 'react';
import type { LogLines } from './log-lines.ts';
import type { KeptLine } from './log-ring.ts';

export interface LogCursor {
  // undefined: at none.
  readonly line: KeptLine | undefined;
  // Places in what is shown, the second not included; undefined: not more than one line is chosen.
  readonly chosen: { readonly from: number; readonly to: number } | undefined;
  readonly move: (line: KeptLine | undefined, isExtending?: boolean) => void;
}

export function useLogCursor(lines: LogLines): LogCursor {
  const [{ line, other }, setPlace] = useState<{ line?: KeptLine | undefined; other?: KeptLine | undefined }>({});
  const { shown } = lines;
  const kept = line !== undefined && shown.has(line) ? line : undefined;
  return {
    line: kept,
    chosen: kept === undefined || other === undefined ? undefined : between(shown.placeOf(kept), shown.placeOf(other)),
    move: (next, isExtending = false) =>
      setPlace((before) => ({ line: next, other: isExtending ? (before.other ?? before.line ?? next) : undefined })),
  };
}

function between(one: number, other: number) {
  return { from: Math.min(one, other), to: Math.max(one, other) + 1 };
}
