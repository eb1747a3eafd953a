// Sends telemetry as an application would, and throws unless it is acknowledged.
import { randomBytes } from 'node:crypto';
import { doors } from './doors.ts';

const millisecond = 1_000_000n;

export interface SentTrace {
  readonly traceId: string;
  readonly service: string;
  readonly calledService: string;
}

export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

export function nowNanoseconds(): bigint {
  return BigInt(Date.now()) * millisecond;
}

function resource(attributes: Readonly<Record<string, string>>) {
  return { attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } })) };
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  const { partialSuccess } = text === '' ? {} : (JSON.parse(text) as { readonly partialSuccess?: object });
  if (Object.keys(partialSuccess ?? {}).length > 0) throw new Error(`${url} took only a part: ${text}`);
}

// Of a request from one service to another: two spans.
export async function sendTrace(service: string): Promise<SentTrace> {
  const traceId = newTraceId();
  const spanId = randomBytes(8).toString('hex');
  const calledService = `${service}-store`;
  const now = nowNanoseconds();
  const span = (name: string, kind: number, startedMillisecondsAgo: bigint, ids: object) => ({
    traceId,
    name,
    kind,
    startTimeUnixNano: `${now - startedMillisecondsAgo * millisecond}`,
    endTimeUnixNano: `${now - millisecond}`,
    ...ids,
  });
  const client = span('ask the store', 3, 50n, { spanId });
  const server = span('answer', 2, 40n, { spanId: randomBytes(8).toString('hex'), parentSpanId: spanId });
  await post(`${doors.otlpHttp}/v1/traces`, {
    resourceSpans: [
      { resource: resource({ 'service.name': service }), scopeSpans: [{ spans: [client] }] },
      { resource: resource({ 'service.name': calledService }), scopeSpans: [{ spans: [server] }] },
    ],
  });
  return { traceId, service, calledService };
}

export function sendLog(url: string, log: { service: string; text: string; traceId: string }): Promise<void> {
  const logRecord = {
    timeUnixNano: `${nowNanoseconds()}`,
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: log.text },
    traceId: log.traceId,
    spanId: randomBytes(8).toString('hex'),
  };
  const scopeLogs = [{ logRecords: [logRecord] }];
  return post(url, { resourceLogs: [{ resource: resource({ 'service.name': log.service }), scopeLogs }] });
}

export function sendGauge(
  url: string,
  gauge: { name: string; value: number; resource: Readonly<Record<string, string>> },
): Promise<void> {
  const dataPoints = [{ timeUnixNano: `${nowNanoseconds()}`, asDouble: gauge.value }];
  const scopeMetrics = [{ metrics: [{ name: gauge.name, gauge: { dataPoints } }] }];
  return post(url, { resourceMetrics: [{ resource: resource(gauge.resource), scopeMetrics }] });
}

// Plain lines, as anybody pushes them to Loki.
export function pushLines(labels: Readonly<Record<string, string>>, lines: readonly string[]): Promise<void> {
  const now = nowNanoseconds();
  const values = lines.map((line, index) => [`${now + BigInt(index)}`, line]);
  return post(`${doors.loki}/loki/api/v1/push`, { streams: [{ stream: labels, values }] });
}
