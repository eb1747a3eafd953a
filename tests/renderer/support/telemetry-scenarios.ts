// The Telemetry page in every state that it tells apart.
import { defaultSettings } from '../../../electron/core/settings.ts';
import { emptyFeed } from '../../../electron/core/telemetry/feed-state.ts';
import type { Scenario } from '../mock-bridge.ts';
import { desired, desiredWith, settingsView } from './fixtures.ts';
import { hostileTexts } from './log-lines.ts';
import { scenarios } from './scenarios.ts';
import { brokenReport, stores, targetSettings, telemetryScenario, viewOf } from './telemetry-fixtures.ts';

function telemetryPage(base: Scenario, telemetry: Scenario['telemetry'], settings = targetSettings): Scenario {
  return { ...base, settings: { ...settingsView, settings }, telemetry };
}

const long = 'a-name-without-any-place-to-break-it-'.repeat(4);
const withoutAlloy = { ...defaultSettings, disabledServices: ['alloy'] };
const nothing = { ...defaultSettings, disabledServices: ['alloy', 'tempo'] };

export const telemetryScenarios = {
  ready: telemetryPage(scenarios.ready, telemetryScenario()),
  broken: telemetryPage(
    scenarios.degraded,
    telemetryScenario({
      report: brokenReport,
      view: viewOf({
        settings: { ...targetSettings, engineMetrics: true, containerLogs: 'collector' },
        desired: {
          ...desired,
          overrides: [
            { template: 'loki/loki.yml', service: 'loki' },
            {
              template: 'prometheus/prometheus.yml',
              service: 'prometheus',
              problem: 'Prometheus refuses it: parsing YAML file: yaml: line 14: did not find expected key',
            },
          ],
        },
        targets: {
          data: {
            activeTargets: [
              {
                scrapePool: 'engine',
                labels: { job: 'engine' },
                scrapeUrl: 'http://host.docker.internal:9323/metrics',
                health: 'down',
                lastError: 'connect: connection refused',
              },
            ],
          },
        },
        stores: stores.map((store) => ({
          ...store,
          isOverCap: store.signal !== 'logs',
          usedBytes: store.signal === 'metrics' ? 4_710_000_000 : 4_020_000_000,
          ...(store.signal === 'traces' ? { shortenedToHours: 1 } : {}),
        })),
        drops: [1204, undefined, 3],
        shipping: {
          by: 'app',
          problem: 'Alloy is switched off. The app sends the logs in its place, as long as it runs.',
        },
        feed: { ...emptyFeed(), figures: { lostRounds: 2, problem: 'Prometheus does not answer.' } },
      }),
    }),
    { ...targetSettings, engineMetrics: true },
  ),
  off: telemetryPage(
    scenarios.off,
    telemetryScenario({
      view: viewOf({
        settings: defaultSettings,
        labelled: [],
        targets: undefined,
        stores: stores.map(({ signal, service, retention }) => ({ signal, service, retention, isOverCap: false })),
      }),
    }),
    defaultSettings,
  ),
  withoutAlloy: telemetryPage(
    scenarios.ready,
    telemetryScenario({
      view: viewOf({ settings: withoutAlloy, desired: desiredWith(withoutAlloy), shipping: { by: 'app' } }),
    }),
    withoutAlloy,
  ),
  nothing: telemetryPage(
    scenarios.ready,
    telemetryScenario({
      view: viewOf({ settings: nothing, desired: desiredWith(nothing), shipping: { by: 'nobody' }, labelled: [] }),
    }),
    nothing,
  ),
  engineUnavailable: telemetryPage(
    scenarios.engineUnavailable,
    telemetryScenario({ view: viewOf({ engine: undefined, labelled: [], targets: undefined }) }),
  ),
  hostile: telemetryPage(
    scenarios.hostile,
    telemetryScenario({
      view: {
        ...viewOf(),
        otlp: { ...viewOf().otlp, http: `http://${long}.example:4318`, lan: `http://${long}.example:4318` },
        targets: hostileTexts.map((text, index) => ({
          name: index === 0 ? long : text.slice(0, 3000),
          url: `http://${long}/${text.slice(0, 300)}`,
          origin: 'label',
          health: 'down',
          problem: text.slice(0, 3000),
        })),
        logs: { by: 'app', problem: hostileTexts[0] ?? '', observed: [long, ...hostileTexts.slice(0, 3)] },
        dropped: [{ what: hostileTexts[1] ?? '', count: 12_345_678_901 }],
        overrides: [{ template: `${long}/${hostileTexts[0]}`, service: 'loki', problem: hostileTexts[3] ?? '' }],
        overridesFolder: `/home/${long}/${long}`,
        notes: hostileTexts.slice(0, 4),
      },
    }),
  ),
} as const satisfies Record<string, Scenario>;

export type TelemetryScenarioName = keyof typeof telemetryScenarios;
