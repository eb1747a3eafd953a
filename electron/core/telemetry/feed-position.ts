// How far a container's log was read, and what is new in what is read again. Pure.
// Each output has a position of its own: the two are not in order with one another.
import type { LogLine } from '../engine-port.ts';
import type { PushLine } from './log-push.ts';

export interface StreamPosition {
  // Of the last line, since 1970, 19 digits.
  readonly nanoseconds: string;
  // How many lines of that very moment were read: some engines stamp whole seconds.
  readonly count: number;
}

export type LogPosition = Readonly<Partial<Record<LogLine['stream'], StreamPosition>>>;

export interface LogReading {
  // The lines that are to be sent. now: milliseconds since 1970.
  take(batch: readonly LogLine[], now: number): readonly PushLine[];
  // After all that was taken.
  position(): LogPosition;
  // Lines left out for their age, since the last time that this was asked.
  tooOld(): number;
}

export const oldestMilliseconds = 24 * 3_600_000;
// How far the two outputs may be out of order.
const slackSeconds = 2;

// From where to read, in seconds since 1970.
export function readFrom(position: LogPosition, now: number): number {
  const last = Object.values(position).map(({ nanoseconds }) => Number(nanoseconds) / 1e9);
  return last.length === 0 ? (now - oldestMilliseconds) / 1000 : Math.max(...last) - slackSeconds;
}

export function createReading(from: LogPosition): LogReading {
  const outputs = { stdout: createOutput(from.stdout), stderr: createOutput(from.stderr) };
  let tooOld = 0;
  return {
    take(batch, now) {
      const oldest = `${now - oldestMilliseconds}000000`;
      return batch.flatMap((line) => {
        const nanoseconds = outputs[line.stream].take(line.timestamp, now);
        if (nanoseconds === undefined) return [];
        if (nanoseconds >= oldest) return [{ stream: line.stream, nanoseconds, text: line.text }];
        tooOld += 1;
        return [];
      });
    },
    position() {
      const [stdout, stderr] = [outputs.stdout.position(), outputs.stderr.position()];
      return { ...(stdout === undefined ? {} : { stdout }), ...(stderr === undefined ? {} : { stderr }) };
    },
    tooOld() {
      const found = tooOld;
      tooOld = 0;
      return found;
    },
  };
}

function createOutput(from: StreamPosition | undefined) {
  let last = from;
  // Of the moment that was read last, as it is read again.
  let repeated = 0;
  let isCaughtUp = from === undefined;

  // Only until the old position was passed: whatever the clock of the engine does later, nothing more is left out.
  function isRepeat(moment: string): boolean {
    if (isCaughtUp || from === undefined) return false;
    if (moment < from.nanoseconds) return true;
    if (moment === from.nanoseconds && repeated < from.count) {
      repeated += 1;
      return true;
    }
    isCaughtUp = true;
    return false;
  }

  return {
    // When the line is said to have been written; undefined for one that was read before.
    take(timestamp: string, now: number): string | undefined {
      const moment = nanosecondsOf(timestamp) ?? last?.nanoseconds ?? `${now}000000`;
      if (isRepeat(moment)) return undefined;
      last = { nanoseconds: moment, count: last?.nanoseconds === moment ? last.count + 1 : 1 };
      // Loki takes equal lines of one moment for one line, so each gets a nanosecond of its own: always the same one.
      return last.count === 1 ? moment : String(BigInt(moment) + BigInt(last.count - 1));
    },
    position: () => last,
  };
}

const timestampPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

export function nanosecondsOf(timestamp: string): string | undefined {
  const [, seconds, fraction = '', zone] = timestampPattern.exec(timestamp) ?? [];
  const milliseconds = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : `${milliseconds / 1000}${fraction.padEnd(9, '0')}`;
}

// What stands in a file of positions, where it is one.
export function isLogPosition(value: unknown): value is LogPosition {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(([stream, position]) => {
    const { nanoseconds, count } = (position ?? {}) as Partial<Record<keyof StreamPosition, unknown>>;
    const isMoment = typeof nanoseconds === 'string' && /^\d{19}$/.test(nanoseconds);
    return (stream === 'stdout' || stream === 'stderr') && isMoment && Number.isSafeInteger(count);
  });
}
