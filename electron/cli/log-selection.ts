// Which lines "macula logs" prints: of which time, and which of those. Pure.
import type { LogLine } from '../core/engine-port.ts';
import { levelOf, logLevels } from '../core/log-level.ts';
import type { Invocation } from './invocation.ts';
import { momentOf, patternOf } from './log-options.ts';

export interface LogSelection {
  // Milliseconds since 1970.
  readonly span: { readonly from?: number; readonly to?: number };
  choose(lines: readonly LogLine[]): readonly LogLine[];
}

const aroundMilliseconds = 60_000;

export function logSelection({ flags, values }: Pick<Invocation, 'flags' | 'values'>, now: number): LogSelection {
  const tests = [ofStream(values['stream']), ofLevel(values['level']), ofPattern(values['grep'], flags)].filter(
    (test) => test !== undefined,
  );
  return {
    span: spanOf(values, now),
    choose: (lines) => (tests.length === 0 ? lines : lines.filter((line) => tests.every((test) => test(line)))),
  };
}

type Test = (line: LogLine) => boolean;

function spanOf(values: Invocation['values'], now: number): LogSelection['span'] {
  const moment = (name: string): number | undefined => {
    const value = values[name];
    return value === undefined ? undefined : momentOf(value, now);
  };
  const around = moment('around');
  if (around !== undefined) return { from: around - aroundMilliseconds, to: around + aroundMilliseconds };
  const [from, to] = [moment('since'), moment('until')];
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function ofStream(stream: string | undefined): Test | undefined {
  return stream === undefined ? undefined : (line) => line.stream === stream;
}

function ofLevel(name: string | undefined): Test | undefined {
  if (name === undefined) return undefined;
  const wanted: readonly string[] = logLevels.slice(logLevels.findIndex((level) => level === name));
  return ({ text }) => wanted.includes(levelOf(text) ?? '');
}

// Colours within a word do not hide it.
// oxlint-disable-next-line no-control-regex -- the escape character is what such sequences begin with
const colours = /\u001b\[[\d;:]*m/g;

function ofPattern(source: string | undefined, flags: ReadonlySet<string>): Test | undefined {
  const pattern = source === undefined ? undefined : patternOf(source, flags.has('ignore-case'));
  return pattern === undefined ? undefined : ({ text }) => pattern.test(text.replace(colours, ''));
}
