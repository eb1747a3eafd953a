// What an application and the app itself would send while the dashboards are asked: requests of two services with slow
// and failed ones among them, log lines, and figures of containers by the app's own hand.
import { randomBytes } from 'node:crypto';
import { metricsBody, points } from '../../electron/core/telemetry/container-metrics.ts';
import { doors } from './support/doors.ts';

const server = 2;
const client = 3;
const failed = 2;

// One round: several in a row make rates.
export async function sendRound(round: number): Promise<void> {
  const at = Date.now();
  await post(`${doors.prometheus}/api/v1/otlp/v1/metrics`, figuresOf(round, at));
  await post(`${doors.otlpHttp}/v1/traces`, JSON.stringify(tracesOf(at, round % 2 === 1)));
  await post(`${doors.loki}/otlp/v1/logs`, JSON.stringify(logsOf(at)));
}

async function post(url: string, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
}

function figuresOf(round: number, at: number): string {
  const services = ['prometheus', 'loki', 'grafana'];
  return metricsBody(
    at,
    points({
      containers: services.map((service) => ({
        service,
        containerName: `macula-${service}`,
        stats: {
          at,
          cpuSeconds: 10 + round,
          memoryBytes: 100e6,
          memoryLimitBytes: 1e9,
          networkReceivedBytes: 1000 * round,
          networkSentBytes: 500 * round,
          diskReadBytes: 300 * round,
          diskWrittenBytes: 200 * round,
          processes: 12,
        },
      })),
      services: services.map((service) => ({ service, isReady: true })),
      volumes: services.map((service) => ({ volume: `${service}-data`, service, bytes: 50e6 })),
    }),
  );
}

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

const nanoseconds = (milliseconds: number): string => `${Math.round(milliseconds)}000000`;

// "shop" answers a request and calls "store" for it; both take a fifth of a second, and now and then both fail.
function tracesOf(at: number, isFailed: boolean) {
  const traceId = randomBytes(16).toString('hex');
  const [request, call, answer] = [0, 1, 2].map(() => randomBytes(8).toString('hex'));
  const span = (spanId: string | undefined, parentSpanId: string | undefined, name: string, kind: number) => ({
    ...{ traceId, spanId, parentSpanId, name, kind },
    startTimeUnixNano: nanoseconds(at - 200),
    endTimeUnixNano: nanoseconds(at),
    status: isFailed ? { code: failed } : {},
  });
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes({ 'service.name': 'shop' }) },
        scopeSpans: [{ spans: [span(request, undefined, 'GET /cart', server), span(call, request, 'load', client)] }],
      },
      {
        resource: { attributes: attributes({ 'service.name': 'store' }) },
        scopeSpans: [{ spans: [span(answer, call, 'load', server)] }],
      },
    ],
  };
}

function logsOf(at: number) {
  const record = (severityText: string, severityNumber: number, text: string) => ({
    timeUnixNano: nanoseconds(at),
    ...{ severityText, severityNumber, body: { stringValue: text } },
  });
  const logRecords = [record('INFO', 9, 'the cart was shown'), record('ERROR', 17, 'the cart was not shown')];
  const resource = { attributes: attributes({ 'service.name': 'shop' }) };
  return { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] };
}
