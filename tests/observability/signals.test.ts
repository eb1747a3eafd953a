// Metrics, logs and traces arrive in the real programs and are found by what they are asked with: by id, by TraceQL, by
// LogQL, by PromQL. Each test sends its own and measures from then on: 15 seconds are promised of a stack that has been
// up for a minute, and support/measured.ts says how much more is let pass on a busy machine. Alloy is switched off here:
// Tempo takes traces at the same address, and the other two signals have doors of their own.
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { doors } from './support/doors.ts';
import { insistedSeconds, Times } from './support/measured.ts';
import { newTraceId, pushLines, type SentTrace, sendGauge, sendLog, sendTrace } from './support/otlp.ts';
import { sendTraceByGrpc } from './support/otlp-grpc.ts';
import { exemplars, logQl, promQl, traceById, traceQl } from './support/queries.ts';
import { useRealStack } from './support/real-stack.ts';

const needsStack = useRealStack({
  real: ['prometheus', 'loki', 'tempo'],
  settings: { disabledServices: ['alloy'] },
  upForSeconds: 60,
});
const times = new Times('signals');
const unique = (name: string) => `${name}-${randomBytes(4).toString('hex')}`;
const some = <T>(found: readonly T[]) => (found.length > 0 ? found : undefined);

async function sendOwn(): Promise<{ readonly sent: SentTrace; readonly since: number }> {
  const sent = await sendTrace(unique('shop'));
  return { sent, since: performance.now() };
}

describe('a trace sent over OTLP/HTTP', () => {
  test('is found by its id', async (context) => {
    needsStack(context);
    const { sent, since } = await sendOwn();
    const spans = await times.until('trace by id (HTTP)', since, () => traceById(sent.traceId));
    expect(spans.toSorted()).toEqual(['answer', 'ask the store']);
    expect(await traceById(newTraceId())).toBeUndefined();
  });

  test('is found by TraceQL', async (context) => {
    needsStack(context);
    const { sent, since } = await sendOwn();
    const query = `{ resource.service.name = "${sent.service}" && kind = client }`;
    const found = await times.until('trace by TraceQL (HTTP)', since, async () => some(await traceQl(query)));
    expect(found).toEqual([sent.traceId]);
  });

  test('is counted by span metrics', async (context) => {
    needsStack(context);
    const { sent, since } = await sendOwn();
    const query = `traces_spanmetrics_calls_total{service="${sent.service}"}`;
    const found = await times.until('span metric by PromQL', since, async () => some(await promQl(query)));
    expect(found.map(({ metric, value }) => [metric['span_name'], metric['span_kind'], Number(value[1])])).toEqual([
      ['ask the store', 'SPAN_KIND_CLIENT', 1],
    ]);
  });

  test('is an edge of the service graph', async (context) => {
    needsStack(context);
    const { sent, since } = await sendOwn();
    const query = `traces_service_graph_request_total{client="${sent.service}",server="${sent.calledService}"}`;
    const found = await times.until('service graph by PromQL', since, async () => some(await promQl(query)));
    expect(found.map(({ value }) => Number(value[1]))).toEqual([1]);
  });

  test('is reached from an exemplar of its duration', async (context) => {
    needsStack(context);
    // The metrics of the very first trace after a start may come without their exemplars: another goes before.
    const { sent: first } = await sendOwn();
    const query = `traces_spanmetrics_latency_bucket{service="${first.service}"}`;
    await waitUntil('the metrics of the first', async () => some(await promQl(query)), insistedSeconds);
    const sent = await sendTrace(first.service);
    const since = performance.now();
    const found = await times.until('exemplar', since, async () => {
      const series = await exemplars(query);
      // Tempo leaves out zeros in front.
      const ids = series.flatMap((each) => each.exemplars.map(({ labels }) => labels['traceID']?.padStart(32, '0')));
      return ids.includes(sent.traceId) ? ids : undefined;
    });
    expect(found).toContain(sent.traceId);
  });
});

test('a trace sent over OTLP/gRPC is found by its id and by TraceQL', async (context) => {
  needsStack(context);
  const service = unique('shop');
  const traceId = await sendTraceByGrpc(doors.otlpGrpc, service);
  const since = performance.now();
  expect(await times.until('trace by id (gRPC)', since, () => traceById(traceId))).toEqual(['sent by gRPC']);
  const query = `{ resource.service.name = "${service}" }`;
  const found = await times.until('trace by TraceQL (gRPC)', since, async () => some(await traceQl(query)));
  expect(found).toEqual([traceId]);
});

test('a log record over OTLP is found by LogQL with the id of its trace', async (context) => {
  needsStack(context);
  const log = { service: unique('shop'), text: 'the till is empty', traceId: newTraceId() };
  await sendLog(`${doors.loki}/otlp/v1/logs`, log);
  const since = performance.now();
  const query = (id: string) => `{service_name="${log.service}"} | trace_id = "${id}"`;
  const found = await times.until('log by LogQL', since, async () => some(await logQl(query(log.traceId))));
  expect(found.map(({ text }) => text)).toEqual([log.text]);
  expect(await logQl(query(newTraceId()))).toEqual([]);
});

test('a line pushed to Loki is found by LogQL', async (context) => {
  needsStack(context);
  const job = unique('job');
  await pushLines({ job }, ['one', 'two']);
  const since = performance.now();
  const found = await times.until('pushed line', since, async () => some(await logQl(`{job="${job}"} |= "two"`)));
  expect(found).toEqual([{ text: 'two', labels: expect.objectContaining({ job }) }]);
});

test('a metric over OTLP carries what its resource is called', async (context) => {
  needsStack(context);
  const service = unique('shop');
  const resource = {
    'service.name': service,
    'service.namespace': 'market',
    'service.instance.id': 'till-1',
    'deployment.environment.name': 'test',
    'container.name': 'till',
    'not.promoted': 'no label',
  };
  await sendGauge(`${doors.prometheus}/api/v1/otlp/v1/metrics`, { name: 'till.fill', value: 7, resource });
  const since = performance.now();
  const query = `till_fill{service_name="${service}"}`;
  const [found] = await times.until('OTLP metric by PromQL', since, async () => some(await promQl(query)));
  expect(found?.metric).toMatchObject({
    service_name: service,
    service_namespace: 'market',
    service_instance_id: 'till-1',
    deployment_environment_name: 'test',
    container_name: 'till',
    job: `market/${service}`,
    instance: 'till-1',
  });
  expect(found?.metric).not.toHaveProperty('not_promoted');
  expect(Number(found?.value[1])).toBe(7);
});

test('every service of the stack that has metrics is scraped', async (context) => {
  needsStack(context);
  const scraped = catalog.filter(({ id, metricsPort }) => metricsPort !== undefined && id !== 'alloy');
  const targets = await promQl('up{job="stack"}');
  expect(targets.map(({ metric }) => metric['service']).toSorted()).toEqual(scraped.map(({ id }) => id).toSorted());
  // A stub has no metrics: only the real programs can be up.
  const up = targets.filter(({ value }) => value[1] === '1').map(({ metric }) => metric['service']);
  expect(up).toEqual(expect.arrayContaining(['prometheus', 'loki', 'tempo']));
});
