// The pure half of the signal check: what is sent, where to, what counts as found, and in which words it fails.
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { checkService, otlpPayload, type SignalMark } from '../../../electron/core/telemetry/otlp-payload.ts';
import { judgeSearch, refusalOf } from '../../../electron/core/telemetry/signal-answer.ts';
import { doorAddress, signalPlaces, type Way } from '../../../electron/core/telemetry/signal-places.ts';
import {
  exemplarSearch,
  hasRisen,
  logSearch,
  metricSearch,
  serviceGraphSearch,
  spanMetricSearch,
  traceQlSearch,
  traceSearch,
} from '../../../electron/core/telemetry/signal-searches.ts';
import type { ServiceChange } from '../cli/snapshots.ts';
import { snapshotOf } from '../cli/snapshots.ts';
import { traceToLogsQuery } from '../../../electron/core/telemetry/trace-to-logs.ts';
import { templates as shippedTemplates } from '../../../electron/runtime/templates.ts';
import { desiredStack } from './fixtures.ts';

const mark: SignalMark = {
  check: 'c0ffee01',
  traceId: '00112233445566778899aabbccddeeff',
  spanIds: ['0011223344556677', '8899aabbccddeeff'],
  at: 1_700_000_000_000,
  milliseconds: 30,
};

const stub = { image: { name: '', digest: '', present: true, substitute: 'stub' as const } };

interface Given {
  readonly disabled?: readonly string[];
  readonly services?: readonly ServiceChange[];
  readonly hasLoopback?: boolean;
}

function placesOf({ disabled = [], services = [], hasLoopback = true }: Given = {}) {
  const desired = desiredStack({
    settings: { ...defaultSettings, disabledServices: disabled },
    publishing: { loopbackAddresses: hasLoopback, port80: true },
  });
  const shown = desired.services.map(({ definition: { id, title } }) => ({
    id,
    title,
    state: 'ready' as const,
    ...services.find((service) => service.id === id),
  }));
  return signalPlaces({ catalog, desired, snapshot: snapshotOf(shown) });
}

function wayWords(way: Way, path = ''): string {
  return way.kind === 'open' ? `${doorAddress(way.door)}${path}` : `${way.kind}: ${way.reason}`;
}

function sendingWords(given?: Given): Readonly<Record<string, string>> {
  const { sending, collector } = placesOf(given);
  const words = Object.entries(sending).map(([signal, { way, path }]) => [signal, wayWords(way, path)] as const);
  return { ...Object.fromEntries(words), ...(collector === undefined ? {} : { collector: collector.reason ?? '' }) };
}

describe('where the signals are sent', () => {
  it.each<[string, Given, Readonly<Record<string, string>>]>([
    [
      'to the one address of the collector',
      {},
      {
        metrics: 'http://127.0.0.6:4318/v1/metrics',
        logs: 'http://127.0.0.6:4318/v1/logs',
        traces: 'http://127.0.0.6:4318/v1/traces',
      },
    ],
    [
      'without the collector to each service, Tempo at the same address',
      { disabled: ['alloy'] },
      {
        metrics: 'http://127.0.0.3:9090/api/v1/otlp/v1/metrics',
        logs: 'http://127.0.0.5:3100/otlp/v1/logs',
        traces: 'http://127.0.0.6:4318/v1/traces',
      },
    ],
    [
      'past a stub of the collector, which is said',
      { services: [{ id: 'alloy', title: 'Alloy', ...stub }] },
      {
        metrics: 'http://127.0.0.3:9090/api/v1/otlp/v1/metrics',
        logs: 'http://127.0.0.5:3100/otlp/v1/logs',
        traces: 'http://172.23.0.23:4318/v1/traces',
        collector: 'The image of Alloy is a stub. The signals are sent past it.',
      },
    ],
    [
      'through the ingress where nothing else is published',
      { disabled: ['alloy'], hasLoopback: false },
      {
        metrics: 'http://prometheus.macula.localhost:8080/api/v1/otlp/v1/metrics',
        logs: 'http://loki.macula.localhost:8080/otlp/v1/logs',
        traces: 'not-run: Nothing leads to port 4318 of Tempo from this machine.',
      },
    ],
    [
      'nowhere while the collector is not ready',
      { services: [{ id: 'alloy', title: 'Alloy', state: 'starting', reason: 'It wakes up' }] },
      {
        metrics: 'failed: Alloy is not ready: It wakes up.',
        logs: 'failed: Alloy is not ready: It wakes up.',
        traces: 'failed: Alloy is not ready: It wakes up.',
      },
    ],
    [
      'not to what is switched off',
      { disabled: ['alloy', 'loki'] },
      {
        metrics: 'http://127.0.0.3:9090/api/v1/otlp/v1/metrics',
        logs: 'not-run: Loki is switched off in Settings.',
        traces: 'http://127.0.0.6:4318/v1/traces',
      },
    ],
  ])('%s', (_name, given, expected) => {
    expect(sendingWords(given)).toEqual(expected);
  });
});

