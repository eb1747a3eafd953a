// The feed on the fake engine, with a clock that a test moves and services that are functions.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { containerLabels } from '../../../electron/core/identity.ts';
import { defaultSettings, type Settings } from '../../../electron/core/settings.ts';
import type { FeedState } from '../../../electron/core/telemetry/feed-state.ts';
import type { PushAnswer } from '../../../electron/core/telemetry/log-push.ts';
import type { Clock, RuntimeParts } from '../../../electron/runtime/runtime-parts.ts';
import { systemParts } from '../../../electron/runtime/system-parts.ts';
import { createFeed, type Feed } from '../../../electron/runtime/telemetry/feed.ts';
import { createVolumeSizes } from '../../../electron/runtime/telemetry/volume-sizes.ts';
import { acceptObservation, createWorld, observeQuery, type World } from '../../../electron/runtime/world.ts';
import { FakeEngine } from '../../engine/fake-engine.ts';
import { pinnedImage } from '../../engine/fake-world.ts';
import { createFakeHost } from './fake-host.ts';
import { memorySecrets } from './harness.ts';

export interface ManualClock extends Clock {
  // Calls what is due, in order.
  advance(milliseconds: number): void;
  // How many timers are set.
  waiting(): number;
}

export function manualClock(): ManualClock {
  let now = Date.parse('2026-11-24T12:00:00Z');
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(milliseconds) {
      now += milliseconds;
      for (const timer of [...timers].filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)) {
        timers.delete(timer);
        timer.callback();
      }
    },
    waiting: () => timers.size,
  };
}

export interface Sent {
  readonly origin: string;
  readonly path: string;
  readonly body: string;
  readonly isPatient: boolean;
}

export interface FeedWorld {
  readonly engine: FakeEngine;
  readonly world: World;
  readonly clock: ManualClock;
  readonly feed: Feed;
  readonly sent: Sent[];
  readonly log: string[];
  settings: Settings;
  // What the services answer.
  answer: PushAnswer;
  state(): FeedState;
  // Looks, and takes these services for ready.
  see(...ready: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

// Prometheus, Loki and Tempo run, and nothing else.
export async function feedWorld(
  given: { readonly settings?: Partial<Settings>; readonly endpoint?: string } = {},
): Promise<FeedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'macula-feed-'));
  const clock = manualClock();
  const engine = new FakeEngine({
    images: catalog.map(({ image }) => pinnedImage(image)),
    now: () => clock.now(),
    description: { endpoint: given.endpoint ?? 'unix:///run/docker.sock' },
  });
  const log: string[] = [];
  const parts: RuntimeParts = {
    ...systemParts('linux', folder),
    clock,
    host: createFakeHost(),
    settings: {
      ...{ path: join(folder, 'settings.json'), failures: [] },
      get: () => found.settings,
      isFirstUse: () => false,
      change: () => found.settings,
    },
    connectEngine: () => Promise.reject(new Error('Not asked')),
    secrets: memorySecrets(),
    listEngines: async () => [],
    observeHost: () => Promise.reject(new Error('Not asked')),
    log: (line) => log.push(line),
  };
  const sent: Sent[] = [];
  let state: FeedState | undefined;
  const found = {
    ...{ engine, clock, sent, log },
    settings: { ...defaultSettings, ...given.settings },
    answer: { status: 204, text: '' },
  };
  const world = createWorld(parts);
  world.engine = engine;
  await startAll(engine, world);
  const feed = createFeed({
    ...{ world, parts, sizes: createVolumeSizes(world, parts), stateFolder: join(folder, 'state') },
    async post(door, path, body, _signal, isPatient = false) {
      sent.push({ origin: door.origin, path, body, isPatient });
      return found.answer;
    },
    show: (next) => (state = next),
  });
  return Object.assign(found, {
    ...{ world, feed },
    state() {
      if (state === undefined) throw new Error('Nothing was shown');
      return state;
    },
    async see(...ready: readonly string[]) {
      const seen = await engine.observe(observeQuery(world, parts));
      acceptObservation(world, { ...seen, hostSubnets: [] });
      world.probes = Object.fromEntries(ready.map((service) => [service, { kind: 'ready' as const }]));
      world.publish();
      feed.hurry();
    },
    async close() {
      await feed.close();
      rmSync(folder, { recursive: true });
    },
  });
}

async function startAll(engine: FakeEngine, world: World): Promise<void> {
  const { network, services } = world.desired();
  await engine.createNetwork(network, {});
  for (const { definition, container } of services) {
    if (!['prometheus', 'loki', 'tempo'].includes(definition.id)) continue;
    for (const { name } of container.volumes) await engine.createVolume(name, {});
    const { id: image } = pinnedImage(container.image);
    await engine.startContainer(
      await engine.createContainer(container, image, network.name, containerLabels(container)),
    );
  }
}
