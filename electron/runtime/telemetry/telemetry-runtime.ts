// What the Telemetry page and its commands ask. Loaded when somebody does.
import { telemetryView } from '../../core/telemetry/derive-view.ts';
import type { FeedState } from '../../core/telemetry/feed-state.ts';
import type { TelemetryRuntime } from '../runtime-api.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
import type { World } from '../world.ts';
import type { RetentionKeeper } from './retention.ts';
import { runSignalCheck, wholeLimits } from './signal.ts';
import { gatherTelemetry } from './telemetry-facts.ts';

export interface TelemetryParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly retention: RetentionKeeper;
  // undefined in a process that does not feed the stack.
  feed(): FeedState | undefined;
}

export function createTelemetryRuntime({ world, parts, retention, feed }: TelemetryParts): TelemetryRuntime {
  return {
    view: async () => telemetryView(await gatherTelemetry(world, parts, retention, feed())),
    signal: (signal = new AbortController().signal) => runSignalCheck(world, parts, wholeLimits, signal),
    stores: () => retention.stores(),
  };
}
