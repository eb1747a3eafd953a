// What the Telemetry page and its commands ask. Loaded when somebody does.
import { FailureError } from '../../core/failure.ts';
import type { Observation } from '../observation.ts';
import type { RuntimeParts, TelemetryRuntime } from '../runtime-api.ts';
import type { World } from '../world.ts';
import type { RetentionKeeper } from './retention.ts';
import { runSignalCheck, wholeLimits } from './signal.ts';

export interface TelemetryParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly observation: Observation;
  readonly retention: RetentionKeeper;
}

export function createTelemetryRuntime({ world, parts, retention }: TelemetryParts): TelemetryRuntime {
  return {
    view: () => Promise.reject(new FailureError({ code: 'telemetry-unavailable', detail: parts.overrides.folder })),
    signal: (signal = new AbortController().signal) => runSignalCheck(world, parts, wholeLimits, signal),
    stores: () => retention.stores(),
  };
}
