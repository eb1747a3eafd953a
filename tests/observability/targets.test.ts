// The real Prometheus, and what it is told to scrape while it runs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer as createSafeServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { composeRuntime, connectSystemEngine } from '../../electron/compose.ts';
import { catalog } from '../../electron/core/catalog/index.ts';
import { kindJobsPath, kindTokenPath } from '../../electron/core/telemetry/kind.ts';
import { targetsQuery, targetViews } from '../../electron/core/telemetry/targets-health.ts';
import type { TargetView } from '../../electron/core/telemetry/telemetry-view.ts';
import type { Runtime } from '../../electron/runtime/runtime-api.ts';
import { startedAt } from '../e2e/engine-api.ts';
import { useStack } from '../cli/support/stack.ts';
import { OtherContainers, servingMetrics } from './other-containers.ts';

const prometheus = 'http://127.0.0.3:9090';
const needsStack = useStack();
const folder = mkdtempSync(join(tmpdir(), 'macula-targets-'));
const others = new OtherContainers();
const servers: Server[] = [];
const log: string[] = [];
let runtime: Runtime;
let missing: string | undefined;

function needs(context: TestContext): void {
  needsStack(context);
  context.skip(missing !== undefined, missing);
}

beforeAll(async () => {
  missing = await others.prepare().catch((error: unknown) => `no container engine (${String(error)})`);
  if (missing !== undefined) return;
  runtime = composeRuntime({ settingsDirectory: folder, log: (line) => void log.push(line) });
  const disabledServices = catalog.map(({ id }) => id).filter((id) => id !== 'prometheus');
  await runtime.changeSettings({ disabledServices });
  await runtime.connect({ watch: true });
  const outcome = await runtime.run({ kind: 'up' });
  if (outcome.kind !== 'done') throw new Error(`Prometheus did not come up: ${JSON.stringify(outcome)}`);
});

afterAll(async () => {
  runtime?.close();
  await others.cleanUp();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(path: string): Promise<unknown> {
  return (await fetch(`${prometheus}${path}`, { signal: AbortSignal.timeout(5000) })).json();
}

async function views(): Promise<readonly TargetView[]> {
  const labelled = runtime.observed()?.labelled ?? [];
  return targetViews({ settings: runtime.settings(), labelled }, await ask(targetsQuery));
}

// The values of a query, by the named label.
async function values(query: string, label: string): Promise<Readonly<Record<string, string>>> {
  const answer = (await ask(`/api/v1/query?query=${encodeURIComponent(query)}`)) as {
    readonly data: {
      readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[];
    };
  };
  return Object.fromEntries(answer.data.result.map(({ metric, value }) => [metric[label] ?? '', value[1]]));
}

// A scrape comes every 15 s, and a changed file is seen within 5.
async function eventually<T>(look: () => Promise<T>, isSo: (found: T) => boolean, what: string): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    // Docker before 28 makes the published port anew when the first network of a container, by name, is another one:
    // for a moment nobody answers there.
    const found = await look().catch((error: unknown) => error as Error);
    if (!(found instanceof Error) && isSo(found)) return found;
    if (Date.now() > end) {
      const words = found instanceof Error ? `${found.message} ${JSON.stringify(found.cause)}` : JSON.stringify(found);
      throw new Error(`${what}: ${words}\n${log.join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function listen(server: Server, host: string): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

const serving =
  (line: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(`${line}\n`);

describe('targets of the settings', () => {
  test('a program on this machine is scraped a moment after it was added, by the Prometheus that runs', async (context) => {
    needs(context);
    const before = await startedAt('prometheus');
    const port = await listen(createPlainServer(serving('from_this_machine 42')), '0.0.0.0');
    const address = `host.docker.internal:${port}`;
    await runtime.changeSettings({ targets: [{ name: 'mine', address, path: '/metrics', scheme: 'http' }] });
    await eventually(
      () => values('from_this_machine', 'service'),
      (found) => found['mine'] === '42',
      'it is scraped',
    );
    expect(await views()).toContainEqual({
      name: 'mine',
      url: `http://${address}/metrics`,
      origin: 'settings',
      health: 'up',
    });
    expect(await startedAt('prometheus')).toBe(before);
  });

  test('one that does not answer is named with the words of Prometheus', async (context) => {
    needs(context);
    const address = 'host.docker.internal:1';
    await runtime.changeSettings({ targets: [{ name: 'absent', address, path: '/m', scheme: 'http' }] });
    const found = await eventually(views, (all) => all.some(({ health }) => health === 'down'), 'it is down');
    const absent = found.find(({ name }) => name === 'absent');
    expect(absent).toMatchObject({ url: `http://${address}/m`, origin: 'settings', health: 'down' });
    expect(absent?.problem).toContain('connection refused');
    // The one before is gone.
    expect(found.filter(({ origin }) => origin === 'settings').map(({ name }) => name)).toEqual(['absent']);
    await runtime.changeSettings({ targets: [] });
  });
});