describe('where they are looked for', () => {
  it.each<[string, Given, string]>([
    ['at its address', {}, 'http://127.0.0.4:3000'],
    [
      'not behind a stub',
      { services: [{ id: 'grafana', title: 'Grafana', ...stub }] },
      'not-run: The image of Grafana is a stub.',
    ],
    ['not where it is switched off', { disabled: ['grafana'] }, 'not-run: Grafana is switched off in Settings.'],
    [
      'in vain where it does not run',
      { services: [{ id: 'grafana', title: 'Grafana', state: 'off' }] },
      'failed: Grafana does not run.',
    ],
  ])('%s', (_name, given, expected) => {
    expect(wayWords(placesOf(given).grafana.way)).toBe(expected);
  });
});

describe('what is sent', () => {
  const text = (signal: 'metrics' | 'logs' | 'traces') => JSON.stringify(otlpPayload(signal, mark));

  it('says in each signal whose it is', () => {
    for (const signal of ['metrics', 'logs', 'traces'] as const) {
      expect(text(signal)).toContain(`{"key":"service.name","value":{"stringValue":"${checkService}"}}`);
      expect(text(signal)).toContain('{"key":"macula.check","value":{"stringValue":"c0ffee01"}}');
    }
  });

  it('gives the log line the id of the trace', () => {
    expect(text('logs')).toContain(`"traceId":"${mark.traceId}","spanId":"${mark.spanIds[0]}"`);
    expect(text('logs')).toContain('"timeUnixNano":"1700000000000000000"');
  });

  it('makes one trace of two services, one asking the other', () => {
    const payload = otlpPayload('traces', mark) as { readonly resourceSpans: readonly unknown[] };
    expect(payload.resourceSpans).toHaveLength(2);
    expect(text('traces').split(mark.traceId)).toHaveLength(3);
    expect(text('traces')).toContain(`"spanId":"${mark.spanIds[1]}","parentSpanId":"${mark.spanIds[0]}"`);
    expect(text('traces')).toMatch(/"name":"ask","kind":3.*"name":"answer","kind":2/);
  });
});

const vector = (...result: unknown[]) => ({ status: 'success', data: { result } });
const spansOf = (...services: string[]) => ({
  trace: {
    resourceSpans: services.map((name) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: name } }] },
    })),
  },
});
const exemplarsWith = (labels: Record<string, string>) => ({ data: [{ exemplars: [{ labels }] }] });

describe('from a trace to its logs', () => {
  it("asks what Grafana's own data source asks", () => {
    const query = traceToLogsQuery(desiredStack({ templates: shippedTemplates }), mark.traceId);
    const file = shippedTemplates['grafana/datasources.yml'] ?? '';
    expect(query).toContain(mark.traceId);
    expect(query).not.toContain('$');
    expect(file).toContain(query.replaceAll(mark.traceId, () => '$${__trace.traceId}'));
  });

  it('asks by itself where there is no Grafana', () => {
    const settings = { ...defaultSettings, disabledServices: ['grafana'] };
    expect(traceToLogsQuery(desiredStack({ settings }), 'ab')).toBe(
      '{service_name="macula-signal-check"} | trace_id="ab"',
    );
  });
});

