import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Probe } from '../../../electron/core/desired.ts';
import { probeService } from '../../../electron/runtime/probe.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/ready`;
}

function answer(status: number, body: string): RequestListener {
  return (_request, response) => response.writeHead(status).end(body);
}

const never = new AbortController().signal;

const database = { key: 'database', value: 'ok' };

describe.each([
  ['at once', false],
  ['when the answer can wait', true],
])('probeService, %s', (_how, isPatient) => {
  function ask(probe: Omit<Probe, 'canAsk'>, signal: AbortSignal) {
    return probeService({ ...probe, canAsk: true }, signal, isPatient);
  }

  it.each([
    ['200 is ready', answer(200, 'ok'), undefined, { kind: 'ready' }],
    [
      '503 is not ready, the body says why',
      answer(503, 'waiting for 1s\nmore'),
      undefined,
      { kind: 'not-ready', reason: 'waiting for 1s' },
    ],
    [
      'a page of HTML is no reason',
      answer(502, '<html>'),
      undefined,
      { kind: 'not-ready', reason: 'It answers with status 502' },
    ],
    [
      'a redirect is not ready',
      answer(302, ''),
      undefined,
      { kind: 'not-ready', reason: 'It answers with status 302' },
    ],
    ['the JSON must say so', answer(200, '{"database":"ok"}'), database, { kind: 'ready' }],
    [
      'the JSON says otherwise',
      answer(200, '{"database":"failing"}'),
      database,
      { kind: 'not-ready', reason: 'Its database is failing' },
    ],
    [
      'what should be JSON is none',
      answer(200, 'hello'),
      database,
      { kind: 'not-ready', reason: 'Its database is not told' },
    ],
  ] as const)('%s', async (_name, listener, json, expected) => {
    const url = await serve(listener);
    expect(await ask({ url, timeoutSeconds: 1, ...(json === undefined ? {} : { json }) }, never)).toEqual(expected);
  });

  it('sends the host name that leads through the ingress', async () => {
    const url = await serve((request, response) =>
      response.writeHead(request.headers.host === 'draw.macula.localhost' ? 200 : 421).end(),
    );
    expect(await ask({ url, host: 'draw.macula.localhost', timeoutSeconds: 1 }, never)).toEqual({
      kind: 'ready',
    });
    expect(await ask({ url, timeoutSeconds: 1 }, never)).toMatchObject({ kind: 'not-ready' });
  });

  it('is given an answer also by who gives none to a client of HTTP/1.0', async () => {
    const url = await serve((request, response) =>
      request.httpVersion === '1.0' ? void request.socket.destroy() : void response.end('ok'),
    );
    expect(await ask({ url, timeoutSeconds: 1 }, never)).toEqual({ kind: 'ready' });
  });

  it('judges no half of an answer', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      setTimeout(() => request.socket.destroy(), 50);
    });
    expect(await ask({ url, timeoutSeconds: 1 }, never)).toMatchObject({ kind: 'unreachable' });
  });

  it('says that nobody listens', async () => {
    const url = await serve(answer(200, ''));
    closers.splice(0).forEach((close) => close());
    const result = await ask({ url, timeoutSeconds: 1 }, never);
    expect(result).toEqual({ kind: 'unreachable', reason: `Nothing answers at ${new URL(url).host} yet` });
  });

  it('gives up on a service that takes the connection and says nothing', async () => {
    const url = await serve(() => undefined);
    const result = await ask({ url, timeoutSeconds: 1 }, never);
    expect(result).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining('No answer') });
  }, 15_000);

  it('is not fooled by an endless body', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(503);
      response.end(`still ${'x'.repeat(1_000_000)}`);
    });
    const result = await ask({ url, timeoutSeconds: 1 }, never);
    expect(result).toMatchObject({ kind: 'not-ready' });
    expect(JSON.stringify(result).length).toBeLessThan(400);
  });
});
