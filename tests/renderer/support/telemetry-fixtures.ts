// The telemetry as values: what the app would answer on the Telemetry page, made by its own function.
import { labels } from '../../../electron/core/identity.ts';
import type { LabelledContainer } from '../../../electron/core/observed.ts';
import { defaultSettings, type Settings } from '../../../electron/core/settings.ts';
import { type TelemetryFacts, telemetryView } from '../../../electron/core/telemetry/derive-view.ts';
import { emptyFeed } from '../../../electron/core/telemetry/feed-state.ts';
import { linkNames, type SignalReport } from '../../../electron/core/telemetry/signal-report.ts';
import type { SignalStore, TelemetryView } from '../../../electron/core/telemetry/telemetry-view.ts';
import type { TelemetryScenario } from '../mock-bridge.ts';
import { desired } from './fixtures.ts';

const { retention } = defaultSettings;

export const targetSettings: Settings = {
  ...defaultSettings,
  targets: [
    { name: 'shop', address: 'host.docker.internal:8000', path: '/metrics', scheme: 'http' },
    { name: 'nas', address: '192.168.1.5:9100', path: '/metrics', scheme: 'https' },
  ],
};

const observed: LabelledContainer = {
  id: 'container-of-cart',
  name: 'shop-cart-1',
  labels: { [labels.observe]: 'true', [labels.metricsPort]: '8000', [labels.composeService]: 'cart' },
  networks: { shop_default: '172.20.0.4' },
};

export const stores: readonly SignalStore[] = [
  {
    signal: 'metrics',
    service: 'prometheus',
    retention: retention.metrics,
    usedBytes: 143_000_000,
    isOverCap: false,
  },
  {
    signal: 'logs',
    service: 'loki',
    retention: retention.logs,
    usedBytes: 3_620_000_000,
    shortenedToHours: 61,
    isOverCap: false,
  },
  { signal: 'traces', service: 'tempo', retention: retention.traces, usedBytes: 8_100_000, isOverCap: false },
];

// As Prometheus answers.
function scraped(service: string, port: number, more: Readonly<Record<string, unknown>> = {}) {
  const job = service === 'prometheus' ? 'prometheus' : 'stack';
  return {
    labels: { job, service },
    scrapePool: job,
    scrapeUrl: `http://${service}:${port}/metrics`,
    health: 'up',
    lastError: '',
    ...more,
  };
}

const stackTargets = [
  scraped('prometheus', 9090),
  scraped('grafana', 3000),
  scraped('loki', 3100),
  scraped('tempo', 3200),
  scraped('alloy', 12345),
];
const ownTargets = [
  scraped('shop', 8000, {
    labels: { job: 'own', service: 'shop' },
    scrapePool: 'own',
    scrapeUrl: 'http://host.docker.internal:8000/metrics',
  }),
  scraped('nas', 9100, {
    labels: { job: 'own', service: 'nas' },
    scrapePool: 'own',
    scrapeUrl: 'https://192.168.1.5:9100/metrics',
    health: 'down',
    lastError: 'Get "https://192.168.1.5:9100/metrics": dial tcp 192.168.1.5:9100: connect: connection refused',
  }),
];

export function answerOf(targets: readonly unknown[]): unknown {
  return { status: 'success', data: { activeTargets: targets } };
}

const usualFacts: TelemetryFacts = {
  settings: targetSettings,
  desired,
  engine: {
    ...{ product: 'Docker Engine', version: '28.5.1', apiVersion: '1.51', operatingSystem: 'Debian GNU/Linux 13' },
    ...{ rootless: false, endpoint: 'unix:///var/run/docker.sock', foundBy: 'the usual place' },
  },
  labelled: [observed],
  lanAddress: '192.168.77.5',
  stores,
  targets: answerOf([...stackTargets, ...ownTargets]),
  drops: [],
  shipping: { by: 'collector' },
  feed: emptyFeed(),
  overridesFolder: '/home/user/.config/macula-desktop/templates',
};

export function viewOf(change: Partial<TelemetryFacts> = {}): TelemetryView {
  return telemetryView({ ...usualFacts, ...change });
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const sent = { name: 'sent to http://127.0.0.6:4318', service: 'alloy', result: 'ok' } as const;
const grafanaReason = 'Grafana does not take the password that it comes with: it was changed.';

export const wholeReport: SignalReport = {
  traceId,
  paths: [
    {
      signal: 'metrics',
      hops: [
        { ...sent, milliseconds: 12 },
        { name: 'found in Prometheus', service: 'prometheus', result: 'ok', milliseconds: 340 },
        { name: 'found through Grafana', service: 'grafana', result: 'ok', milliseconds: 371 },
      ],
    },
    {
      signal: 'logs',
      hops: [
        { ...sent, milliseconds: 9 },
        { name: 'found in Loki by its trace id', service: 'loki', result: 'ok', milliseconds: 1204 },
        { name: 'found through Grafana', service: 'grafana', result: 'ok', milliseconds: 1262 },
      ],
    },
    {
      signal: 'traces',
      hops: [
        { ...sent, milliseconds: 11 },
        { name: 'found in Tempo by its id', service: 'tempo', result: 'ok', milliseconds: 85 },
        { name: 'found in Tempo by TraceQL', service: 'tempo', result: 'ok', milliseconds: 6213 },
        { name: 'its span metric found in Prometheus', service: 'prometheus', result: 'ok', milliseconds: 9804 },
      ],
    },
  ],
  links: Object.values(linkNames).map((name, index) => ({ name, result: 'ok', milliseconds: 9900 + index * 20 })),
};

export const brokenReport: SignalReport = {
  traceId,
  paths: [
    {
      signal: 'metrics',
      hops: [
        { ...sent, milliseconds: 12 },
        { name: 'found in Prometheus', service: 'prometheus', result: 'ok', milliseconds: 340 },
        { name: 'found through Grafana', service: 'grafana', result: 'not-run', reason: grafanaReason },
        { name: 'shown in Grafana', service: 'grafana', result: 'not-run', reason: grafanaReason },
      ],
    },
    {
      signal: 'logs',
      hops: [
        { ...sent, milliseconds: 9 },
        {
          name: 'found in Loki by its trace id',
          service: 'loki',
          result: 'failed',
          reason: 'Loki answers, but within 20 s it did not have the log line.',
          nextStep: 'macula logs alloy --tail 50 tells whether it could take it and pass it on.',
        },
      ],
    },
  ],
  links: [
    {
      name: linkNames.logToTrace,
      result: 'not-run',
      reason: 'Not tried, since this did not succeed: found in Loki by its trace id.',
    },
  ],
};

export function telemetryScenario(change: Partial<TelemetryScenario> = {}): TelemetryScenario {
  return { view: viewOf(), report: wholeReport, ...change };
}
