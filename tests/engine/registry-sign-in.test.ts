// A registry that lets in only who signed in: a real pull, with the sign-in that "docker login" would have written.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { connectEngine } from '../../electron/engine/connect.ts';
import { findSignIn } from '../../electron/engine/registry-sign-in.ts';
import { expectFailure } from './expect-failure.ts';
import { startLocalRegistry, type LocalRegistry } from './local-registry.ts';
import { noBusybox, testImageContent } from './test-image.ts';

const credentials = 'somebody:a:secret';
let folder = '';
let registry: LocalRegistry | undefined;
let missing: string | undefined;

function connect() {
  const environment = { ...process.env, DOCKER_CONFIG: folder };
  const socket = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  return connectEngine({ endpoint: socket, environment, home: folder, platform: process.platform, userId: 0 });
}

async function store(configuration: unknown): Promise<void> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(configuration));
}

const auth = Buffer.from(credentials).toString('base64');
const never = new AbortController().signal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'macula-sign-in-'));
  const image = await testImageContent(`sign-in ${process.pid} ${Date.now()}`);
  if (image === undefined) missing = noBusybox;
  else registry = await startLocalRegistry(image);
  registry?.requireSignIn(credentials);
  await store({});
  missing ??= (await connect().then(
    ({ engine }) => engine.close(),
    () => 'no container engine answers here',
  )) as string | undefined;
});

afterAll(async () => {
  await registry?.close();
  await rm(folder, { recursive: true, force: true });
});

function sources(context: TestContext): LocalRegistry {
  context.skip(missing !== undefined, missing);
  if (registry === undefined) throw new Error('no registry');
  return registry;
}

describe('a registry that wants a sign-in', () => {
  it('refuses who has none, and says so', async (context) => {
    const { pin } = sources(context);
    await store({});
    const { engine } = await connect();
    await expectFailure(
      engine.pullImage(pin, () => undefined, never),
      'image-denied',
    );
    engine.close();
  });

  it('lets in who signed in', async (context) => {
    const { pin, host } = sources(context);
    await store({ auths: { [host]: { auth } } });
    const { engine } = await connect();
    await engine.pullImage(pin, () => undefined, never);
    const seen = await engine.observe({ containerNames: [], volumeNames: [], images: { thing: pin } });
    expect(seen.images['thing']).toMatchObject({ origin: 'pinned' });
    engine.close();
  });
});

describe('findSignIn', () => {
  const source = (configuration: unknown) => ({
    environment: {},
    home: '/home/somebody',
    readText: (path: string) =>
      path === '/home/somebody/.docker/config.json' ? JSON.stringify(configuration) : undefined,
  });

  it('knows Docker Hub by its oldest address, and a password with a colon', async () => {
    const found = await findSignIn('grafana/loki', source({ auths: { 'https://index.docker.io/v1/': { auth } } }));
    expect(found).toEqual({ username: 'somebody', password: 'a:secret', serveraddress: 'https://index.docker.io/v1/' });
  });

  it('gives one registry’s sign-in to no other', async () => {
    expect(
      await findSignIn('example.org/thing', source({ auths: { 'https://index.docker.io/v1/': { auth } } })),
    ).toBeUndefined();
  });

  it('asks the helper program, and does without one that is not there or has a path for a name', async () => {
    expect(await findSignIn('nginx', source({ credsStore: 'no-such-helper' }))).toBeUndefined();
    expect(await findSignIn('nginx', source({ credsStore: '../../bin/sh' }))).toBeUndefined();
    const helper = join(folder, 'docker-credential-tests');
    await writeFile(helper, '#!/bin/sh\nread server\nprintf \'{"Username":"u","Secret":"for %s"}\' "$server"\n');
    await chmod(helper, 0o755);
    const before = process.env['PATH'];
    process.env['PATH'] = `${folder}:${before}`;
    try {
      const found = await findSignIn('example.org/thing', source({ credHelpers: { 'example.org': 'tests' } }));
      expect(found).toEqual({ username: 'u', password: 'for example.org', serveraddress: 'example.org' });
    } finally {
      process.env['PATH'] = before;
    }
  });

  it('takes a broken or absent file for none', async () => {
    expect(await findSignIn('nginx', { environment: {}, home: '/', readText: () => '{"auths":' })).toBeUndefined();
    expect(await findSignIn('nginx', { environment: {}, home: '/', readText: () => undefined })).toBeUndefined();
  });
});
