import type { LogLevel } from '../../electron/core/log-level.ts';
import type { KeptLine } from './log-ring.ts';

// As the page offers them; 'other' has no level that could be read.
export const levelGroups = ['error', 'warn', 'info', 'debug', 'trace', 'other'] as const;
export type LevelGroup = (typeof levelGroups)[number];

export interface LineFilter {
  readonly stream: 'both' | KeptLine['stream'];
  readonly hidden: ReadonlySet<LevelGroup>;
}

export const everyLine: LineFilter = { stream: 'both', hidden: new Set() };

export function groupOf(level: LogLevel | undefined): LevelGroup {
  if (level === undefined) return 'other';
  return level === 'fatal' ? 'error' : level;
}

export function passes({ stream, hidden }: LineFilter, line: KeptLine): boolean {
  return (stream === 'both' || line.stream === stream) && (hidden.size === 0 || !hidden.has(groupOf(line.level)));
}

export function countGroups(levels: ReadonlyMap<LogLevel | undefined, number>): Readonly<Record<LevelGroup, number>> {
  const counts = { error: 0, warn: 0, info: 0, debug: 0, trace: 0, other: 0 };
  for (const [level, count] of levels) counts[groupOf(level)] += count;
  return counts;
}
