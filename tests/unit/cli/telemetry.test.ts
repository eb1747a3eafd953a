import { expect, test } from 'vitest';
import { plain } from '../../../electron/cli/paint.ts';
import { telemetryText } from '../../../electron/cli/telemetry-text.ts';
import type { TelemetryView } from '../../../electron/core/telemetry/telemetry-view.ts';

const retention = { days: 7, gigabytes: 4 };

const view: TelemetryView = {
  otlp: {
    http: 'http://127.0.0.6:4318',
    grpc: 'http://127.0.0.6:4317',
    network: 'http://alloy:4318',
    lan: 'http://192.168.1.17:4318',
    takes: ['metrics', 'logs', 'traces'],
  },
  stores: [{ signal: 'logs', service: 'loki', retention, usedBytes: 1_250_000_000, isOverCap: false }],
  targets: [
    { name: 'loki', url: 'http://loki:3100/metrics', origin: 'stack', health: 'up' },
    { name: 'shop', url: 'http://172.19.0.3:8000/metrics', origin: 'label', health: 'down', problem: 'refused' },
  ],
  logs: { by: 'app', problem: 'Alloy is switched off.', observed: ['shop-web-1'] },
  dropped: [{ what: 'spans refused by Tempo', count: 3 }],
  overrides: [{ template: 'loki/loki.yml', service: 'loki', problem: 'field x not found' }],
  overridesFolder: '/home/user/templates',
  notes: ['Something worth knowing.'],
  options: { engineMetrics: '', kindClusters: '' },
  guides: [],
};

test('the telemetry reads at a glance', () => {
  expect(telemetryText(view, plain)).toBe(`Send here
  http://127.0.0.6:4318  OTLP over HTTP: metrics, logs, traces
  http://127.0.0.6:4317  OTLP over gRPC
  http://alloy:4318  from containers on the network of the stack
  http://192.168.1.17:4318  from the local network

Logs of containers
  the app reads them, while it runs
  Alloy is switched off.
  also of: shop-web-1

Scraped
  up       loki          http://loki:3100/metrics
  down     shop          http://172.19.0.3:8000/metrics  refused

Kept
  logs     1.25 GB of 4 GB, 7 days

Lost on the way
  3 spans refused by Tempo

loki/loki.yml: yours is ignored: field x not found

Something worth knowing.
`);
});

test('nobody is sent where nobody takes anything', () => {
  const off = telemetryText(
    { ...view, otlp: { network: 'http://tempo:4318', takes: [] }, targets: [], dropped: [] },
    plain,
  );
  expect(off).toContain('nothing takes signals');
  expect(off).not.toContain('4318');
  expect(off).toContain('Lost on the way\n  nothing\n');
});
