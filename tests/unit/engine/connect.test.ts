import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FailureError } from '../../../electron/core/failure.ts';
import { chooseFailure, connectEngine, type Rejected } from '../../../electron/engine/connect.ts';
import { compareVersions, spokenVersion, toRejected } from '../../../electron/engine/probe.ts';

let folder = '';
const servers: { close(): void }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-connect-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answers {
  readonly apiVersion?: string;
  readonly info?: object | number;
  readonly silent?: boolean;
  readonly refusedVersion?: string;
}

// As much of an engine as finding it needs.
function listen(name: string, answers: Answers): Promise<string> {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const server: Server = createServer((request, response) => {
    if (answers.silent) return;
    if (request.url === '/_ping') {
      if (answers.apiVersion !== undefined) {
        response.setHeader('Api-Version', answers.apiVersion);
        response.setHeader('Server', 'Docker/28.5.1 (linux)');
      }
      response.end('OK');
    } else if (answers.refusedVersion !== undefined && request.url?.startsWith(`/v${answers.refusedVersion}/`)) {
      response.writeHead(400).end(JSON.stringify({ message: 'client version is too old' }));
    } else if (typeof answers.info === 'number') {
      response.writeHead(answers.info).end('{}');
    } else {
      response.end(JSON.stringify({ ...answers.info, path: request.url }));
    }
  });
  servers.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return new Promise((resolve) => server.listen(path, () => resolve(path)));
}

function connect(
  endpoint: string,
  more: { readonly environment?: Record<string, string>; readonly home?: string } = {},
) {
  return connectEngine({
    endpoint,
    environment: {},
    home: join(folder, 'nobody'),
    platform: 'linux',
    userId: 1000,
    ...more,
  });
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FailureError);
  return (error as FailureError).failure;
}

test('an engine that answers is described, with where it was found', async () => {
  const path = await listen('good.sock', {
    apiVersion: '1.51',
    info: { ServerVersion: '28.5.1', OperatingSystem: 'Linux', SecurityOptions: ['name=rootless'] },
  });
  const { engine, rejected } = await connect('auto', { environment: { DOCKER_HOST: `unix://${path}` } });
  expect(engine.description).toEqual({
    product: 'Docker Engine',
    version: '28.5.1',
    apiVersion: '1.51',
    operatingSystem: 'Linux',
    rootless: true,
    endpoint: `unix://${path}`,
    foundBy: 'DOCKER_HOST',
  });
  expect(rejected).toEqual([]);
});

test('the first that answers is taken, and the ones before it say why not', async () => {
  const home = join(folder, 'home');
  mkdirSync(join(home, '.docker'), { recursive: true });
  writeFileSync(join(home, '.docker', 'config.json'), '{"currentContext": "default"}');
  const session = join(folder, 'session');
  await listen('session/docker.sock', { apiVersion: '1.44', info: {} });
  // The standard socket may answer on this machine; what matters is what comes of the rest.
  const { engine, rejected } = await connect('auto', { home, environment: { XDG_RUNTIME_DIR: session } });
  const found = [engine.description, ...rejected].map((one) => one.foundBy);
  expect(found).toContain('the current Docker context "default"');
  // The same socket is not tried twice.
  expect(found).not.toContain("Docker's standard socket");
});

test('an engine behind a proxy that keeps /info is still usable', async () => {
  const path = await listen('proxied.sock', { apiVersion: '1.44', info: 403 });
  const { engine } = await connect(`unix://${path}`);
  expect(engine.description).toMatchObject({ version: '28.5.1', rootless: false, operatingSystem: '' });
});

test('a later engine that has given up our version is spoken to in its own', async () => {
  const info = { ServerVersion: '40.0.0', OperatingSystem: 'Linux' };
  const path = await listen('later.sock', { apiVersion: '1.99', info, refusedVersion: '1.44' });
  expect((await connect(`unix://${path}`)).engine.description.version).toBe('40.0.0');
});