describe('what counts as found', () => {
  it.each<[string, { find(body: unknown): unknown }, unknown, unknown]>([
    ['a metric', metricSearch(mark), vector({ value: [1, '1'] }), true],
    ['no metric', metricSearch(mark), vector(), undefined],
    ['an empty answer', metricSearch(mark), {}, undefined],
    ['a line', logSearch(mark), vector({ stream: { trace_id: 'aa' } }), { traceId: 'aa' }],
    ['a line without its trace id', logSearch(mark), vector({ stream: {} }), undefined],
    [
      'a trace',
      traceSearch('1'),
      spansOf(checkService, `${checkService}-backend`),
      { services: [checkService, `${checkService}-backend`] },
    ],
    ['half a trace', traceSearch('1'), spansOf(checkService), undefined],
    ['no trace', traceSearch('1'), { trace: {} }, undefined],
    [
      'the trace without its first zeros',
      traceQlSearch(mark),
      { traces: [{ traceID: '112233445566778899aabbccddeeff' }] },
      true,
    ],
    ['another trace', traceQlSearch(mark), { traces: [{ traceID: '99' }] }, undefined],
    [
      'an exemplar by the label of Tempo',
      exemplarSearch(mark),
      exemplarsWith({ traceID: mark.traceId }),
      { traceId: mark.traceId },
    ],
    [
      'an exemplar by the other label',
      exemplarSearch(mark),
      exemplarsWith({ trace_id: mark.traceId }),
      { traceId: mark.traceId },
    ],
    ["another's exemplar", exemplarSearch(mark), exemplarsWith({ traceID: 'ff' }), undefined],
    [
      'a count that rose',
      spanMetricSearch(mark),
      vector({
        values: [
          [1_699_999_990, '4'],
          [1_700_000_003, '5'],
        ],
      }),
      true,
    ],
    [
      'a count that rose before',
      spanMetricSearch(mark),
      vector({
        values: [
          [1_699_999_980, '4'],
          [1_699_999_990, '5'],
          [1_700_000_003, '5'],
        ],
      }),
      undefined,
    ],
    [
      'an edge that is new',
      serviceGraphSearch(mark),
      vector({
        values: [
          [1_700_000_003, '0'],
          [1_700_000_004, '1'],
        ],
      }),
      true,
    ],
  ])('%s', (_name, search, body, expected) => {
    expect(search.find(body)).toEqual(expected);
  });

  it.each<[string, readonly [at: number, value: number][], boolean]>([
    ['nothing', [], false],
    ['the first of a new counter', [[11, 1]], true],
    ['a new counter at nought', [[11, 0]], false],
    [
      'the same again',
      [
        [5, 3],
        [15, 3],
      ],
      false,
    ],
    [
      'one more',
      [
        [5, 3],
        [15, 4],
      ],
      true,
    ],
    [
      'anew after a restart, not counted yet',
      [
        [5, 3],
        [15, 0],
      ],
      false,
    ],
    [
      'anew after a restart, and counted',
      [
        [5, 3],
        [15, 0],
        [16, 1],
      ],
      true,
    ],
    [
      'anew after a restart with its first count',
      [
        [5, 3],
        [15, 1],
      ],
      true,
    ],
  ])('a rise since 10: %s', (_name, samples, expected) => {
    expect(
      hasRisen(
        samples.map(([at, value]) => ({ at, value })),
        10,
      ),
    ).toBe(expected);
  });

  it('asks for the time of the check', () => {
    expect(traceQlSearch(mark).path(mark.at + 5000)).toContain('&start=1699999940&end=1700000015');
    expect(logSearch(mark).path(mark.at + 5000)).toContain('&start=1699999940000000000&end=1700000015000000000');
  });
});

const at = 'http://127.0.0.5:3100';
const answered = (status: number, body: unknown = '') =>
  ({ kind: 'answer', status, body: typeof body === 'string' ? body : JSON.stringify(body) }) as const;
const unreachable = (code: string) => ({ kind: 'unreachable', code, detail: 'broken' }) as const;

describe('what an answer means', () => {
  it.each([
    ['found', answered(200, { own: 1 }), { kind: 'found', found: 1 }],
    ['not yet', answered(200, {}), { kind: 'absent' }],
    ['not yet, as Tempo says it', answered(404), { kind: 'absent' }],
    [
      'a bad question',
      answered(400, 'parse error\nat 3'),
      { kind: 'refused', reason: `${at} answers 400: parse error.` },
    ],
    [
      'no sign-in',
      answered(401, { message: 'Invalid username or password' }),
      { kind: 'refused', reason: `${at} answers 401: Invalid username or password.` },
    ],
    [
      'trouble, with a reason in JSON',
      answered(500, { status: 'error', error: 'no space left.' }),
      { kind: 'trouble', reason: `${at} answers 500: no space left.` },
    ],
    ['trouble, with a page', answered(502, '<html>Bad</html>'), { kind: 'trouble', reason: `${at} answers 502.` }],
    ['too much', answered(429), { kind: 'trouble', reason: `${at} answers 429.` }],
    [
      'somebody else',
      answered(200, 'hello'),
      { kind: 'refused', reason: `${at} answers with something else than JSON.` },
    ],
    [
      'nobody',
      unreachable('ECONNREFUSED'),
      { kind: 'trouble', reason: `Nobody listens at ${at}: the connection was refused.` },
    ],
    ['silence', unreachable('ETIMEDOUT'), { kind: 'trouble', reason: `No answer came from ${at}.` }],
    [
      'a hang-up',
      unreachable('ECONNRESET'),
      { kind: 'trouble', reason: `${at} closed the connection without an answer.` },
    ],
    ['anything else', unreachable('EMFILE'), { kind: 'trouble', reason: `${at} cannot be asked: broken.` }],
  ])('%s', (_name, answer, verdict) => {
    expect(judgeSearch(answer, at, (body) => (body as { own?: number }).own)).toEqual(verdict);
  });

  it.each([
    ['taken', answered(200, {}), undefined],
    ['taken without a word', answered(204), undefined],
    ['taken, all of it', answered(200, { partialSuccess: { rejectedSpans: '0' } }), undefined],
    [
      'taken in part',
      answered(200, { partialSuccess: { rejectedLogRecords: '1', errorMessage: 'too old' } }),
      `${at} took nothing of it: too old.`,
    ],
    ['refused', answered(404, '404 page not found'), `${at} answers 404: 404 page not found.`],
    ['nobody', unreachable('ECONNREFUSED'), `Nobody listens at ${at}: the connection was refused.`],
  ])('of what was sent: %s', (_name, answer, reason) => {
    expect(refusalOf(answer, at)).toBe(reason);
  });
});
