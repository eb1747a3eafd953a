// One shipper for each container whose log the app sends: they come and go with the containers, and never are there two
// for one.
import type { EnginePort } from '../../core/engine-port.ts';
import { failureText } from '../../core/failure-text.ts';
import { FailureError } from '../../core/failure.ts';
import type { FeedSource } from '../../core/telemetry/feed-sources.ts';
import { createBell } from './feed-bell.ts';
import { type ShipperParts, shipLog } from './log-shipper.ts';

export interface ShipperSetParts extends Omit<ShipperParts, 'pause'> {
  // undefined while there is no engine or it was not looked at yet.
  engine(): EnginePort | undefined;
  // Those whose logs the app sends now; undefined while there is no engine.
  sources(): readonly FeedSource[] | undefined;
  // Whether the app sends logs at all.
  isWanted(): boolean;
  // Resolves when something changed, after the time where one is given, or at the end of the signal.
  change(signal: AbortSignal, milliseconds?: number): Promise<void>;
}

export interface ShipperSet {
  // Something changed: shippers are begun and ended as it has to be.
  adjust(): void;
  // Resolves when the last one has ended.
  stop(): Promise<void>;
}

// A log that ended though its container runs: the engine was lost, or it has not been looked at since.
const readAgainMilliseconds = 1000;
// The engine refuses to read it: another log driver, or no room.
const unreadableMilliseconds = 60_000;

interface Shipper {
  readonly ended: AbortController;
  readonly done: Promise<void>;
}

export function createShipperSet(parts: ShipperSetParts): ShipperSet {
  const shippers = new Map<string, Shipper>();
  // Rung by nobody.
  const silence = createBell(parts.clock);
  const pause = (signal: AbortSignal, milliseconds: number): Promise<void> => silence.wait(signal, milliseconds);
  let isStopped = false;

  function adjust(): void {
    if (isStopped || !parts.isWanted()) {
      for (const { ended } of shippers.values()) ended.abort();
      return;
    }
    for (const { id } of parts.sources() ?? []) if (!shippers.has(id)) begin(id);
  }

  function begin(id: string): void {
    const ended = new AbortController();
    const done = follow(id, ended.signal)
      .catch((error: unknown) => {
        parts.report.waiting(String(error));
        return pause(ended.signal, unreadableMilliseconds);
      })
      .finally(() => {
        shippers.delete(id);
        // It was ended and is wanted again meanwhile, or its container came back.
        if (ended.signal.aborted || find(id) !== undefined) adjust();
      });
    shippers.set(id, { ended, done });
  }

  function find(id: string): FeedSource | undefined {
    return parts.sources()?.find((source) => source.id === id);
  }

  async function follow(id: string, signal: AbortSignal): Promise<void> {
    // The run of the container whose log was read to its end.
    let readRun: FeedSource['startedAt'] | 'none' = 'none';
    while (!signal.aborted) {
      const engine = parts.engine();
      const source = find(id);
      if (engine === undefined || parts.sources() === undefined) await parts.change(signal);
      else if (source === undefined) return;
      else if (!source.isRunning && readRun === source.startedAt) await parts.change(signal);
      else if (await isReadToEnd(engine, source, signal)) readRun = source.startedAt;
      else await parts.change(signal, readAgainMilliseconds);
    }
  }

  // Only what had ended before the reading began cannot have been cut off.
  async function isReadToEnd(engine: EnginePort, source: FeedSource, signal: AbortSignal): Promise<boolean> {
    try {
      await shipLog(engine, source, { ...parts, pause }, signal);
      return !source.isRunning && parts.engine() === engine;
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      const { title, detail } = failureText(error.failure);
      parts.report.waiting(`The log of ${source.containerName} cannot be read: ${title}. ${detail}`);
      await pause(signal, unreadableMilliseconds);
      return false;
    }
  }

  return {
    adjust,
    async stop() {
      isStopped = true;
      adjust();
      await Promise.all([...shippers.values()].map(({ done }) => done));
    },
  };
}
