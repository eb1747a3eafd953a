// All three signals at one address, with the real Alloy in between. Where only a stub of it can be had, nothing of this is
// run, and each test says so: signals.test.ts has the same paths without Alloy.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { doors } from './support/doors.ts';
import { Times } from './support/measured.ts';
import { newTraceId, sendGauge, sendLog, sendTrace } from './support/otlp.ts';
import { sendTraceByGrpc } from './support/otlp-grpc.ts';
import { logQl, promQl, traceById } from './support/queries.ts';
import { useRealStack } from './support/real-stack.ts';

const needsStack = useRealStack({ real: ['prometheus', 'loki', 'tempo', 'alloy'], upForSeconds: 60 });
const times = new Times('through-alloy');
const unique = (name: string) => `${name}-${randomBytes(4).toString('hex')}`;
const some = <T>(found: readonly T[]) => (found.length > 0 ? found : undefined);

test('a trace by HTTP and one by gRPC are found by their ids', async (context) => {
  needsStack(context);
  const { traceId } = await sendTrace(unique('shop'));
  const since = performance.now();
  expect(await times.until('trace by id (HTTP)', since, () => traceById(traceId))).toHaveLength(2);
  const other = await sendTraceByGrpc(doors.otlpGrpc, unique('shop'));
  const sinceOther = performance.now();
  expect(await times.until('trace by id (gRPC)', sinceOther, () => traceById(other))).toEqual(['sent by gRPC']);
});

test('a log record is found by LogQL with the id of its trace', async (context) => {
  needsStack(context);
  const log = { service: unique('shop'), text: 'the till is empty', traceId: newTraceId() };
  await sendLog(`${doors.otlpHttp}/v1/logs`, log);
  const query = `{service_name="${log.service}"} | trace_id = "${log.traceId}"`;
  const found = await times.until('log by LogQL', performance.now(), async () => some(await logQl(query)));
  expect(found.map(({ text }) => text)).toEqual([log.text]);
});

test('a metric is found by PromQL under its service', async (context) => {
  needsStack(context);
  const service = unique('shop');
  await sendGauge(`${doors.otlpHttp}/v1/metrics`, {
    name: 'till.fill',
    value: 7,
    resource: { 'service.name': service },
  });
  const query = `till_fill{service_name="${service}"}`;
  const found = await times.until('metric by PromQL', performance.now(), async () => some(await promQl(query)));
  expect(found.map(({ value }) => Number(value[1]))).toEqual([7]);
});

test('Alloy has its own metrics scraped', async (context) => {
  needsStack(context);
  const query = 'up{job="stack",service="alloy"} == 1';
  expect(await times.until('Alloy is up', performance.now(), async () => some(await promQl(query)))).toHaveLength(1);
});