describe('containers of others', () => {
  const labels = {
    'io.macula.observe': 'true',
    'io.macula.metrics-port': '8000',
    'io.macula.metrics-path': '/metrics.txt',
  };

  test('are scraped on a network of their own while they run, and Prometheus leaves it with them', async (context) => {
    needs(context);
    const network = await others.network('shop');
    const script = servingMetrics(8000, 'from_a_container 7');
    const composed = { ...labels, 'com.docker.compose.service': 'shop' };
    const address = await others.run({ name: 'shop-1', network, labels: composed, script });
    await eventually(
      () => values('from_a_container', 'service'),
      ({ shop }) => shop === '7',
      'it is scraped',
    );
    expect(await values('from_a_container', 'container')).toEqual({ [others.named('shop-1')]: '7' });
    expect(await views()).toContainEqual({
      name: 'shop',
      url: `http://${address}:8000/metrics.txt`,
      origin: 'label',
      health: 'up',
    });
    expect(await others.networksOf('macula-prometheus')).toEqual(['macula-infra', network].toSorted());
    expect(await others.networksOf(others.named('shop-1'))).toEqual([network]);
    await others.remove('shop-1');
    await eventually(
      () => others.networksOf('macula-prometheus'),
      (found) => !found.includes(network),
      'Prometheus left',
    );
    await others.removeNetwork(network);
    await eventually(views, (all) => !all.some(({ origin }) => origin === 'label'), 'its target is gone');
  });

  test("are scraped on the engine's default network, and on the machine's own", async (context) => {
    needs(context);
    const port = await freePort();
    const byDefault = { name: 'default', network: 'bridge', labels, script: servingMetrics(8000, 'by_default 1') };
    const onMachine = {
      name: 'machine',
      network: 'host',
      labels: { ...labels, 'io.macula.metrics-port': String(port) },
      script: servingMetrics(port, 'on_the_machine 2'),
    };
    await others.run(byDefault);
    await others.run(onMachine);
    await eventually(
      () => values('by_default or on_the_machine', 'container'),
      (found) => Object.keys(found).length === 2,
      'both are scraped',
    );
    expect(await others.networksOf('macula-prometheus')).toEqual(['bridge', 'macula-infra']);
    await Promise.all([others.remove('default'), others.remove('machine')]);
    await eventually(
      () => others.networksOf('macula-prometheus'),
      (found) => found.length === 1,
      'Prometheus left',
    );
    // What is published on this machine is reached as before.
    await eventually(
      () => ask('/api/v1/status/buildinfo'),
      (answer) => JSON.stringify(answer).includes('success'),
      'it answers',
    );
  });
});

