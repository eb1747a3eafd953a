// All that is known of the telemetry at one moment -> what its page shows. Pure.
import type { ServiceDefinition } from '../catalog/service.ts';
import type { DesiredStack } from '../desired.ts';
import { labels, networkName } from '../identity.ts';
import type { EngineDescription, LabelledContainer } from '../observed.ts';
import type { Settings } from '../settings.ts';
import { dropCounts } from './drops.ts';
import { engineMetricsNote, engineMetricsWords } from './engine-metrics.ts';
import type { Shipping } from './feed-plan.ts';
import { type FeedState, feedDrops } from './feed-state.ts';
import { kindWords } from './kind.ts';
import { guides, usualAddresses } from './guides.ts';
import { otlpAddresses, otlpHttpPort } from './otlp-addresses.ts';
import { observeTargets, userTargetNotes } from './targets.ts';
import { targetViews } from './targets-health.ts';
import type { OtlpAddresses, Silence, SignalStore, TelemetryView } from './telemetry-view.ts';

export interface TelemetryFacts {
  readonly settings: Settings;
  readonly desired: DesiredStack;
  readonly engine: EngineDescription | undefined;
  readonly labelled: readonly LabelledContainer[];
  // This machine on its network, where it is on one.
  readonly lanAddress: string | undefined;
  readonly stores: readonly SignalStore[];
  // Prometheus' answer about its targets; undefined while it gives none.
  readonly targets: unknown;
  // Of each of the dropQueries; undefined while Prometheus gives no answer.
  readonly drops: readonly (number | undefined)[] | undefined;
  // Why it gives none.
  readonly silence?: Silence | undefined;
  readonly sendingProblem?: string | undefined;
  readonly shipping: Shipping;
  // undefined where another process feeds the stack, or none.
  readonly feed: FeedState | undefined;
  readonly overridesFolder: string;
}

export function telemetryView(facts: TelemetryFacts): TelemetryView {
  const { settings, desired, labelled, shipping, feed } = facts;
  const otlp = otlpAddresses({ desired, baseDomain: settings.baseDomain, lanAddress: facts.lanAddress });
  const targets = targetViews({ settings, labelled }, facts.targets);
  // It scrapes at least itself: where it tells of no scrape, it has not begun, and has counted nothing.
  const hasBegun = facts.targets === undefined || targets.some(({ health }) => health !== 'unknown');
  const silence = facts.silence ?? (hasBegun ? undefined : notYet);
  const engineNote = engineMetricsNote({ isWanted: settings.engineMetrics, engine: facts.engine, targets });
  // Without an engine nothing can be said of it.
  const problem = facts.engine === undefined ? undefined : (shipping.problem ?? feed?.logs.problem);
  return {
    otlp,
    ...(facts.sendingProblem === undefined ? {} : { sendingProblem: facts.sendingProblem }),
    stores: facts.stores,
    targets,
    ...(silence === undefined ? {} : { silence }),
    logs: {
      by: shipping.by,
      ...(problem === undefined ? {} : { problem }),
      observed: labelled.filter((one) => one.labels[labels.observe] === 'true').map(({ name }) => name),
    },
    dropped: [...dropCounts(facts.drops ?? []), ...(feed === undefined ? [] : feedDrops(feed))],
    overrides: desired.overrides,
    overridesFolder: facts.overridesFolder,
    notes: [
      ...userTargetNotes(settings),
      ...observeTargets(labelled).notes,
      ...(engineNote === undefined ? [] : [engineNote]),
      ...(feed?.figures.problem === undefined ? [] : [`Figures of containers: ${feed.figures.problem}`]),
    ],
    options: { engineMetrics: engineMetricsWords, kindClusters: kindWords },
    guides: guides(guideAddresses(desired, otlp, facts.lanAddress)),
  };
}

const notYet: Silence = {
  reason: 'Prometheus has scraped nothing yet.',
  nextStep: 'Look again in half a minute: it has just started.',
};

function guideAddresses(desired: DesiredStack, otlp: OtlpAddresses, lanAddress: string | undefined) {
  const service = desired.services.find(({ container }) => otlp.network.includes(`//${container.service}:`));
  return {
    otlp: otlp.http ?? usualAddresses.otlp,
    otlpOnNetwork: otlp.network,
    otlpByAddress:
      service === undefined ? usualAddresses.otlpByAddress : `http://${service.container.address}:${otlpHttpPort}`,
    networkName,
    lanAddress: lanAddress ?? usualAddresses.lanAddress,
    otlpPortOnLan: lanPortOf(service?.definition) ?? otlpHttpPort,
  };
}

function lanPortOf(definition: ServiceDefinition | undefined): number | undefined {
  return definition?.lan?.ports.find(({ containerPort }) => containerPort === otlpHttpPort)?.port;
}
