// What the signal check sends, as an application would: OTLP in JSON. Every value says whose it is. Pure.
import type { Signal } from '../settings.ts';

// Nobody else's data has these names.
export const checkService = 'macula-signal-check';
// Answers it in the trace, so that the service graph gets an edge.
export const answeringService = 'macula-signal-check-backend';
// As Prometheus calls 'macula.signal.check' and the attribute 'macula.check'.
export const checkMetric = 'macula_signal_check';
export const checkLabel = 'macula_check';

export interface SignalMark {
  // Of this one check.
  readonly check: string;
  // 32 hexadecimal digits.
  readonly traceId: string;
  // 16 hexadecimal digits each.
  readonly spanIds: readonly [asking: string, answering: string];
  // Milliseconds since 1970.
  readonly at: number;
  // How long the asking span lasts.
  readonly milliseconds: number;
}

type Json = Readonly<Record<string, unknown>>;

export function otlpPayload(signal: Signal, mark: SignalMark): Json {
  switch (signal) {
    case 'metrics':
      return metricsPayload(mark);
    case 'logs':
      return logsPayload(mark);
    case 'traces':
      return tracesPayload(mark);
  }
}

function metricsPayload({ check, at }: SignalMark): Json {
  const point = { timeUnixNano: nanoseconds(at), asDouble: 1, attributes: [attribute('macula.check', check)] };
  const metric = {
    name: 'macula.signal.check',
    description: "Sent by Macula's signal check.",
    gauge: { dataPoints: [point] },
  };
  return { resourceMetrics: [{ resource: resource(checkService), scopeMetrics: [{ scope, metrics: [metric] }] }] };
}

function logsPayload({ check, at, traceId, spanIds }: SignalMark): Json {
  const record = {
    timeUnixNano: nanoseconds(at),
    observedTimeUnixNano: nanoseconds(at),
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: `Macula's signal check ${check}` },
    attributes: [attribute('macula.check', check)],
    traceId,
    spanId: spanIds[0],
  };
  return { resourceLogs: [{ resource: resource(checkService), scopeLogs: [{ scope, logRecords: [record] }] }] };
}

function tracesPayload({ check, at, milliseconds, traceId, spanIds }: SignalMark): Json {
  const span = (name: string, kind: 'client' | 'server', from: number, to: number): Json => ({
    traceId,
    name,
    kind: kind === 'client' ? 3 : 2,
    startTimeUnixNano: nanoseconds(at - from),
    endTimeUnixNano: nanoseconds(at - to),
    attributes: [attribute('macula.check', check)],
  });
  const asking = { ...span('ask', 'client', milliseconds, 0), spanId: spanIds[0] };
  const answering = {
    ...span('answer', 'server', milliseconds - 10, 10),
    spanId: spanIds[1],
    parentSpanId: spanIds[0],
  };
  return {
    resourceSpans: [
      { resource: resource(checkService), scopeSpans: [{ scope, spans: [asking] }] },
      { resource: resource(answeringService), scopeSpans: [{ scope, spans: [answering] }] },
    ],
  };
}

const scope = { name: 'macula' };

function resource(service: string): Json {
  return { attributes: [attribute('service.name', service)] };
}

function attribute(key: string, value: string): Json {
  return { key, value: { stringValue: value } };
}

// More digits than a number holds.
function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}
