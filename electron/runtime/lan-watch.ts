// While LAN mode is on: is the guard still there, is the time over, is this still the same network? What can be closed
// without root is closed at once; that the guard is gone is shown, and told by whoever shows the snapshot.
import { hasLeft } from '../core/host/lan.ts';
import { followLan, type HostParts } from './lan.ts';
import { lookAtRecord } from './observation.ts';

const minuteMilliseconds = 60_000;

export interface LanWatch {
  start(): void;
  stop(): void;
}

export function createLanWatch(host: HostParts): LanWatch {
  const { world, parts } = host;
  let cancel: (() => void) | undefined;
  // A network that is away for a moment, as after a suspend, is not left yet.
  let timesAway = 0;

  function isOver(): boolean {
    const { lan } = parts.settings.get();
    if (lan === null) return false;
    if (lan.until !== undefined && lan.until <= parts.clock.now()) return true;
    const left = lan.limit === 'network' ? hasLeft(lan, world.network) : 'no';
    timesAway = left === 'no' ? 0 : timesAway + 1;
    return left === 'lookalike' || timesAway >= 2;
  }

  async function look(): Promise<void> {
    if (parts.settings.get().lan === null) return;
    await lookAtRecord(world, parts);
    world.publish();
    if (!isOver() || world.engine === undefined || world.progress !== undefined) return;
    timesAway = 0;
    parts.log('LAN mode is over: closing what it opened');
    await followLan(null, host);
    world.publish();
  }

  function arm(): void {
    cancel = parts.clock.after(minuteMilliseconds, () => {
      void look()
        .catch((error: unknown) => parts.log(`The look at LAN mode failed: ${String(error)}`))
        .finally(() => {
          if (cancel !== undefined) arm();
        });
    });
  }

  return {
    start() {
      if (cancel === undefined) arm();
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
  };
}
