// The engine's disk is full: said in words, and the next "up" after room was made finishes the work.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { copyImage } from './support/copy-image.ts';
import { macula } from './support/macula.ts';
import { smallEngineMissing, startSmallEngine, type SmallEngine } from './support/small-engine.ts';
import { getByName, useStack } from './support/stack.ts';

const skipWithoutStack = useStack();
const nginx = catalog.find((service) => service.isIngress);
let engine: SmallEngine | undefined;
let missing: string | undefined;

beforeAll(async () => {
  missing = await smallEngineMissing();
  if (missing !== undefined || nginx === undefined) return;
  engine = await startSmallEngine(160);
  await copyImage(nginx.image.repository, nginx.image.tag, engine.socket);
});

afterAll(() => engine?.close());

describe('on an engine whose disk is full', () => {
  it('up says so, keeps what is there, and finishes once there is room', async (context) => {
    skipWithoutStack(context);
    context.skip(missing !== undefined, missing);
    if (engine === undefined) throw new Error('no engine');
    const environment = { DOCKER_HOST: `unix://${engine.socket}` };
    await engine.fill(0);
    const failed = await macula(['up', 'ingress'], { environment });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('The disk is full');
    expect(failed.stderr).toMatch(/Next: Free some space/);

    await engine.empty();
    const done = await macula(['up', 'ingress'], { environment });
    expect(`${done.code} ${done.stderr}`).toBe('0 ');
    expect((await getByName('nobody.macula.localhost')).status).toBe(421);
    expect((await macula(['down', '--volumes', '--yes'], { environment })).code).toBe(0);
  });
});
