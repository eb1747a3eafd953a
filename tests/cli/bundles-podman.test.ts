// A bundle from Docker to Podman, and from there to another Docker.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { podmanMissing, startPodmanService } from '../engine/podman-service.ts';
import { imageStates } from './support/image-states.ts';
import { json } from './support/macula.ts';
import { smallEngineMissing, startSmallEngine } from './support/small-engine.ts';
import { useStack } from './support/stack.ts';

const skipWithoutStack = useStack();
let folder = '';
let missing: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'macula-podman-bundle-'));
  missing = (await podmanMissing()) ?? (await smallEngineMissing());
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('a bundle goes from Docker to Podman, and from there to another Docker', async (context) => {
  skipWithoutStack(context);
  context.skip(missing !== undefined, missing);
  const [there, back] = ['there.tar', 'back.tar'].map((name) => join(folder, name)) as [string, string];
  expect(await json(['bundle', 'export', there])).toMatchObject({ outcome: 'done', bundle: { leftOut: [] } });
  const podman = await startPodmanService('127.0.0.1:9');
  const docker = await startSmallEngine(1600);
  try {
    const atPodman = { environment: { DOCKER_HOST: `unix://${podman.socket}` } };
    const atDocker = { environment: { DOCKER_HOST: `unix://${docker.socket}` } };
    expect(await json(['bundle', 'import', there, '--trust'], atPodman)).toMatchObject({ bundle: { leftOut: [] } });
    expect(await imageStates(atPodman.environment)).not.toContain('missing');
    expect(await json(['bundle', 'export', back], atPodman)).toMatchObject({ bundle: { leftOut: [] } });
    expect(await imageStates(atDocker.environment)).toEqual(['missing']);
    expect(await json(['bundle', 'import', back, '--trust'], atDocker)).toMatchObject({ bundle: { leftOut: [] } });
    expect(await imageStates(atDocker.environment)).not.toContain('missing');
  } finally {
    await podman.cleanUp();
    await docker.close();
  }
}, 500_000);
