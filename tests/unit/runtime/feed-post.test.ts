import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { postJson } from '../../../electron/runtime/telemetry/feed-post.ts';

describe('postJson', () => {
  it.each([false, true])('sends through the door, and tells what is answered (patient: %s)', async (isPatient) => {
    const got: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => {
        got.push(`${request.method} ${request.url} ${request.headers.host} ${request.headers['content-type']} ${text}`);
      });
      request.on('end', () => response.writeHead(400).end('no such thing'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const door = { origin: `http://127.0.0.1:${port}`, host: 'loki.macula.localhost' };
    const { signal } = new AbortController();
    expect(await postJson(door, '/push', '{"ü":1}', signal, isPatient)).toEqual({ status: 400, text: 'no such thing' });
    expect(got).toEqual(['POST /push loki.macula.localhost application/json {"ü":1}']);
    await new Promise((resolve) => server.close(resolve));
    const nobody = await postJson(door, '/push', '{}', signal, isPatient);
    expect(nobody.status).toBe(0);
    expect(nobody.text).toMatch(/ECONNREFUSED/);
  });
});