// No cluster can be had here. A stand-in for a node: a container with a node's labels and name, a script in the place of
// kubectl, and on port 10250 a way to a server of this test that wants the token as a kubelet does.
describe('KinD clusters, with a stand-in for their node', () => {
  const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJzdGFuZC1pbiJ9.c2lnbmF0dXJl';

  test('are scraped over https with the token of their account, and let go', async (context) => {
    needs(context);
    const certificate = makeCertificate();
    context.skip(certificate === undefined, 'there is no openssl to make a certificate with');
    if (certificate === undefined) return;
    const seen: (string | undefined)[] = [];
    const kubelet = createSafeServer(certificate, (request, response) => {
      seen.push(request.headers.authorization);
      const isAllowed = request.headers.authorization === `Bearer ${token}`;
      response.writeHead(isAllowed ? 200 : 401, { 'Content-Type': 'text/plain; version=0.0.4' });
      const line = request.url === '/metrics/cadvisor' ? 'container_stand_in 3' : 'kubelet_stand_in 4';
      response.end(isAllowed ? `${line}\n` : '');
    });
    const network = await others.network('kind');
    const port = await listen(kubelet, '0.0.0.0');
    const node = others.named('control-plane');
    await runtime.changeSettings({ kindClusters: true });
    await others.run({
      name: 'control-plane',
      network,
      labels: { 'io.x-k8s.kind.cluster': others.suffix, 'io.x-k8s.kind.role': 'control-plane' },
      script: standInNode(port, token),
    });
    await eventually(
      () => values('kubelet_stand_in or container_stand_in', 'service'),
      (found) => found['kubelet'] === '4' && found['cadvisor'] === '3',
      'both are scraped',
    );
    expect(seen.filter((authorization) => authorization !== `Bearer ${token}`)).toEqual([]);
    expect((await views()).filter(({ origin }) => origin === 'kind')).toEqual(
      ['cadvisor', 'kubelet'].map((service) => ({
        name: `${node} ${service}`,
        url: `https://${node}:10250/metrics${service === 'cadvisor' ? '/cadvisor' : ''}`,
        origin: 'kind',
        health: 'up',
      })),
    );
    const shown = JSON.stringify([
      runtime.snapshot(),
      runtime.desired(),
      runtime.observed(),
      log,
      await ask('/api/v1/status/config'),
    ]);
    expect(shown).not.toContain(token);
    expect(await kubectlCalls(node)).toEqual(['apply', 'get']);
    expect(await readInPrometheus(kindTokenPath(others.suffix))).toBe(token);
    // Whoever followed it is gone: the option is switched off by another process.
    runtime.close();
    runtime = composeRuntime({ settingsDirectory: folder, log: (line) => void log.push(line) });
    await runtime.connect({ watch: false });
    await runtime.changeSettings({ kindClusters: false });
    expect(await readInPrometheus(kindTokenPath(others.suffix))).toBe('');
    expect(await readInPrometheus(kindJobsPath)).not.toContain(others.suffix);
    await eventually(views, (all) => !all.some(({ origin }) => origin === 'kind'), 'its targets are gone');
    await eventually(
      () => kubectlCalls(node),
      (calls) => calls.at(-1) === 'delete',
      'its account is gone',
    );
    await eventually(
      () => others.networksOf('macula-prometheus'),
      (found) => found.length === 1,
      'Prometheus left',
    );
    await others.remove('control-plane');
  });
});

function standInNode(port: number, token: string): string {
  const kubectl = [
    '#!/bin/sh',
    'for word in "$@"; do case "$word" in apply|get|delete) echo $word >> /calls;; esac; done',
    `case "$*" in *" apply "*) busybox cat > /applied;; *" get "*) echo ${Buffer.from(token).toString('base64')};; esac`,
  ].join('\n');
  return (
    [
      'busybox ln -s busybox /bin/sh',
      `echo '${Buffer.from(kubectl).toString('base64')}' | busybox base64 -d > /bin/kubectl`,
      'busybox chmod 755 /bin/kubectl',
      // The first route leads to the machine.
      `machine=$(busybox ip route | busybox awk '/default/ { print $3 }')`,
      `busybox nc -ll -p 10250 -e /bin/busybox nc $machine ${port} &`,
    ].join('\n') + '\n:'
  );
}

async function kubectlCalls(node: string): Promise<readonly string[]> {
  return ((await readIn(node, '/calls')) ?? '').trim().split('\n');
}

const readInPrometheus = (path: string) => readIn('macula-prometheus', path);

async function readIn(container: string, path: string): Promise<string | undefined> {
  const { engine } = await connectSystemEngine('auto');
  const content = await engine.readFile(container, path);
  engine.close();
  return content;
}

function makeCertificate(): { readonly key: Buffer; readonly cert: Buffer } | undefined {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  try {
    const subject = ['-subj', '/CN=stand-in', '-days', '2'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
      {
        stdio: 'ignore',
      },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createPlainServer();
  const port = await listen(server, '0.0.0.0');
  await new Promise((resolve) => server.close(resolve));
  return port;
}
