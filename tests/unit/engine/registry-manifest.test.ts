// What is asked of a registry, and what is believed of its answers. The registry is a stub on loopback.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ImagePin } from '../../../electron/core/catalog/service.ts';
import type { ManifestAnswer } from '../../../electron/core/images/manifests.ts';
import { askManifests } from '../../../electron/engine/registry-manifest.ts';
import { mayBeAsked } from '../../../electron/engine/registry-request.ts';

const platform = { os: 'linux', architecture: 'amd64' };
const signIn = { username: 'somebody', password: 'a:secret', serveraddress: 'x' };
const sum = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const descriptor = (letter: string, size: number) => ({ digest: `sha256:${letter.repeat(64)}`, size });
const manifest = JSON.stringify({
  config: descriptor('c', 100),
  layers: [descriptor('a', 2000), descriptor('b', 30_000)],
});
const entry = (digest: string, os: string, architecture: string) => ({
  digest,
  size: 1,
  platform: { os, architecture },
});
const index = JSON.stringify({
  manifests: [
    entry(`sha256:${'1'.repeat(64)}`, 'linux', 'arm64'),
    entry(sum(manifest), 'linux', 'amd64'),
    entry(`sha256:${'2'.repeat(64)}`, 'unknown', 'unknown'),
  ],
});

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
}

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

type Reply = (asked: Asked, response: ServerResponse, host: string) => void;

async function ask(
  text: string,
  reply: Reply,
  more: { readonly signIn?: typeof signIn; readonly digest?: string; readonly signal?: AbortSignal } = {},
): Promise<{ readonly answer: ManifestAnswer; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const one = { path: request.url ?? '', authorization: request.headers.authorization };
    asked.push(one);
    reply(one, response, host);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const pin: ImagePin = { repository: `${host}/some/thing`, tag: '1', digest: more.digest ?? sum(text) };
  const signal = more.signal ?? new AbortController().signal;
  return { answer: await askManifests(pin, platform, more.signIn, signal), asked };
}

const texts = new Map([manifest, index].map((text) => [`/v2/some/thing/manifests/${sum(text)}`, text]));
const serve: Reply = ({ path }, response) => {
  const text = texts.get(path);
  response.writeHead(text === undefined ? 404 : 200).end(text ?? '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
};
const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Reply =>
  (_asked, response) =>
    void response.writeHead(code, headers).end(body);

describe('a registry is asked for what an image weighs', () => {
  it('of one platform', async () => {
    const { answer } = await ask(manifest, serve);
    expect(answer).toEqual({
      kind: 'found',
      texts: { manifest },
      configDigest: `sha256:${'c'.repeat(64)}`,
      downloadBytes: 32_100,
    });
  });

  it("of several: the engine's own", async () => {
    const { answer, asked } = await ask(index, serve);
    expect(answer).toMatchObject({ kind: 'found', texts: { index, manifest }, downloadBytes: 32_100 });
    expect(asked).toHaveLength(2);
  });

  it('that knows only other platforms', async () => {
    const other = JSON.stringify({ manifests: [entry(sum(manifest), 'linux', 'riscv64')] });
    const { answer } = await ask(other, (_asked, response) => response.end(other));
    expect(answer).toEqual({ kind: 'problem', problem: 'no-platform', detail: 'amd64' });
  });
});

describe('a registry that wants to know who asks', () => {
  const bearer: Reply = (asked, response, host) => {
    if (asked.path.startsWith('/token')) return void response.end('{"token":"abc.def"}');
    if (asked.authorization === 'Bearer abc.def') return serve(asked, response, host);
    const challenge = `Bearer realm="http://${host}/token",service="here",scope="repository:some/thing:pull"`;
    return void response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
  };

  it('gives anybody a token', async () => {
    const { answer, asked } = await ask(index, bearer);
    expect(answer.kind).toBe('found');
    expect(asked[1]).toEqual({
      path: '/token?service=here&scope=repository%3Asome%2Fthing%3Apull',
      authorization: undefined,
    });
    // The token is kept for the second manifest.
    expect(asked.map(({ path }) => path.startsWith('/token'))).toEqual([false, true, false, false]);
  });

  it('is told the sign-in when there is one, and only when it asks', async () => {
    const { asked } = await ask(manifest, bearer, { signIn });
    const basic = `Basic ${Buffer.from('somebody:a:secret').toString('base64')}`;
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, basic, 'Bearer abc.def']);
  });

  it('by name and password', async () => {
    const basic: Reply = (asked, response, host) => {
      if (asked.authorization?.startsWith('Basic ')) return serve(asked, response, host);
      return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="here"' }).end();
    };
    expect((await ask(manifest, basic, { signIn })).answer.kind).toBe('found');
    await close();
    expect((await ask(manifest, basic)).answer).toMatchObject({ problem: 'sign-in' });
  });

  it('is not followed to a place that is neither secure nor here', async () => {
    const challenge = 'Bearer realm="http://192.0.2.1/token"';
    const { answer, asked } = await ask(manifest, status(401, { 'WWW-Authenticate': challenge }), { signIn });
    expect(answer).toMatchObject({ problem: 'strange-answer', detail: expect.stringContaining('192.0.2.1') });
    expect(asked).toHaveLength(1);
  });
});

describe('what goes wrong is told', () => {
  it.each([
    ['it is not there', status(404), { problem: 'not-found' }],
    ['nobody is let in', status(403), { problem: 'sign-in' }],
    ['too many questions', status(429), { problem: 'rate-limited' }],
    ['out of order', status(503), { problem: 'unreachable', detail: 'it answers 503' }],
    ['another text under the digest', status(200, {}, '{}'), { problem: 'not-as-pinned' }],
    ['too long an answer', status(200, {}, 'x'.repeat(5_000_000)), { detail: 'its answer is too long' }],
    ['led round in a circle', status(302, { Location: '/again' }), { detail: 'it leads from place to place' }],
    ['led away', status(302, { Location: 'http://192.0.2.1/' }), { detail: 'it leads to http://192.0.2.1' }],
  ] as const)('%s', async (_name, reply, expected) => {
    expect((await ask(manifest, reply)).answer).toMatchObject({ kind: 'problem', ...expected });
  });

  it.each(['no JSON', '[]', '{"config":{}}', JSON.stringify({ config: descriptor('c', -1), layers: [] })])(
    'no manifest: %s',
    async (text) => {
      const { answer } = await ask(text, status(200, {}, text));
      expect(answer).toMatchObject({ problem: 'strange-answer' });
    },
  );

  it('nobody listens', async () => {
    const pin = { repository: '127.0.0.1:9/thing', tag: '1', digest: sum(manifest) };
    const answer = await askManifests(pin, platform, undefined, new AbortController().signal);
    expect(answer).toEqual({ kind: 'problem', problem: 'unreachable', detail: 'ECONNREFUSED' });
  });

  it('and a question that is not wanted any more ends', async () => {
    const stop = new AbortController();
    const asking = ask(manifest, () => stop.abort(), { signal: stop.signal });
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it.each([
  ['https://registry.example/', 'https://auth.example/token', true],
  ['https://registry.example/', 'http://127.0.0.1/token', false],
  ['http://127.0.0.1:5000/', 'http://127.0.0.1:6000/token', true],
  ['http://127.0.0.1:5000/', 'file:///etc/passwd', false],
])('from %s to %s: %s', (from, to, expected) => {
  expect(mayBeAsked(new URL(to), new URL(from))).toBe(expected);
});
