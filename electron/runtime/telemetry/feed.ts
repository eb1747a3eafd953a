// What the running app sends into the stack: figures always, the logs of containers where that falls to it. One process
// of a user does it: the desktop app, of which there is only one.
import { join } from 'node:path';
import { type FeedFacts, decideShipping, feedDoor, figuresHindrance } from '../../core/telemetry/feed-plan.ts';
import { feedSources } from '../../core/telemetry/feed-sources.ts';
import type { FeedState } from '../../core/telemetry/feed-state.ts';
import type { PushAnswer } from '../../core/telemetry/log-push.ts';
import { remoteHost } from '../desired-inputs.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
import type { World } from '../world.ts';
import { createBell } from './feed-bell.ts';
import { createFigureFeed } from './feed-figures.ts';
import type { Post } from './feed-post.ts';
import { createFeedReport } from './feed-report.ts';
import { createShipperSet } from './log-shipper-set.ts';
import { logPositions } from './log-shipper-positions.ts';
import type { VolumeSizes } from './volume-sizes.ts';

export interface Feed {
  // Something was seen or set: whoever can send now does.
  hurry(): void;
  // Ends it; resolves when the positions are written.
  close(): Promise<void>;
}

export interface FeedParts {
  readonly world: World;
  readonly parts: Pick<RuntimeParts, 'clock' | 'settings' | 'log'>;
  readonly sizes: Pick<VolumeSizes, 'measure'>;
  readonly post: Post;
  // Where positions are kept over restarts.
  readonly stateFolder: string;
  // Told of every change of it.
  show(state: FeedState): void;
}

const figuresPath = '/api/v1/otlp/v1/metrics';
const logsPath = '/loki/api/v1/push';

export function createFeed({ world, parts, sizes, post, stateFolder, show }: FeedParts): Feed {
  const { clock } = parts;
  const bell = createBell(clock);
  const positions = logPositions(join(stateFolder, 'log-positions.json'), clock, parts.log);
  const report = createFeedReport(clock, parts.log, show);

  const facts = (): FeedFacts => ({
    settings: parts.settings.get(),
    desired: world.desired(),
    observed: world.observed,
    remoteHost: remoteHost(world),
  });
  const isReady = (service: string): boolean => world.engine !== undefined && world.probes[service]?.kind === 'ready';

  async function send(
    service: 'prometheus' | 'loki',
    path: string,
    body: string,
    signal: AbortSignal,
    isPatient = false,
  ) {
    const door = feedDoor({ settings: parts.settings.get(), desired: world.desired() }, service);
    const closed: PushAnswer = { status: 0, text: `${service} has no address on this machine` };
    return door === undefined ? closed : post(door, path, body, signal, isPatient);
  }

  const figures = createFigureFeed({
    clock,
    engine: () => (isReady('prometheus') && figuresHindrance(facts()) === undefined ? world.engine : undefined),
    sources: () => feedSources(world.observed),
    services: () =>
      world.store
        .get()
        .services.filter(({ enabled }) => enabled)
        .map(({ id, state }) => ({ service: id, isReady: state === 'ready' })),
    volumes: () =>
      Object.fromEntries(
        world
          .desired()
          .services.flatMap(({ definition, container }) => container.volumes.map(({ name }) => [name, definition.id])),
      ),
    measure: () => sizes.measure(),
    isBusy: () => world.progress !== undefined,
    isSeen: () => world.isSeen,
    push: (body, signal, isPatient) => send('prometheus', figuresPath, body, signal, isPatient),
    sent: report.figuresSent,
    failed: report.figuresFailed,
  });

  const shippers = createShipperSet({
    clock,
    positions,
    engine: () => world.engine,
    sources: () =>
      world.engine === undefined || world.observed === undefined ? undefined : feedSources(world.observed),
    isWanted: () => decideShipping(facts()).by === 'app',
    change: (signal, milliseconds) => bell.wait(signal, milliseconds),
    async untilReady(signal) {
      while (!signal.aborted && !isReady('loki')) await bell.wait(signal);
    },
    push: (body, signal) => send('loki', logsPath, body, signal),
    report,
  });

  function hurry(): void {
    const now = facts();
    report.decided(decideShipping(now), figuresHindrance(now));
    bell.ring();
    figures.hurry();
    shippers.adjust();
  }

  const unsubscribe = world.store.subscribe(hurry);
  hurry();

  return {
    hurry,
    async close() {
      unsubscribe();
      figures.stop();
      // At once, as far as it is known: whoever quits does not wait for the shippers.
      positions.save();
      await shippers.stop();
      positions.save();
    },
  };
}