describe('what is asked for and is not usable is named, without falling back', () => {
  test.each([
    ['nothing there', 'missing.sock', undefined, 'engine-not-running', 'no such file'],
    [
      'an engine that is too old',
      'old.sock',
      { apiVersion: '1.40' },
      'engine-too-old',
      'API version 1.40 is too old, 1.41 is needed',
    ],
    ['another program', 'other.sock', {}, 'engine-not-found', 'not a container engine'],
  ])('%s', async (_name, name, answers, code, rejected) => {
    const path = answers === undefined ? join(folder, name) : await listen(name, answers);
    const endpoint = `unix://${path}`;
    expect(await failureOf(connect('auto', { environment: { DOCKER_HOST: endpoint } }))).toMatchObject({
      code,
      tried: [{ endpoint, foundBy: 'DOCKER_HOST', rejected }],
    });
  });

  test('a socket that nobody listens on', async () => {
    const path = join(folder, 'stale.sock');
    const server = createSocketServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    // A link keeps the socket's file when its server takes its own name away.
    linkSync(path, join(folder, 'kept.sock'));
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(connect(`unix://${join(folder, 'kept.sock')}`))).toMatchObject({
      code: 'engine-not-running',
      tried: [{ rejected: 'connection refused' }],
    });
  });

  test('a link to a socket that is not there', async () => {
    symlinkSync(join(folder, 'nowhere.sock'), join(folder, 'link.sock'));
    expect(await failureOf(connect(`unix://${join(folder, 'link.sock')}`))).toMatchObject({
      code: 'engine-not-running',
      tried: [{ rejected: 'a link to a socket that is not there' }],
    });
  });

  test('a program that never answers', async () => {
    const path = await listen('silent.sock', { silent: true });
    const began = Date.now();
    expect(await failureOf(connect(`unix://${path}`))).toMatchObject({
      code: 'engine-not-running',
      tried: [{ rejected: 'no answer within 2 seconds' }],
    });
    expect(Date.now() - began).toBeLessThan(4000);
  });

  test('a host that has to be reached by ssh', async () => {
    expect(await failureOf(connect('auto', { environment: { DOCKER_HOST: 'ssh://ada@host' } }))).toMatchObject({
      code: 'engine-not-running',
      tried: [{ rejected: expect.stringContaining('ssh -L') }],
    });
  });
});

test('an engine may be reached through TCP', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/_ping') response.setHeader('Api-Version', '1.44');
    response.end(request.url === '/_ping' ? 'OK' : '{"ServerVersion": "25.0.3"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const endpoint = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await connect(endpoint)).engine.description).toMatchObject({ version: '25.0.3', endpoint });
  const environment = { DOCKER_CERT_PATH: join(folder, 'no-certificates') };
  expect(await failureOf(connect(endpoint, { environment }))).toMatchObject({
    code: 'engine-not-running',
    tried: [{ rejected: expect.stringContaining('the certificates in') }],
  });
});

test('a DOCKER_HOST that cannot be used does not spoil an address of the settings', async () => {
  const path = await listen('good3.sock', { apiVersion: '1.44', info: {} });
  const kept = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = 'tcp://:::not an address';
  try {
    expect((await connect(`unix://${path}`)).engine.description.endpoint).toBe(`unix://${path}`);
    expect(process.env['DOCKER_HOST']).toBe('tcp://:::not an address');
  } finally {
    if (kept === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = kept;
  }
});

test('the most telling attempt names the failure', () => {
  function attempt(reason: Rejected['reason'], endpoint: string): Rejected {
    return {
      kind: 'rejected',
      reason,
      words: reason,
      apiVersion: '1.24',
      attempt: { endpoint, foundBy: '', rejected: reason },
    };
  }
  const all = [attempt('not-found', 'a'), attempt('not-running', 'b'), attempt('too-old', 'c'), attempt('denied', 'd')];
  expect(chooseFailure(all)).toMatchObject({ code: 'engine-permission-denied', endpoint: 'd', tried: { length: 4 } });
  expect(chooseFailure(all.slice(0, 3))).toMatchObject({
    code: 'engine-too-old',
    endpoint: 'c',
    found: '1.24',
    needed: '1.41',
  });
  expect(chooseFailure(all.slice(0, 2))).toMatchObject({ code: 'engine-not-running', endpoint: 'b' });
  expect(chooseFailure(all.slice(0, 1))).toMatchObject({ code: 'engine-not-found' });
  expect(chooseFailure([])).toEqual({ code: 'engine-not-found', tried: [] });
});

test.each([
  ['EACCES', 'denied', 'permission denied'],
  ['ECONNREFUSED', 'not-running', 'connection refused'],
  ['ENOENT', 'not-found', 'no such file'],
  ['ECONNRESET', 'not-running', 'the connection was closed'],
  ['ENOTFOUND', 'not-running', 'the host name is not known'],
  ['EHOSTUNREACH', 'not-running', 'the host cannot be reached'],
  ['HPE_INVALID_CONSTANT', 'not-found', 'not a container engine'],
])('%s', (code, reason, words) => {
  expect(toRejected(Object.assign(new Error(code), { code }))).toEqual({ kind: 'rejected', reason, words });
});

test('versions are numbers, and no newer one is spoken than is known here', () => {
  expect(compareVersions('1.9', '1.41')).toBeLessThan(0);
  expect(compareVersions('2.0', '1.99')).toBeGreaterThan(0);
  expect(spokenVersion('1.41')).toBe('1.41');
  expect(spokenVersion('1.52')).toBe('1.44');
});
