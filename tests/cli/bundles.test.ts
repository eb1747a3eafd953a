// The images of the stack in one file, between real engines that reach no registry, and into one whose disk is full.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { imageStates } from './support/image-states.ts';
import { json, macula } from './support/macula.ts';
import { smallEngineMissing, startSmallEngine, type SmallEngine } from './support/small-engine.ts';
import { useStack } from './support/stack.ts';

const run = promisify(execFile);
const skipWithoutStack = useStack();
const ids = catalog.map(({ id }) => id);
let folder = '';
let bundle = '';
let engine: SmallEngine | undefined;
let missing: string | undefined;

beforeAll(async () => {
  missing = await smallEngineMissing();
  folder = await mkdtemp(join(tmpdir(), 'macula-bundles-'));
  bundle = join(folder, 'images.tar');
  if (missing === undefined) engine = await startSmallEngine(5000);
}, 60_000);

afterAll(async () => {
  await engine?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

function needs(context: TestContext): { readonly small: SmallEngine; readonly environment: Record<string, string> } {
  skipWithoutStack(context);
  context.skip(missing !== undefined, missing);
  if (engine === undefined) throw new Error('no engine');
  return { small: engine, environment: { DOCKER_HOST: `unix://${engine.socket}` } };
}

async function ownNames(socket: string): Promise<string> {
  const { stdout } = await run('curl', ['-s', '--unix-socket', socket, 'http://engine/images/json']);
  return (stdout.match(/macula\.local\/[^"]*/g) ?? []).join();
}

describe('macula bundle', () => {
  it('export writes all images into one file, and import brings them to an engine, where up runs them', async (context) => {
    const { environment } = needs(context);
    const exported = await json(['bundle', 'export', bundle]);
    expect(exported).toMatchObject({
      command: 'bundle export',
      outcome: 'done',
      bundle: { path: bundle, leftOut: [] },
    });
    expect(
      (exported['bundle'] as { images: readonly { service: string }[] }).images.map(({ service }) => service),
    ).toEqual(ids);
    const { stdout } = await run('tar', ['tf', bundle]);
    expect(stdout.trim().split('\n')).toEqual(['macula-bundle.json', ...ids.map((id) => `images/${id}.tar`)]);

    expect(await imageStates(environment)).toEqual(['missing']);
    // Nothing proves substitutes, and nobody is there to be asked.
    const refused = await macula(['bundle', 'import', bundle], { environment });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Add --trust');
    expect(await imageStates(environment)).toEqual(['missing']);

    const came = await json(['bundle', 'import', bundle, '--trust'], { environment });
    expect(came).toMatchObject({ outcome: 'done', bundle: { leftOut: [] } });
    expect(await imageStates(environment)).not.toContain('missing');
    const up = await macula(['up'], { environment });
    expect(`${up.code} ${up.stderr}`).toBe('0 ');
    expect(await json(['status'], { environment })).toMatchObject({ stack: { state: 'ready' } });
    expect((await macula(['down', '--volumes', '--yes'], { environment })).code).toBe(0);
  }, 400_000);

  it('import of images that are here does nothing, and removing leaves what services run', async (context) => {
    const { environment } = needs(context);
    const again = await macula(['bundle', 'import', bundle, '--trust'], { environment });
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Its image is here already');
    const removed = await json(['images', '--remove-unused', '--yes'], { environment });
    expect(removed).toMatchObject({ outcome: 'done', removed: [] });
    expect(await imageStates(environment)).not.toContain('missing');
  }, 120_000);

  it('import into an engine whose disk is full says so, leaves nothing half, and goes on once there is room', async (context) => {
    const { small, environment } = needs(context);
    const { stdout } = await run('curl', ['-s', '--unix-socket', small.socket, 'http://engine/images/json']);
    for (const { Id } of JSON.parse(stdout) as readonly { readonly Id: string }[]) {
      await run('curl', ['-s', '-X', 'DELETE', '--unix-socket', small.socket, `http://engine/images/${Id}?force=1`]);
    }
    await small.fill(60_000_000);
    const full = await macula(['bundle', 'import', bundle, '--trust'], { environment });
    expect(full.code).toBe(1);
    expect(full.stderr).toContain('The disk is full');
    expect(await ownNames(small.socket)).not.toContain('unchecked');
    await small.empty();
    expect((await macula(['bundle', 'import', bundle, '--trust'], { environment })).code).toBe(0);
    expect(await imageStates(environment)).not.toContain('missing');
  }, 200_000);
});
