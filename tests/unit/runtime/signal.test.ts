// The signal check against real sockets that answer as a service in trouble does. That it finds what it sent, only the
// real services can show.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { hopsOf, type SignalHop, type SignalReport } from '../../../electron/core/telemetry/signal-report.ts';
import type { Place, SignalPlaces, Way } from '../../../electron/core/telemetry/signal-places.ts';
import { checkSignals } from '../../../electron/runtime/telemetry/signal-check.ts';
import { askService } from '../../../electron/runtime/telemetry/signal-request.ts';
import type { SignalLimits } from '../../../electron/runtime/telemetry/signal-seek.ts';
import { systemClock } from '../../../electron/runtime/system-parts.ts';
import { smallCatalog } from '../core/fixtures.ts';
import { createHarness, memorySecrets, type Harness } from './harness.ts';

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
let harness: Harness | undefined;
afterEach(async () => {
  harness?.runtime.close();
  harness = undefined;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(behaviour: Behaviour, port = 0, address = '127.0.0.1'): Promise<string> {
  const server = createServer(behaviour);
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(port, address, resolve));
  return `http://${address}:${(server.address() as AddressInfo).port}`;
}

const say =
  (status: number, body = ''): Behaviour =>
  (request, response) => {
    request.resume();
    response.writeHead(status).end(body);
  };
// Takes what is sent, and answers questions in another way.
const takeThen =
  (ask: Behaviour): Behaviour =>
  (request, response) =>
    request.method === 'POST' ? say(200, '{}')(request, response) : ask(request, response);
const nothing = say(200, '{"data":{"result":[]}}');
const never: Behaviour = (request) => void request.resume();

// A port that was free a moment ago.
async function closedDoor(): Promise<string> {
  const origin = await serve(nothing);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return origin;
}

interface Origins {
  readonly metrics: string;
  readonly others?: string;
  readonly grafana?: Way;
}

const hurried: SignalLimits = { hop: 700, slowHop: 700, whole: 5000, isImpatient: false };

function check(
  { metrics, others = metrics, grafana = { kind: 'not-run', reason: 'No Grafana.' } }: Origins,
  limits = hurried,
  signal = new AbortController().signal,
): Promise<SignalReport> {
  const open = (service: string, origin: string): Place => ({
    service,
    title: service,
    way: { kind: 'open', door: { origin } },
  });
  const stores = { prometheus: open('prometheus', metrics), loki: open('loki', others), tempo: open('tempo', others) };
  const places: SignalPlaces = {
    ...stores,
    grafana: { service: 'grafana', title: 'Grafana', way: grafana },
    sending: {
      metrics: { ...stores.prometheus, path: '/metrics' },
      logs: { ...stores.loki, path: '/logs' },
      traces: { ...stores.tempo, path: '/traces' },
    },
  };
  const begun = performance.now();
  const tools = { ask: askService, clock: systemClock, elapsed: () => performance.now() - begun, limits, signal };
  const mark = {
    check: 'c0ffee',
    traceId: 'ab'.repeat(16),
    spanIds: ['a'.repeat(16), 'b'.repeat(16)],
    at: Date.now(),
    milliseconds: 30,
  } as const;
  return checkSignals({
    places,
    mark,
    laterSpanIds: ['c'.repeat(16), 'd'.repeat(16)],
    tools,
    traceToLogs: '{}',
    password: undefined,
    signIn: Promise.resolve(places.grafana),
  });
}

function metricsOf({ paths }: SignalReport): readonly SignalHop[] {
  return paths.find(({ signal }) => signal === 'metrics')?.hops ?? [];
}

describe('a signal that does not arrive', () => {
  it('is not sent where nobody listens, and is then looked for nowhere', async () => {
    const origin = await closedDoor();
    const report = await check({ metrics: origin });
    expect(metricsOf(report)).toEqual([
      {
        name: `sent to ${origin}`,
        service: 'prometheus',
        result: 'failed',
        reason: `Nobody listens at ${origin}: the connection was refused.`,
        nextStep: 'macula doctor tells whether prometheus can be reached; macula logs prometheus --tail 50 says more.',
      },
      {
        name: 'found in Prometheus by PromQL',
        service: 'prometheus',
        result: 'not-run',
        reason: `Not tried, since this did not succeed: sent to ${origin}.`,
      },
      { name: 'found through Grafana', service: 'grafana', result: 'not-run', reason: 'No Grafana.' },
    ]);
    expect(hopsOf(report).some(({ result }) => result === 'ok')).toBe(false);
  });

  it.each<[string, Behaviour, string]>([
    ['refused by the receiver', say(404, '404 page not found'), 'answers 404: 404 page not found.'],
    [
      'rejected with a word',
      say(200, '{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"too old"}}'),
      'took nothing of it: too old.',
    ],
    ['cut off', (request) => void request.socket.destroy(), 'closed the connection without an answer.'],
  ])('is %s', async (_name, behaviour, words) => {
    const origin = await serve(behaviour);
    expect(metricsOf(await check({ metrics: origin }))[0]).toMatchObject({
      result: 'failed',
      reason: expect.stringContaining(words),
    });
  });

  it.each<[string, Behaviour, Partial<SignalHop>]>([
    [
      'never found',
      nothing,
      {
        reason: expect.stringMatching(
          /^prometheus answers, but within 1 s it did not have macula_signal_check\{macula_check="c0ffee"\}\.$/,
        ),
        nextStep: 'macula logs prometheus --tail 50 tells whether it could take it and pass it on.',
      },
    ],
    [
      'asked for in vain: 500',
      say(500, '{"error":"no space left"}'),
      { reason: expect.stringContaining('answers 500: no space left.') },
    ],
    [
      'asked for in vain: 401',
      say(401, '{"message":"Unauthorized"}'),
      { reason: expect.stringContaining('answers 401: Unauthorized.') },
    ],
    ['asked for in vain: no JSON', say(200, 'hello'), { reason: expect.stringContaining('something else than JSON') }],
    ['asked for in vain: silence', never, { reason: expect.stringContaining('No answer came from') }],
  ])('is sent and %s', async (_name, behaviour, expected) => {
    const origin = await serve(takeThen(behaviour));
    const [sent, found] = metricsOf(await check({ metrics: origin }));
    expect(sent).toMatchObject({ result: 'ok', milliseconds: expect.any(Number) });
    expect(found).toMatchObject({ result: 'failed', ...expected });
    expect(found).not.toHaveProperty('milliseconds');
  });

  it('is asked for again and again until it is there, over a fault in between', async () => {
    let asked = 0;
    const origin = await serve(
      takeThen((request, response) => {
        if (request.url?.startsWith('/api/v1/query?query=macula_signal_check') !== true)
          return nothing(request, response);
        asked += 1;
        const result = asked < 4 ? [] : [{ value: [1, '1'] }];
        return say(asked === 2 ? 503 : 200, JSON.stringify({ data: { result } }))(request, response);
      }),
    );
    const [sent, found] = metricsOf(await check({ metrics: origin }, { ...hurried, hop: 10_000 }));
    expect(found?.result).toBe('ok');
    expect(asked).toBe(4);
    expect(found?.milliseconds).toBeGreaterThan(sent?.milliseconds ?? Infinity);
  });

  it('is there, and a Grafana that does not find it is told', async () => {
    const found = say(200, '{"data":{"result":[{"value":[1,"1"]}]}}');
    const metrics = await serve(takeThen(found));
    const origin = await serve(say(404, '{"message":"Unable to find datasource"}'));
    const told = async (way: Way) => metricsOf(await check({ metrics, grafana: way }))[2];
    expect(await told({ kind: 'open', door: { origin } })).toMatchObject({
      result: 'failed',
      reason: expect.stringContaining('Grafana answers, but within 1 s it did not have'),
      nextStep: expect.stringContaining('macula logs grafana'),
    });
    expect(await told({ kind: 'failed', reason: 'It is locked.', nextStep: 'Unlock it.' })).toMatchObject({
      result: 'failed',
      reason: 'It is locked.',
      nextStep: 'Unlock it.',
    });
  });

  it('leaves the others alone', async () => {
    const report = await check({ metrics: await closedDoor(), others: await serve(takeThen(nothing)) });
    expect(report.paths.map(({ hops }) => hops[0]?.result)).toEqual(['failed', 'ok', 'ok']);
  });

  it('is not held against a service when somebody waits no longer', async () => {
    const origin = await serve(takeThen(nothing));
    const limits = { hop: 10_000, slowHop: 10_000, whole: 1200, isImpatient: true };
    const begun = performance.now();
    const report = await check({ metrics: origin }, limits);
    expect(performance.now() - begun).toBeLessThan(8000);
    expect(metricsOf(report)[1]).toMatchObject({
      result: 'not-run',
      reason: expect.stringContaining('yet when the 1 s of this check were over. macula signal waits longer.'),
    });
    expect(metricsOf(await check({ metrics: origin }, { ...limits, isImpatient: false }))[1]?.result).toBe('failed');
  });

  it('does not hold what was not sent against the signal that leads to it', async () => {
    const line = say(200, JSON.stringify({ data: { result: [{ stream: { trace_id: 'ab'.repeat(16) } }] } }));
    const others = await serve((request, response) =>
      request.url === '/traces' ? say(500)(request, response) : takeThen(line)(request, response),
    );
    const { links, paths } = await check({ metrics: others });
    expect(paths[1]?.hops[1]?.result).toBe('ok');
    expect(links[0]).toMatchObject({ result: 'not-run', reason: expect.stringContaining(`sent to ${others}`) });
  });

  it.each([
    ['more spans of it are sent where it was counted without an exemplar', false, 2],
    ['no more are sent where the exemplar is there', true, 1],
  ])('is a trace: %s', async (_name, isThere, times) => {
    const sent: string[] = [];
    const rise = JSON.stringify({ data: { result: [{ values: [[Date.now() / 1000 + 1, '1']] }] } });
    const exemplars = JSON.stringify({ data: [{ exemplars: [{ labels: { traceID: 'ab'.repeat(16) } }] }] });
    const metrics = await serve(
      takeThen((request, response) => {
        const isOfExemplar = request.url?.includes('query_exemplars') === true;
        say(200, isOfExemplar ? (isThere ? exemplars : '{}') : rise)(request, response);
      }),
    );
    const others = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (request.url === '/traces') sent.push(body);
        response.end('{}');
      });
    });
    await check({ metrics, others }, { ...hurried, slowHop: 3000 });
    expect(sent).toHaveLength(times);
    expect(sent.every((body) => body.includes('ab'.repeat(16)))).toBe(true);
    expect(new Set(sent.map((body) => /"spanId":"(.)/.exec(body)?.[1])).size).toBe(times);
  });

  it('is given up when that is asked for', async () => {
    const ended = new AbortController();
    const origin = await serve(takeThen(never));
    const report = check({ metrics: origin }, { ...hurried, hop: 20_000, whole: 20_000 }, ended.signal);
    setTimeout(() => ended.abort(), 200);
    await expect(report).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a request', () => {
  it('goes through the ingress by the name of the service, as JSON and signed in', async () => {
    const asked: unknown[] = [];
    const origin = await serve((request, response) => {
      const { host, authorization, 'content-type': type } = request.headers;
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked.push({ method: request.method, url: request.url, host, authorization, type, body });
        response.end('{}');
      });
    });
    const door = { origin, host: 'loki.macula.localhost' };
    const rest = { timeoutMilliseconds: 5000, signal: new AbortController().signal };
    await askService({ door, path: '/otlp/v1/logs', body: '{"ö":1}', ...rest });
    await askService({ door, path: '/api/org', auth: { user: 'a', password: 'b' }, ...rest });
    expect(asked).toEqual([
      { method: 'POST', url: '/otlp/v1/logs', host: door.host, type: 'application/json', body: '{"ö":1}' },
      { method: 'GET', url: '/api/org', host: door.host, authorization: 'Basic YTpi', body: '' },
    ]);
  });

  it('has an end also where bytes go on dripping', async () => {
    const origin = await serve((request, response) => {
      request.resume();
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    });
    const signal = new AbortController().signal;
    expect(await askService({ door: { origin }, path: '/', timeoutMilliseconds: 400, signal })).toMatchObject({
      kind: 'unreachable',
      code: 'ETIMEDOUT',
    });
  });
});

