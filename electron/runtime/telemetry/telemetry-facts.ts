// Gathers what the Telemetry page shows.
import { dropQueries, sumOf } from '../../core/telemetry/drops.ts';
import type { TelemetryFacts } from '../../core/telemetry/derive-view.ts';
import { serviceDoor } from '../../core/telemetry/doors.ts';
import { decideShipping, prometheusPort } from '../../core/telemetry/feed-plan.ts';
import type { FeedState } from '../../core/telemetry/feed-state.ts';
import { targetsQuery } from '../../core/telemetry/targets-health.ts';
import { remoteHost } from '../desired-inputs.ts';
import type { RuntimeParts } from '../runtime-api.ts';
import type { World } from '../world.ts';
import type { RetentionKeeper } from './retention.ts';
import { askService } from './signal-request.ts';

const answerMilliseconds = 3000;

export async function gatherTelemetry(
  world: World,
  parts: RuntimeParts,
  retention: RetentionKeeper,
  feed: FeedState | undefined,
): Promise<TelemetryFacts> {
  const settings = parts.settings.get();
  const desired = world.desired();
  const [stores, targets] = await Promise.all([retention.stores(), askPrometheus(world, parts, targetsQuery)]);
  // One that does not answer a first question is not asked the others.
  const drops = targets === undefined ? [] : await gatherDrops(world, parts);
  return {
    settings,
    desired,
    engine: world.engine?.description,
    labelled: world.observed?.labelled ?? [],
    lanAddress: world.network?.address,
    stores,
    targets,
    drops,
    shipping: decideShipping({ settings, desired, observed: world.observed, remoteHost: remoteHost(world) }),
    feed,
    overridesFolder: parts.overrides.folder,
  };
}

// Of each of the dropQueries; undefined where Prometheus does not answer or does not know the metric.
export function gatherDrops(world: World, parts: RuntimeParts): Promise<readonly (number | undefined)[]> {
  return Promise.all(
    dropQueries.map(async ({ query }) =>
      sumOf(await askPrometheus(world, parts, `/api/v1/query?query=${encodeURIComponent(query)}`)),
    ),
  );
}

// The parsed body; undefined where none came.
async function askPrometheus(world: World, parts: RuntimeParts, path: string): Promise<unknown> {
  const door = serviceDoor(world.desired(), 'prometheus', prometheusPort, parts.settings.get().baseDomain);
  if (door === undefined || world.isRemote()) return undefined;
  const { signal } = new AbortController();
  const answer = await askService({ door, path, timeoutMilliseconds: answerMilliseconds, signal });
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
