// The options of "macula logs", and what is wrong with a value of theirs. Pure.
import { logLevels } from '../core/log-level.ts';
import { parseMoment } from '../core/parse-moment.ts';
import type { CommandDefinition } from './invocation.ts';

const moments = '10m, 2h30m, 14:05, 14:05:09, "2026-10-05 14:05" or 2026-10-05T12:05:09Z';

export const logOptions: CommandDefinition['options'] = {
  follow: { type: 'boolean', short: 'f', words: 'go on with new lines until Ctrl-C', excludes: ['until', 'around'] },
  tail: {
    type: 'string',
    short: 'n',
    value: 'number',
    words: 'only so many lines from the end of each',
    wrong: (value) => (/^\d{1,9}$/.test(value) ? undefined : `wants a number, not "${value}".`),
  },
  since: {
    type: 'string',
    value: 'time',
    words: 'only lines from then on; a time is 10m (ago), 14:05:09 or 2026-10-05T12:05Z',
    wrong: wrongMoment,
  },
  until: { type: 'string', value: 'time', words: 'only lines up to then', wrong: wrongMoment },
  around: {
    type: 'string',
    value: 'time',
    words: 'only lines of the minute before and after it',
    excludes: ['since', 'until'],
    wrong: wrongMoment,
  },
  grep: {
    type: 'string',
    value: 'pattern',
    words: 'only lines that this regular expression finds something in',
    wrong: (value) =>
      patternOf(value, false) === undefined ? `wants a regular expression, not "${value}".` : undefined,
  },
  'ignore-case': { type: 'boolean', short: 'i', words: 'capitals do not count for --grep' },
  level: {
    type: 'string',
    choices: logLevels,
    words: 'only lines that say they are of this level or a worse one',
  },
  stream: { type: 'string', choices: ['stdout', 'stderr'], words: 'only lines of this output' },
  json: { type: 'boolean', words: 'print one JSON object a line' },
};

function wrongMoment(value: string): string | undefined {
  return momentOf(value, 0) === undefined ? `wants a time such as ${moments}, not "${value}".` : undefined;
}

const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

// Milliseconds since 1970. A duration is so long before now; a time without a zone is by this machine's clock.
export function momentOf(value: string, now: number): number | undefined {
  if (/^(\d{1,6}[dhms])+$/.test(value)) {
    const parts = [...value.matchAll(/(\d+)([dhms])/g)];
    return now - parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (units[unit] ?? 0), 0);
  }
  const typed = parseMoment(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value} 00:00` : value, now);
  if (typed !== undefined) return typed;
  const isExact = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
  const exact = isExact ? Date.parse(value.replace(',', '.')) : Number.NaN;
  return Number.isNaN(exact) ? undefined : exact;
}

// undefined: it is no regular expression.
export function patternOf(source: string, ignoresCase: boolean): RegExp | undefined {
  try {
    return new RegExp(source, ignoresCase ? 'i' : '');
  } catch {
    return undefined;
  }
}
