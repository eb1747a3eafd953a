// Keeps logs and traces below their cap on the disk while the app runs: measures, and shortens the time that is kept
// where need be. Nothing of it is written down. After a start the whole time of the settings is in force again and all
// is measured anew; that deletes nothing, and a store that is still too large is shortened again within the hour.
import type { ServiceDefinition } from '../../core/catalog/service.ts';
import { findContainer } from '../../core/conflicts.ts';
import {
  type CappedSignal,
  cappedSignals,
  hasHadTime,
  type HoursInForce,
  type KeeperRun,
  keeperRun,
  nextHours,
  shortenedHours,
} from '../../core/telemetry/retention.ts';
import { signalServices } from '../../core/telemetry/signal-services.ts';
import { signalStores } from '../../core/telemetry/signal-stores.ts';
import type { SignalStore } from '../../core/telemetry/telemetry-view.ts';
import type { Command } from '../runtime-api.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
import type { World } from '../world.ts';
import type { VolumeSizes } from './volume-sizes.ts';

const intervalMilliseconds = 10 * 60_000;

export interface RetentionKeeper {
  // From now on every ten minutes.
  start(): void;
  stop(): void;
  // Measured some minutes ago at most.
  stores(): Promise<readonly SignalStore[]>;
  // A command has ended: what it deleted is not counted any more.
  ended(command: Command): void;
}

export interface RetentionParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly sizes: VolumeSizes;
  // The hours in force are others now: what runs is to be told.
  changed(): void;
}

export function createRetention({ world, parts, sizes, changed }: RetentionParts): RetentionKeeper {
  const inForce = new Map<CappedSignal, HoursInForce>();
  const runs = new Map<CappedSignal, KeeperRun>();
  let cancel: (() => void) | undefined;

  async function look(): Promise<void> {
    const counting = lookAtRuns();
    // Measured only where it counts: the engine walks through all its volumes for it.
    const used = counting.length === 0 ? {} : await usedBytes();
    const now = parts.clock.now();
    const hours: Partial<Record<CappedSignal, number>> = {};
    for (const signal of cappedSignals) {
      const policy = parts.settings.get().retention[signal];
      const bytes = counting.includes(signal) ? used[signalServices[signal]] : undefined;
      const next = nextHours(signal, policy, bytes, inForce.get(signal), now);
      inForce.set(signal, next);
      const shortened = shortenedHours(next);
      if (shortened !== undefined) hours[signal] = shortened;
    }
    if (JSON.stringify(hours) === JSON.stringify(world.retentionHours)) return putAgain(hours);
    world.retentionHours = hours;
    parts.log(`Kept for so many hours: ${JSON.stringify(hours)}`);
    world.publish();
    changed();
  }

  // Those whose containers have run for long enough to delete what is too old. While one is stopped, what it keeps cannot
  // become less: that says nothing of the time that is kept.
  function lookAtRuns(): readonly CappedSignal[] {
    const now = parts.clock.now();
    return cappedSignals.filter((signal) => {
      const { observed } = world;
      const container = observed === undefined ? undefined : findContainer(observed, signalServices[signal]);
      const run = keeperRun(container, runs.get(signal), now);
      runs.set(signal, run);
      return hasHadTime(run, now);
    });
  }

  // A command in a terminal knows nothing of what was measured here, and may have put the whole time in.
  async function putAgain(hours: Partial<Record<CappedSignal, number>>): Promise<void> {
    const { engine, observed } = world;
    for (const signal of cappedSignals) {
      if (hours[signal] === undefined || engine === undefined || observed === undefined) continue;
      const id = signalServices[signal];
      const container = findContainer(observed, id);
      const service = world.desired().services.find(({ definition }) => definition.id === id);
      if (container?.phase !== 'running' || service === undefined) continue;
      await engine.uploadFiles(container.id, service.container.liveFiles);
    }
  }

  // It is not called hopelessly full before its container had the time to delete something.
  function sinceItRuns(signal: CappedSignal, hours: HoursInForce): HoursInForce {
    return { ...hours, changedAt: Math.max(hours.changedAt, runs.get(signal)?.since ?? -Infinity) };
  }

  // Service id -> bytes.
  async function usedBytes(): Promise<Readonly<Record<string, number>>> {
    const measured = await sizes.measure();
    const keepers = parts.catalog.filter(({ id }) => Object.values(signalServices).includes(id));
    return Object.fromEntries(keepers.flatMap((keeper) => sizeOf(keeper, measured)));
  }

  function sizeOf({ id, volumes }: ServiceDefinition, measured: Readonly<Record<string, number>>) {
    const known = volumes.flatMap(({ name }) => measured[name] ?? []);
    return known.length === 0 ? [] : [[id, known.reduce((sum, bytes) => sum + bytes, 0)] as const];
  }

  function arm(milliseconds: number): void {
    cancel = parts.clock.after(milliseconds, () => {
      look()
        .catch((error: unknown) => parts.log(`The look at what is kept failed: ${String(error)}`))
        .finally(() => {
          if (cancel !== undefined) arm(intervalMilliseconds);
        });
    });
  }

  return {
    start() {
      // Not in the way of what is started.
      if (cancel === undefined) arm(intervalMilliseconds / 10);
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
    async stores() {
      const { retention } = parts.settings.get();
      const used = await usedBytes();
      return signalStores({
        retention,
        usedBytes: used,
        inForce: Object.fromEntries([...inForce].map(([signal, hours]) => [signal, sinceItRuns(signal, hours)])),
        now: parts.clock.now(),
      });
    },
    ended(command) {
      if (command.kind !== 'wipe' && command.kind !== 'down') return;
      sizes.forget();
      for (const signal of cappedSignals) {
        const isGone = command.kind === 'down' ? command.removeVolumes : command.signal === signal;
        if (!isGone) continue;
        inForce.delete(signal);
        const { [signal]: _gone, ...others } = world.retentionHours;
        world.retentionHours = others;
      }
      world.publish();
      changed();
    },
  };
}