// Published where no real stack is.
const network = '127.0.41';
const services: readonly ServiceDefinition[] = [
  ['prometheus', 3, 9090],
  ['grafana', 4, 3000],
  ['loki', 5, 3100],
  ['tempo', 6, 3200],
].map(([id, last, port]) => ({
  ...smallCatalog[0]!,
  id: String(id),
  title: String(id),
  containerName: `macula-${id}`,
  hostNumber: 20 + Number(last),
  loopback: `${network}.${last}`,
  ports: [{ name: 'api', port: Number(port) }, ...(id === 'tempo' ? [{ name: 'OTLP HTTP', port: 4318 }] : [])],
  ready: { port: Number(port), path: '/ready', timeoutSeconds: 10 },
  volumes: [],
  ...(id === 'grafana'
    ? {
        lan: {
          protection: 'password' as const,
          ports: [],
          defaultPassword: { port: 3000, path: '/api/org', user: 'admin', password: 'very-secret' },
        },
      }
    : {}),
}));

async function stack(kept?: string): Promise<Harness> {
  harness = createHarness({ catalog: services, secrets: memorySecrets(kept) });
  await harness.runtime.connect({ watch: false });
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  return harness;
}

function throughGrafana(report: SignalReport): readonly SignalHop[] {
  return hopsOf(report).filter(({ name }) => name.includes('Grafana'));
}

