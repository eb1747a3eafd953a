// What is asked of Prometheus for the Telemetry page, against a real socket at its address.
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { prometheusHarness } from './watched-prometheus.ts';

// Not the usual address: a stack may run beside these tests.
const loopback = '127.0.0.93';
const own = catalog.filter(({ id }) => id === 'prometheus').map((definition) => ({ ...definition, loopback }));

let server: Server;
let asked: string[];
let status: number;

beforeEach(async () => {
  asked = [];
  status = 200;
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const target = { scrapePool: 'stack', scrapeUrl: 'http://stranger:1/metrics', health: 'up', labels: {} };
    response.writeHead(status).end(JSON.stringify({ data: { activeTargets: [target], result: [] } }));
  });
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(9090, loopback, resolve));
});

let harness: ReturnType<typeof prometheusHarness>;
afterEach(async () => {
  harness.runtime.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function connected() {
  harness = prometheusHarness({ catalog: own, settings: { containerLogs: 'off' } });
  return harness.runtime.connect({ watch: false });
}

test('whoever listens there is asked nothing while Prometheus of this stack does not run', async () => {
  await connected();
  const view = await harness.runtime.telemetry.view();
  expect(view).toMatchObject({ targets: [], dropped: [], silence: { reason: 'Prometheus does not run.' } });
  expect(asked).toEqual([]);
});

test('nothing is asked without an engine', async () => {
  harness = prometheusHarness({ catalog: own });
  harness.unreachable = { code: 'engine-lost', detail: '' };
  await harness.runtime.connect({ watch: false });
  expect((await harness.runtime.telemetry.view()).silence?.reason).toBe('No container engine answers.');
  expect(asked).toEqual([]);
});

test('one that runs is asked, and what it says is known; what it refuses to say is not', async () => {
  await connected();
  expect(await harness.runtime.run({ kind: 'up' })).toEqual({ kind: 'done' });
  const view = await harness.runtime.telemetry.view();
  expect(view.targets.map(({ url }) => url)).toEqual(['http://stranger:1/metrics']);
  expect(view.silence).toBeUndefined();
  status = 503;
  expect(await harness.runtime.telemetry.view()).toMatchObject({
    targets: [],
    silence: { reason: 'Prometheus does not answer.' },
  });
});
