// Shippers on the fake engine, with a Loki that is a function.
import { join } from 'node:path';
import type { LogQuery } from '../../../electron/core/engine-port.ts';
import { FailureError } from '../../../electron/core/failure.ts';
import { containerLabels } from '../../../electron/core/identity.ts';
import { type FeedSource, feedSources } from '../../../electron/core/telemetry/feed-sources.ts';
import type { PushAnswer } from '../../../electron/core/telemetry/log-push.ts';
import type { Clock } from '../../../electron/runtime/runtime-parts.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import { createBell } from '../../../electron/runtime/telemetry/feed-bell.ts';
import { logPositions } from '../../../electron/runtime/telemetry/log-shipper-positions.ts';
import { createShipperSet } from '../../../electron/runtime/telemetry/log-shipper-set.ts';
import { FakeEngine } from '../../engine/fake-engine.ts';
import { observeContainer, pinnedImage } from '../../engine/fake-world.ts';
import { smallCatalog, smallStack } from '../core/fixtures.ts';

// The pauses are what they are, fifty times as fast.
export const quickClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, callback) => systemClock.after(milliseconds / 50, callback),
};
export const taken: PushAnswer = { status: 204, text: '' };

export class CountingEngine extends FakeEngine {
  // Containers whose log is being read now, and how many batches were given.
  readonly reading: string[] = [];
  batches = 0;
  refusesToRead: string | undefined;

  override async *logs(query: LogQuery) {
    if (query.containerId === this.refusesToRead) {
      throw new FailureError({ code: 'operation-failed', operation: 'read the log', detail: 'no such driver' });
    }
    this.reading.push(query.containerId);
    try {
      for await (const batch of super.logs(query)) {
        this.batches += 1;
        yield batch;
      }
    } finally {
      this.reading.splice(this.reading.indexOf(query.containerId), 1);
    }
  }
}

export async function startedEngine(): Promise<CountingEngine> {
  const stack = smallStack();
  const engine = new CountingEngine({ images: smallCatalog.map(({ image }) => pinnedImage(image)) });
  await engine.createNetwork(stack.network, {});
  for (const { container } of stack.services) {
    const { id: image } = pinnedImage(container.image);
    const id = await engine.createContainer(container, image, stack.network.name, containerLabels(container));
    await engine.startContainer(id);
  }
  return engine;
}

export interface Ships {
  readonly lines: string[];
  readonly problems: string[];
  readonly refused: string[];
  sent: number;
  isWanted: boolean;
  isConnected: boolean;
  isLokiReady: boolean;
  answer: (body: string) => PushAnswer;
  change(): void;
  stop(): Promise<void>;
}

// As another process would: what is kept is in the folder.
export function ship(engine: CountingEngine, folder: string): Ships {
  const bell = createBell(quickClock);
  const positions = logPositions(join(folder, 'log-positions.json'), quickClock, () => undefined);
  const sources = (): readonly FeedSource[] | undefined =>
    ships.isConnected
      ? feedSources({
          ...{ networks: [], volumes: [], images: {}, listeners: [], hostSubnets: [] },
          containers: [...engine.world.containers.values()].map(observeContainer),
        })
      : undefined;
  const ships: Ships = {
    ...{ lines: [], problems: [], refused: [], sent: 0, isWanted: true, isConnected: true, isLokiReady: true },
    answer: () => taken,
    change() {
      bell.ring();
      set.adjust();
    },
    async stop() {
      await set.stop();
      positions.save();
    },
  };
  const set = createShipperSet({
    clock: quickClock,
    positions,
    engine: () => (ships.isConnected ? engine : undefined),
    sources,
    isWanted: () => ships.isWanted,
    change: (signal, milliseconds) => bell.wait(signal, milliseconds),
    async untilReady(signal) {
      while (!ships.isLokiReady && !signal.aborted) await bell.wait(signal);
    },
    async push(body) {
      const answer = ships.answer(body);
      if (answer.status === 204) ships.lines.push(...linesOf(body));
      return answer;
    },
    report: {
      sent: (lines) => (ships.sent += lines),
      tooOld: () => undefined,
      refused: (lines, words) => ships.refused.push(`${lines} ${words}`),
      waiting: (words) => ships.problems.push(words),
    },
  });
  ships.change();
  return ships;
}

interface Push {
  readonly streams: readonly {
    readonly stream: { readonly container: string; readonly stream: string };
    readonly values: readonly (readonly [string, string])[];
  }[];
}

function linesOf(body: string): readonly string[] {
  return (JSON.parse(body) as Push).streams.flatMap(({ stream, values }) =>
    values.map(([, text]) => `${stream.container} ${stream.stream} ${text}`),
  );
}

export const numbered = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `macula-store stdout ${from + index}`);

export function writeNumbers(engine: FakeEngine, from: number, to: number): void {
  for (let at = from; at < to; at += 1) engine.write('macula-store', String(at));
}
