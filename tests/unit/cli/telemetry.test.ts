import { describe, expect, test } from 'vitest';
import { plain } from '../../../electron/cli/paint.ts';
import { setText } from '../../../electron/cli/telemetry-set-text.ts';
import { targetsText } from '../../../electron/cli/targets-text.ts';
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
    others: [],
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
  logs     1.3 GB of 4 GB, 7 days

Lost on the way
  3 spans refused by Tempo

loki/loki.yml: yours is ignored: field x not found

Something worth knowing.
`);
});

test('nobody is sent where nobody takes anything', () => {
  const off = telemetryText(
    { ...view, otlp: { network: 'http://tempo:4318', takes: [], others: [] }, targets: [], dropped: [] },
    plain,
  );
  expect(off).toContain('nothing takes signals');
  expect(off).not.toContain('4318');
  expect(off).toContain('Lost on the way\n  nothing\n');
});

describe('while Prometheus tells nothing', () => {
  const silence = { reason: 'Prometheus does not run.', nextStep: 'macula up prometheus starts it.' };
  const unknown = { ...view, targets: [], dropped: [], notes: [], silence };

  test('nothing is said to be lost or scraped', () => {
    const text = telemetryText(unknown, plain);
    expect(text).toContain('Lost on the way\n  not known: Prometheus does not run.\n');
    expect(text).toContain('Scraped\n  not known: Prometheus does not run.\n  Next: macula up prometheus starts it.\n');
    expect(text).not.toContain('nothing');
  });

  test('what the app itself counted is told all the same', () => {
    const text = telemetryText({ ...unknown, dropped: [{ what: 'rounds of figures', count: 2 }] }, plain);
    expect(text).toContain('Lost on the way\n  2 rounds of figures\n  not known: Prometheus does not run.\n');
  });

  test('the targets are not known either, and those of the user are listed', () => {
    expect(targetsText(unknown, plain)).toBe(
      'What is scraped is not known: Prometheus does not run.\n  Next: macula up prometheus starts it.\n',
    );
    const shop = { name: 'shop', url: 'http://shop:1/metrics', origin: 'settings', health: 'unknown' } as const;
    expect(targetsText({ ...unknown, targets: [shop] }, plain)).toBe(
      `shop  unknown  settings  http://shop:1/metrics
How they fare, and what else is scraped, is not known: Prometheus does not run.
  Next: macula up prometheus starts it.
`,
    );
  });
});

test('an address at which nothing gets through is told with that', () => {
  const text = telemetryText(
    { ...view, sendingProblem: 'Nothing listens there now: macula up alloy starts it.' },
    plain,
  );
  expect(text).toContain('from the local network\n  Nothing listens there now: macula up alloy starts it.\n');
});

test('without Alloy the other signals have addresses of their own', () => {
  const others = [{ signal: 'metrics', http: 'http://127.0.0.3:9090/api/v1/otlp' }] as const;
  const line = '  http://127.0.0.3:9090/api/v1/otlp  OTLP over HTTP: metrics\n';
  const traces = { http: 'http://127.0.0.6:4318', network: 'http://tempo:4318', takes: ['traces'], others } as const;
  expect(telemetryText({ ...view, otlp: traces }, plain)).toContain(line);
  const text = telemetryText({ ...view, otlp: { network: 'http://tempo:4318', takes: [], others } }, plain);
  expect(text).toContain(`  nothing takes traces: Alloy and Tempo are switched off\n${line}`);
});

test('a size is written as retention writes it', () => {
  const sized = (usedBytes: number) =>
    telemetryText(
      { ...view, stores: [{ signal: 'logs', service: 'loki', retention, usedBytes, isOverCap: false }] },
      plain,
    );
  expect(sized(1_000_000)).toContain('logs     1 MB of 4 GB');
  expect(sized(900)).toContain('logs     less than 1 MB of 4 GB');
  expect(sized(0)).toContain('logs     0 MB of 4 GB');
});

test('a choice is told with what follows from it', () => {
  expect(setText({ containerLogs: 'off' })).toContain('nobody reads the logs of containers');
  expect(setText({ containerLogs: 'app' })).toContain('while it runs');
  expect(setText({ kindClusters: true })).toContain('at once while the app runs; without it each "macula up"');
  expect(setText({ kindClusters: false })).toContain('taken away');
  expect(setText({ engineMetrics: true })).toContain('daemon.json');
  expect(setText({ engineMetrics: false })).not.toContain('KinD');
});
