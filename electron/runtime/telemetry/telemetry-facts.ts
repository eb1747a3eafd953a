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
  const door = serviceDoor(desired, 'prometheus', prometheusPort, settings.baseDomain);
  // One that does not answer a first question is not asked the others.
  const ask = (path: string): Promise<unknown> => (door === undefined ? nothing : askJson(door, path));
  const [stores, targets] = await Promise.all([retention.stores(), ask(targetsQuery)]);
  const drops =
    targets === undefined
      ? []
      : await Promise.all(
          dropQueries.map(async ({ query }) => sumOf(await ask(`/api/v1/query?query=${encodeURIComponent(query)}`))),
        );
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

const nothing: Promise<undefined> = Promise.resolve(undefined);

async function askJson(door: NonNullable<ReturnType<typeof serviceDoor>>, path: string): Promise<unknown> {
  const { signal } = new AbortController();
  const answer = await askService({ door, path, timeoutMilliseconds: answerMilliseconds, signal });
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
