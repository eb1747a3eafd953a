// Gathers what the Telemetry page shows.
import { dropQueries, sumOf } from '../../core/telemetry/drops.ts';
import type { TelemetryFacts } from '../../core/telemetry/derive-view.ts';
import { decideShipping } from '../../core/telemetry/feed-plan.ts';
import type { FeedState } from '../../core/telemetry/feed-state.ts';
import { prometheusWay, type ReachFacts, sendingProblem, silenceOf } from '../../core/telemetry/reach.ts';
import type { Way } from '../../core/telemetry/signal-places.ts';
import { targetsQuery } from '../../core/telemetry/targets-health.ts';
import { remoteHost } from '../desired-inputs.ts';
import type { RuntimeParts } from '../runtime-parts.ts';
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
  const reach = reachFacts(world, parts);
  const way = prometheusWay(reach);
  const [stores, targets] = await Promise.all([retention.stores(), askPrometheus(way, targetsQuery)]);
  // One that does not answer a first question is not asked the others.
  const drops = targets === undefined ? undefined : await gatherDrops(world, parts);
  return {
    settings,
    desired,
    engine: world.engine?.description,
    labelled: world.observed?.labelled ?? [],
    lanAddress: world.network?.address,
    stores,
    targets,
    drops,
    silence: silenceOf(way, drops !== undefined),
    sendingProblem: sendingProblem(reach),
    shipping: decideShipping({ settings, desired, observed: world.observed, remoteHost: remoteHost(world) }),
    feed,
    overridesFolder: parts.overrides.folder,
  };
}

// Of each of the dropQueries: undefined where Prometheus does not know the metric. undefined as a whole where it does
// not answer: then nothing is known of what was lost.
export async function gatherDrops(
  world: World,
  parts: RuntimeParts,
): Promise<readonly (number | undefined)[] | undefined> {
  const way = prometheusWay(reachFacts(world, parts));
  const answers = await Promise.all(
    dropQueries.map(({ query }) => askPrometheus(way, `/api/v1/query?query=${encodeURIComponent(query)}`)),
  );
  return answers.includes(undefined) ? undefined : answers.map(sumOf);
}

function reachFacts(world: World, { catalog }: RuntimeParts): ReachFacts {
  return { catalog, desired: world.desired(), snapshot: world.store.get(), isRemote: world.isRemote() };
}

// The parsed body; undefined where none came.
async function askPrometheus(way: Way, path: string): Promise<unknown> {
  if (way.kind !== 'open') return undefined;
  const { signal } = new AbortController();
  const answer = await askService({ door: way.door, path, timeoutMilliseconds: answerMilliseconds, signal });
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