describe('the signal check of the runtime', () => {
  it('asks Grafana once whether it takes the password, and no more once it was refused', async () => {
    const { runtime } = await stack();
    const signIns: string[] = [];
    await serve(
      (request, response) => {
        signIns.push(`${request.url} ${request.headers.authorization}`);
        say(401, '{"message":"Invalid username or password"}')(request, response);
      },
      3000,
      `${network}.4`,
    );
    const report = await runtime.telemetry.signal();
    expect(new Set(throughGrafana(report).map(({ result, reason }) => `${result} ${reason}`))).toEqual(
      new Set([
        'not-run Grafana does not take the password that is known here: it was changed. Explore in Grafana shows the same once you signed in.',
      ]),
    );
    await runtime.telemetry.signal();
    expect(signIns).toEqual([`/api/org Basic ${Buffer.from('admin:very-secret').toString('base64')}`]);
    expect(JSON.stringify(report)).not.toContain('very-secret');
    expect(harness?.log.join('\n')).not.toContain('very-secret');
  });

  it('asks with the password that is kept', async () => {
    const { runtime } = await stack('kept-secret');
    const signIns: string[] = [];
    await serve(
      (request, response) => {
        signIns.push(request.headers.authorization ?? '');
        say(200, '{}')(request, response);
      },
      3000,
      `${network}.4`,
    );
    const report = await runtime.telemetry.signal();
    const own = `Basic ${Buffer.from('admin:kept-secret').toString('base64')}`;
    expect(new Set(signIns)).toEqual(new Set([own]));
    expect(`${JSON.stringify(report)}${harness?.log.join('\n')}`).not.toContain('kept-secret');
  });

  it('makes rows of the doctor', async () => {
    const { runtime } = await stack();
    const rows = await runtime.doctor();
    expect(rows.find(({ subject }) => subject === 'signal traces')).toMatchObject({
      result: 'failed',
      detail: `sent to http://${network}.6:4318: Nobody listens at http://${network}.6:4318: the connection was refused.`,
      repair: { action: { kind: 'restart', service: 'tempo' } },
    });
    await runtime.run({ kind: 'stop', services: ['loki'] });
    expect((await runtime.doctor()).some(({ subject }) => subject.startsWith('signal'))).toBe(false);
  });

  it('names a service that does not run, and goes on with the others', async () => {
    const { runtime } = await stack();
    await runtime.run({ kind: 'stop', services: ['loki'] });
    const report = await runtime.telemetry.signal();
    expect(report.paths.find(({ signal }) => signal === 'logs')?.hops[0]).toMatchObject({
      name: 'sent to loki',
      result: 'failed',
      reason: 'loki does not run.',
      nextStep: 'macula up loki starts it.',
    });
  });

  it('has nothing to say while the stack is off, and where no engine is', async () => {
    const { runtime } = await stack();
    await runtime.run({ kind: 'stop' });
    await expect(runtime.telemetry.signal()).rejects.toMatchObject({
      failure: { code: 'telemetry-unavailable', detail: expect.stringContaining('The stack is off') },
    });
    runtime.close();
    harness = createHarness({ catalog: services });
    harness.unreachable = { code: 'engine-not-found', tried: [] };
    await harness.runtime.connect({ watch: false });
    await expect(harness.runtime.telemetry.signal()).rejects.toMatchObject({ failure: { code: 'engine-not-found' } });
  });
});
