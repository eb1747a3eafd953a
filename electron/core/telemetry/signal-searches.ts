// The questions that find again what the signal check sent: PromQL, LogQL, TraceQL, and what counts as an answer. Pure.
import { answeringService, checkLabel, checkMetric, checkService, type SignalMark } from './otlp-payload.ts';
import { field, list } from './signal-answer.ts';

export interface Search<Found> {
  // Path and query below the service's own origin; now in milliseconds since 1970.
  path(now: number): string;
  // undefined: nothing of ours yet.
  find(body: unknown): Found | undefined;
  // What should have come, for the words on what did not.
  readonly expected: string;
}

// Clocks of two machines differ, and what is asked about began just before it was sent.
const beforeMilliseconds = 60_000;
const afterMilliseconds = 10_000;

export function metricSearch({ check }: SignalMark): Search<true> {
  const query = `${checkMetric}{${checkLabel}="${check}"}`;
  return {
    path: () => `/api/v1/query?query=${encodeURIComponent(query)}`,
    find: (body) => (results(body).length > 0 ? true : undefined),
    expected: query,
  };
}

export interface FoundLine {
  readonly traceId: string;
}

export function logSearch(mark: SignalMark): Search<FoundLine> {
  return lineSearch(`{service_name="${checkService}"} | trace_id="${mark.traceId}"`, mark);
}

// Any question to Loki that should come to the line.
export function lineSearch(query: string, mark: SignalMark): Search<FoundLine> {
  return {
    path: (now) =>
      `/loki/api/v1/query_range?query=${encodeURIComponent(query)}&limit=1` +
      `&start=${mark.at - beforeMilliseconds}000000&end=${now + afterMilliseconds}000000`,
    find(body) {
      const traceId = field(field(results(body)[0], 'stream'), 'trace_id');
      return typeof traceId === 'string' ? { traceId } : undefined;
    },
    expected: query,
  };
}

export interface FoundTrace {
  // Service names of its spans.
  readonly services: readonly string[];
}

export function traceSearch(traceId: string): Search<FoundTrace> {
  return {
    path: () => `/api/v2/traces/${traceId}`,
    find(body) {
      const services = list(field(field(body, 'trace'), 'resourceSpans')).flatMap(serviceNameOf);
      // The second half may come a moment later.
      return [checkService, answeringService].every((name) => services.includes(name)) ? { services } : undefined;
    },
    expected: `trace ${traceId} with spans of ${checkService} and ${answeringService}`,
  };
}

function serviceNameOf(resourceSpans: unknown): string[] {
  return list(field(field(resourceSpans, 'resource'), 'attributes')).flatMap((attribute) => {
    const value = field(field(attribute, 'value'), 'stringValue');
    return field(attribute, 'key') === 'service.name' && typeof value === 'string' ? [value] : [];
  });
}

export function traceQlSearch({ check, traceId, at }: SignalMark): Search<true> {
  const query = `{ resource.service.name = "${checkService}" && span.macula.check = "${check}" }`;
  return {
    path: (now) => `/api/search?q=${encodeURIComponent(query)}&limit=5&${inSeconds(at, now)}`,
    find: (body) =>
      list(field(body, 'traces')).some((trace) => isSameTrace(field(trace, 'traceID'), traceId)) || undefined,
    expected: query,
  };
}

// Tempo writes them of the spans that it takes: one number a service, whose rise tells that ours were counted too.
export function spanMetricSearch(mark: SignalMark): Search<true> {
  return riseSearch(`traces_spanmetrics_calls_total{service="${checkService}"}`, mark);
}

export function serviceGraphSearch(mark: SignalMark): Search<true> {
  return riseSearch(`traces_service_graph_request_total{client="${checkService}",server="${answeringService}"}`, mark);
}

function riseSearch(series: string, { at }: SignalMark): Search<true> {
  return {
    path: () => `/api/v1/query?query=${encodeURIComponent(`${series}[3m]`)}`,
    find: (body) =>
      results(body).some((one) => hasRisen(list(field(one, 'values')).flatMap(sampleOf), at)) || undefined,
    expected: `a rise of ${series}`,
  };
}

interface Sample {
  // Milliseconds since 1970.
  readonly at: number;
  readonly value: number;
}

function sampleOf(pair: unknown): Sample[] {
  const [seconds, value] = list(pair);
  return typeof seconds === 'number' && typeof value === 'string' ? [{ at: seconds * 1000, value: Number(value) }] : [];
}

// A counter that begins anew, after a restart, begins below what it was; its first step counts as well.
export function hasRisen(samples: readonly Sample[], since: number): boolean {
  return samples.some(({ at, value }, index) => {
    if (at < since) return false;
    const before = samples[index - 1]?.value ?? 0;
    return value > before || (value < before && value > 0);
  });
}

export interface FoundExemplar {
  readonly traceId: string;
}

// Of all requests of the service, the one that is ours.
export function exemplarSearch({ traceId, at }: SignalMark): Search<FoundExemplar> {
  const query = `traces_spanmetrics_latency_bucket{service="${checkService}"}`;
  return {
    path: (now) => `/api/v1/query_exemplars?query=${encodeURIComponent(query)}&${inSeconds(at, now)}`,
    find(body) {
      const told = list(field(body, 'data'))
        .flatMap((series) => list(field(series, 'exemplars')))
        // Tempo's own label, and that of OpenTelemetry's libraries.
        .flatMap((exemplar) => ['traceID', 'trace_id'].map((label) => field(field(exemplar, 'labels'), label)));
      const own = told.find((id) => isSameTrace(id, traceId));
      return typeof own === 'string' ? { traceId: own } : undefined;
    },
    expected: `an exemplar with trace ${traceId} of ${query}`,
  };
}

// Some write the number of a trace without the zeros that it begins with.
function isSameTrace(told: unknown, traceId: string): boolean {
  return typeof told === 'string' && told.replace(/^0+/, '') === traceId.replace(/^0+/, '');
}

function inSeconds(at: number, now: number): string {
  return `start=${Math.floor((at - beforeMilliseconds) / 1000)}&end=${Math.ceil((now + afterMilliseconds) / 1000)}`;
}

function results(body: unknown): readonly unknown[] {
  return list(field(field(body, 'data'), 'result'));
}
