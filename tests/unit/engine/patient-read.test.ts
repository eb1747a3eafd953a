import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readPatiently } from '../../../electron/engine/patient-read.ts';

type Docker = Parameters<typeof readPatiently>[0];

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function engineThat(listener: RequestListener): Promise<{ readonly docker: Docker; readonly server: Server }> {
  const folder = mkdtempSync(join(tmpdir(), 'macula-patient-'));
  const socketPath = join(folder, 'engine.sock');
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  cleanUps.push(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { docker: { modem: { socketPath, version: 'v1.44' } } as unknown as Docker, server };
}

const { signal } = new AbortController();
const ask = (docker: Docker, path = '/containers/c1/stats') =>
  readPatiently(docker, { path, query: { stream: false }, signal });

describe('an answer that can wait', () => {
  it('is had whole, and those that are asked at once come in the same turn', async () => {
    const asked: (string | undefined)[] = [];
    const { docker } = await engineThat((request, response) => {
      asked.push(`${request.httpVersion} ${request.url}`);
      // One after the other, as an engine takes its time.
      setTimeout(() => response.end(`${request.url} ü ${'x'.repeat(10_000)}`), asked.length * 100);
    });
    let turn = 0;
    const count = setInterval(() => (turn += 1), 10);
    const turns = new Set<number>();
    const answers = await Promise.all(
      ['/a', '/b', '/c'].map(async (path) => {
        const answer = await ask(docker, path);
        turns.add(turn);
        return answer;
      }),
    );
    clearInterval(count);
    expect(asked.toSorted()).toEqual(['/a', '/b', '/c'].map((path) => `1.0 /v1.44${path}?stream=false`));
    expect(answers).toEqual(['/a', '/b', '/c'].map((path) => `/v1.44${path}?stream=false ü ${'x'.repeat(10_000)}`));
    expect(turns.size).toBeLessThan(3);
    expect(Math.max(...turns) - Math.min(...turns)).toBeLessThan(5);
  });

  it('is taken as soon as it is whole, also from one who keeps the connection', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'macula-patient-'));
    const socketPath = join(folder, 'engine.sock');
    const server = createSocketServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready'));
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    cleanUps.push(() => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    expect(await ask({ modem: { socketPath } } as unknown as Docker)).toBe('ready');
  });

  it('comes too when it is later than it is looked for', async () => {
    const { docker } = await engineThat((_request, response) => void setTimeout(() => response.end('late'), 2500));
    expect(await ask(docker)).toBe('late');
  });

  it.each<[string, RequestListener]>([
    ['refused', (_request, response) => response.writeHead(409).end('no')],
    ['cut off before it began', (request) => request.socket.destroy()],
    [
      'cut off in the middle',
      (request, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('half');
        setTimeout(() => request.socket.destroy(), 100);
      },
    ],
    ['never given', () => undefined],
  ])('is none when it is %s', async (_what, listener) => {
    const { docker } = await engineThat(listener);
    expect(await ask(docker)).toBeUndefined();
  });

  it('is none without an engine, and for one that is reached otherwise', async () => {
    const nobody = { modem: { socketPath: join(tmpdir(), 'macula-nobody.sock') } } as unknown as Docker;
    expect(await ask(nobody)).toBeUndefined();
    expect(await ask({ modem: { host: '127.0.0.1' } } as unknown as Docker)).toBeUndefined();
  });

  it('is given up with the signal', async () => {
    const { docker } = await engineThat(() => undefined);
    const ended = new AbortController();
    const asked = readPatiently(docker, { path: '/stats', signal: ended.signal });
    const began = performance.now();
    ended.abort();
    expect(await asked).toBeUndefined();
    // Else it would wait for its own end.
    expect(performance.now() - began).toBeLessThan(1500);
  });
});
