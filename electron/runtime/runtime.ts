// Puts the parts of the runtime together. No Electron, no dockerode: both come from outside.
import { withLanPorts } from '../core/lan-ports.ts';
import type { Settings } from '../core/settings.ts';
import { createCommands } from './commands.ts';
import { createConnection } from './connection.ts';
import { serviceLogs } from './log-lines.ts';
import { createLanWatch } from './lan-watch.ts';
import { createObservation, lookAtRecord } from './observation.ts';
import { createPasswordWatch } from './password-watch.ts';
import { createProbing } from './probing.ts';
import { lazyFeed } from './telemetry/feed-lazy.ts';
import type { FiguresRuntime, HostRuntime, ImagesRuntime, Runtime, TelemetryRuntime } from './runtime-api.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { changesPorts, checkTogether } from './settings-together.ts';
import { createRetention } from './telemetry/retention.ts';
import { createTimeline } from './timeline.ts';
import { createVolumeSizes } from './telemetry/volume-sizes.ts';
import { createUpkeep } from './telemetry/upkeep.ts';
import { createWorld } from './world.ts';

export function createRuntime(given: RuntimeParts): Runtime {
  const parts = withChosenPorts(given);
  const world = createWorld(parts);
  const upkeep = createUpkeep(world, parts);
  const observation = createObservation(world, parts, () => upkeep.changed());
  const sizes = createVolumeSizes(world, parts);
  const retention = createRetention({ world, parts, sizes, changed: () => upkeep.changed() });
  const probing = createProbing(world, parts);
  const timeline = createTimeline(world, parts);
  const passwords = createPasswordWatch(world, parts);
  const feed = lazyFeed(world, parts, sizes);
  const connection = createConnection(world, parts, observation, {
    ...probing,
    hurry() {
      probing.hurry();
      feed.hurry();
    },
  });
  const commands = createCommands(world, parts, observation, timeline.recorder);
  const lanWatch = createLanWatch({ world, parts, commands, observation });
  let isWatching = false;
  // Loaded when somebody asks for this machine: most commands do not.
  let host: Promise<HostRuntime> | undefined;
  const loadHost = (): Promise<HostRuntime> =>
    (host ??= import('./host-runtime.ts').then(({ createHostRuntime }) =>
      createHostRuntime({ world, parts, commands, observation }),
    ));
  let figures: Promise<FiguresRuntime> | undefined;
  let images: Promise<ImagesRuntime> | undefined;
  const loadTelemetry = async (): Promise<TelemetryRuntime> =>
    (await import('./telemetry/telemetry-runtime.ts')).createTelemetryRuntime({
      world,
      parts,
      retention,
      feed: () => feed.state(),
    });
  return {
    host: {
      view: async () => (await loadHost()).view(),
      preview: async (change) => (await loadHost()).preview(change),
      apply: async (hash) => (await loadHost()).apply(hash),
      portHolders: async (port, asRoot) => (await loadHost()).portHolders(port, asRoot),
    },
    telemetry: {
      view: async () => (await loadTelemetry()).view(),
      signal: async (signal) => (await loadTelemetry()).signal(signal),
      stores: () => retention.stores(),
    },
    figures: () => (figures ??= import('./figures.ts').then((part) => part.createFiguresRuntime(world, parts))),
    // One for all: it knows of the transfer under way.
    images: () =>
      (images ??= import('./images.ts').then((one) => one.createImagesRuntime({ world, parts, observation }))),
    settingsChange: async () => (await import('./settings-change.ts')).createSettingsRuntime(world, parts),
    passwords: async () => (await import('./grafana-password.ts')).createPasswordRuntime(world, parts),
    timeline: () => timeline.view(),
    configuration: async () => (await import('./configuration.ts')).createConfigurationRuntime(world, parts),
    imports: async () => (await import('./import.ts')).createImportRuntime({ world, parts, commands, observation }),
    doctor: async () => (await import('./doctor.ts')).examine(world, parts, retention),
    snapshot: () => world.store.get(),
    subscribe: (listener) => world.store.subscribe(listener),
    async connect(options) {
      isWatching = options.watch;
      if (isWatching) {
        timeline.follow();
        lanWatch.start();
        upkeep.start();
        passwords.start();
      }
      await connection.connect(options);
      if (options.feed !== true) return;
      retention.start();
      await feed.start();
    },
    reconnect: () => connection.reconnect(),
    async run(command) {
      timeline.follow();
      const outcome = await commands.run(command);
      retention.ended(command);
      if (!isWatching && command.kind === 'up' && outcome.kind === 'done') {
        await Promise.all([upkeep.once(), passwords.once()]);
      }
      return outcome;
    },
    cancel: () => commands.cancel(),
    plan: (command) => commands.plan(command),
    async refresh() {
      await observation.look();
      await probing.probeAll();
    },
    desired: () => world.desired(),
    observed: () => world.observed,
    logs: (query) => serviceLogs(world, query),
    settings: () => parts.settings.get(),
    async changeSettings(patch) {
      const before = parts.settings.get();
      if (changesPorts(patch)) checkTogether({ ...before, ...patch }, parts);
      const after = parts.settings.change(patch);
      // Whether the guard holds the ports of now.
      if (after.lanPorts !== before.lanPorts && world.record !== undefined) await lookAtRecord(world, parts);
      if (after.engineEndpoint !== before.engineEndpoint) await connection.reconnect();
      world.publish();
      feed.hurry();
      if (isWatching) upkeep.changed();
      else await upkeep.once();
      return after;
    },
    rejectedEngines: () => world.rejected,
    setSeen(isSeen) {
      if (world.isSeen === isSeen) return;
      world.isSeen = isSeen;
      if (!isSeen) return;
      probing.seen();
      feed.hurry();
    },
    setTrayVisible(visible) {
      world.trayVisible = visible;
      world.publish();
    },
    close() {
      commands.cancel();
      timeline.stop();
      lanWatch.stop();
      upkeep.stop();
      passwords.stop();
      retention.stop();
      feed.close();
      probing.stop();
      connection.close();
    },
  };
}

// Whoever asks for the catalog finds the ports that the settings of now choose for the LAN.
function withChosenPorts(parts: RuntimeParts): RuntimeParts {
  let last: (Pick<RuntimeParts, 'catalog'> & { readonly lanPorts: Settings['lanPorts'] }) | undefined;
  return {
    ...parts,
    get catalog() {
      const { lanPorts } = parts.settings.get();
      if (last?.lanPorts !== lanPorts) last = { lanPorts, catalog: withLanPorts(parts.catalog, lanPorts) };
      return last.catalog;
    },
  };
}
