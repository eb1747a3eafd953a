// Sends the log of one container to Loki: from where it was left, in order, and no further than Loki has acknowledged.
import type { EnginePort, LogLine } from '../../core/engine-port.ts';
import { createReading, readFrom } from '../../core/telemetry/feed-position.ts';
import type { FeedSource } from '../../core/telemetry/feed-sources.ts';
import {
  judgePush,
  pieces,
  pushBody,
  pushSize,
  type PushAnswer,
  type PushLine,
} from '../../core/telemetry/log-push.ts';
import type { Clock } from '../runtime-parts.ts';
import type { LogPositions } from './log-shipper-positions.ts';

export interface ShipperParts {
  readonly clock: Clock;
  readonly positions: LogPositions;
  // Resolves when Loki can be asked, or at the end of the signal.
  untilReady(signal: AbortSignal): Promise<void>;
  // Resolves after the time, or at the end of the signal.
  pause(signal: AbortSignal, milliseconds: number): Promise<void>;
  push(body: string, signal: AbortSignal): Promise<PushAnswer>;
  readonly report: ShipperReport;
}

export interface ShipperReport {
  sent(lines: number): void;
  tooOld(lines: number): void;
  refused(lines: number, words: string): void;
  waiting(words: string): void;
}

const batchMilliseconds = 1000;
// Characters.
const batchSize = 1_000_000;
const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 5000;

// One reading, until the container or the connection ends or the signal comes. Throws FailureError where the engine
// refuses to read. While Loki is away nothing is read: the engine keeps the lines.
export async function shipLog(
  engine: EnginePort,
  source: FeedSource,
  parts: ShipperParts,
  signal: AbortSignal,
): Promise<void> {
  const { clock, positions, report } = parts;
  const position = positions.get(source.id);
  const reading = createReading(position);
  const ended = new AbortController();
  const lines = engine
    .logs({
      service: source.service,
      containerId: source.id,
      follow: true,
      since: readFrom(position, clock.now()),
      signal: AbortSignal.any([signal, ended.signal]),
    })
    [Symbol.asyncIterator]();
  // It may fail while nobody waits for it yet.
  const ask = (): Promise<IteratorResult<readonly LogLine[]>> => {
    const asked = lines.next();
    asked.catch(() => undefined);
    return asked;
  };
  try {
    let next = ask();
    for (;;) {
      const first = await next;
      if (first.done === true || signal.aborted) return;
      const batch = [...take(first.value)];
      const due = startTimer(clock);
      next = ask();
      for (let size = sizeOf(batch); size < batchSize; ) {
        const more = await Promise.race([next, due.passed]);
        if (more === undefined || more.done === true) break;
        const fresh = take(more.value);
        batch.push(...fresh);
        size += sizeOf(fresh);
        next = ask();
      }
      due.cancel();
      await pushAll(source, batch, parts, signal);
      if (signal.aborted) return;
      positions.set(source.id, reading.position());
    }
  } finally {
    ended.abort();
    void lines.return?.(undefined)?.catch(() => undefined);
  }

  function take(batch: readonly LogLine[]): readonly PushLine[] {
    const fresh = reading.take(batch, clock.now());
    const tooOld = reading.tooOld();
    if (tooOld > 0) report.tooOld(tooOld);
    return fresh;
  }
}

async function pushAll(
  source: FeedSource,
  lines: readonly PushLine[],
  parts: ShipperParts,
  signal: AbortSignal,
): Promise<void> {
  for (const piece of pieces(lines, batchSize)) {
    await pushUntilTaken(pushBody(source, piece), piece.length, parts, signal);
    if (signal.aborted) return;
  }
}

async function pushUntilTaken(body: string, lines: number, parts: ShipperParts, signal: AbortSignal): Promise<void> {
  for (let pause = firstRetryMilliseconds; ; pause = Math.min(pause * 2, longestRetryMilliseconds)) {
    await parts.untilReady(signal);
    if (signal.aborted) return;
    const verdict = judgePush(await parts.push(body, signal), lines);
    if (verdict.kind === 'refused') parts.report.refused(verdict.lines, verdict.words);
    if (verdict.kind !== 'later') return parts.report.sent(lines - (verdict.kind === 'refused' ? verdict.lines : 0));
    if (signal.aborted) return;
    parts.report.waiting(verdict.words);
    await parts.pause(signal, pause);
  }
}

function sizeOf(lines: readonly PushLine[]): number {
  return lines.reduce((sum, line) => sum + pushSize(line), 0);
}

function startTimer(clock: Clock): { readonly passed: Promise<undefined>; readonly cancel: () => void } {
  let cancel: () => void = () => undefined;
  const passed = new Promise<undefined>((resolve) => {
    cancel = clock.after(batchMilliseconds, () => resolve(undefined));
  });
  return { passed, cancel: () => cancel() };
}
