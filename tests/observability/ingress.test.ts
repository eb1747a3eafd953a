// The ingress in front of the real Loki: large bodies, WebSockets, names that are not ours, services that are away.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { containerRuns, getByName } from '../cli/support/stack.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { hostOf, postByName } from './support/by-name.ts';
import { nowNanoseconds, pushLines } from './support/otlp.ts';
import { getJson, logQl } from './support/queries.ts';
import { doors } from './support/doors.ts';
import { useRealStack, whileStopped } from './support/real-stack.ts';
import { openSocket } from './support/web-socket.ts';

const needsStack = useRealStack({
  real: ['ingress', 'loki'],
  settings: { disabledServices: ['alloy', 'prometheus', 'tempo', 'grafana'] },
});

const mostBytes = 32 * 1024 * 1024;
const lineBytes = 100_000;
const newJob = (name: string) => `${name}-${randomBytes(4).toString('hex')}`;

// A push to Loki of exactly so many bytes.
function pushOf(bytes: number, job: string): { readonly body: Buffer; readonly lines: number } {
  const line = 'x'.repeat(lineBytes);
  const now = nowNanoseconds();
  const values: string[][] = [];
  const write = () => JSON.stringify({ streams: [{ stream: { job }, values }] });
  const each = JSON.stringify([`${now}`, line]).length + 1;
  while (values.length < Math.floor(bytes / each) - 1) {
    values.push([`${now + BigInt(values.length)}`, line]);
  }
  values.push([`${now + BigInt(values.length)}`, '']);
  const last = values.at(-1) ?? [];
  last[1] = 'y'.repeat(bytes - Buffer.byteLength(write()));
  return { body: Buffer.from(write()), lines: values.length };
}

test('a body of 32 MB passes, and all of it is kept', async (context) => {
  needsStack(context);
  const job = newJob('large');
  const { body, lines } = pushOf(mostBytes, job);
  expect(body).toHaveLength(mostBytes);
  expect(await postByName(hostOf('loki'), '/loki/api/v1/push', body)).toEqual({ status: 204, body: '' });
  const query = `count_over_time({job="${job}"}[5m])`;
  const count = await waitUntil(
    'all lines are counted',
    async () => {
      const answer = (await getJson(`${doors.loki}/loki/api/v1/query?${new URLSearchParams({ query })}`)) as {
        readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
      };
      return answer.data.result[0]?.value[1];
    },
    15,
  );
  expect(Number(count)).toBe(lines);
});

test('one byte more is refused, in words', async (context) => {
  needsStack(context);
  const job = newJob('too-large');
  const { body } = pushOf(mostBytes + 1, job);
  const answer = await postByName(hostOf('loki'), '/loki/api/v1/push', body);
  expect(answer.status).toBe(413);
  expect(answer.body).toMatch(/32 MB.*smaller parts/s);
  expect(await logQl(`{job="${job}"}`)).toEqual([]);
});

test('lines arrive on a WebSocket as they are pushed', async (context) => {
  needsStack(context);
  const job = newJob('tail');
  const query = new URLSearchParams({ query: `{job="${job}"}` });
  const socket = await openSocket(hostOf('loki'), `/loki/api/v1/tail?${query}`);
  try {
    await pushLines({ job }, ['seen at once']);
    const arrived = () => socket.texts.find((text) => text.includes('seen at once'));
    const text = await waitUntil('the line arrives', arrived, 15, () => socket.texts.join('\n'));
    expect(JSON.parse(text)).toMatchObject({ streams: [{ stream: { job } }] });
  } finally {
    socket.close();
  }
});

test('a name that is not ours gets 421 and the names that are', async (context) => {
  needsStack(context);
  const stranger = await getByName('loki.evil.example', '/ready');
  expect(stranger.status).toBe(421);
  expect(stranger.body).toContain('http://loki.macula.localhost:8080/');
});

test('a service that is away is a page that says so; the others answer; it comes back without the ingress', async (context) => {
  needsStack(context);
  const ingress = (await containerRuns())['ingress'];
  await whileStopped('loki', async () => {
    const page = await getByName('loki.macula.localhost', '/ready');
    expect(page.status).toBe(502);
    expect(page.body).toMatch(/Loki does not answer.*macula up loki/s);
    expect((await getByName('draw.macula.localhost')).status).toBe(200);
  });
  expect(await getByName('loki.macula.localhost', '/ready')).toMatchObject({ status: 200, body: 'ready\n' });
  expect((await containerRuns())['ingress']).toBe(ingress);
});
