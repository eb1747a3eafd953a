// What the Telemetry page and its command ask. Loaded when somebody does.
import { FailureError } from '../../core/failure.ts';
import type { Observation } from '../observation.ts';
import type { RuntimeParts, TelemetryRuntime } from '../runtime-api.ts';
import type { World } from '../world.ts';

export interface TelemetryParts {
  readonly world: World;
  readonly parts: RuntimeParts;
  readonly observation: Observation;
}

export function createTelemetryRuntime({ parts }: TelemetryParts): TelemetryRuntime {
  const later = () =>
    Promise.reject(new FailureError({ code: 'telemetry-unavailable', detail: parts.overrides.folder }));
  return { view: later, signal: later };
}
