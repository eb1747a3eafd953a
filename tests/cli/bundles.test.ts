// The images of the stack in one file, between real engines that reach no registry; full disks and kills on the way.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { podmanMissing, startPodmanService } from '../engine/podman-service.ts';
import { json, macula, startMacula } from './support/macula.ts';
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
  if (missing === undefined) engine = await startSmallEngine(1600);
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

interface ListedImage {
  readonly service: string;
  readonly state: string;
}

async function states(environment: Record<string, string>): Promise<readonly string[]> {
  const { images } = (await json(['images'], { environment })) as { readonly images: readonly ListedImage[] };
  return [...new Set(images.map(({ state }) => state))].toSorted();
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
    expect((exported['bundle'] as { images: readonly ListedImage[] }).images.map(({ service }) => service)).toEqual(
      ids,
    );
    const { stdout } = await run('tar', ['tf', bundle]);
    expect(stdout.trim().split('\n')).toEqual(['macula-bundle.json', ...ids.map((id) => `images/${id}.tar`)]);

    expect(await states(environment)).toEqual(['missing']);
    // Nothing proves substitutes, and nobody is there to be asked.
    const refused = await macula(['bundle', 'import', bundle], { environment });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Add --trust');
    expect(await states(environment)).toEqual(['missing']);

    const came = await json(['bundle', 'import', bundle, '--trust'], { environment });
    expect(came).toMatchObject({ outcome: 'done', bundle: { leftOut: [] } });
    expect(await states(environment)).not.toContain('missing');
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
    expect(await states(environment)).not.toContain('missing');
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
    expect(await states(environment)).not.toContain('missing');
  }, 200_000);

  it('export to a disk that fills up says so, and leaves no file', async (context) => {
    needs(context);
    const disk = join(folder, 'disk');
    await mkdir(disk);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=30m', 'tmpfs', disk]);
    try {
      const small = await macula(['bundle', 'export', join(disk, 'images.tar')]);
      expect(small.code).toBe(1);
      expect(small.stderr).toContain('There is no room for the bundle');
      expect(small.stderr).toMatch(/it needs about .* are free/);

      await run('mount', ['-o', 'remount,size=1200m', disk]);
      const export_ = startMacula(['bundle', 'export', join(disk, 'images.tar')]);
      await export_.until(/prom\/prometheus/);
      const { bavail, bsize } = await statfs(disk);
      await writeFile(join(disk, 'filler'), Buffer.alloc(bavail * bsize - 8_000_000));
      const { code, stderr } = await export_.ended;
      expect(stderr).toContain('There is no room for the bundle');
      expect(code).toBe(1);
      expect(await readdir(disk)).toEqual(['filler']);
    } finally {
      await run('umount', ['--lazy', disk]);
    }
  }, 200_000);

  it('export that is interrupted or killed leaves nothing under its name, and the next one tidies up', async (context) => {
    needs(context);
    const place = join(folder, 'killed');
    await mkdir(place);
    const path = join(place, 'images.tar');
    const interrupted = startMacula(['bundle', 'export', path]);
    await interrupted.until(/prom\/prometheus/);
    interrupted.interrupt();
    expect((await interrupted.ended).code).toBe(130);
    expect(await readdir(place)).toEqual([]);

    const killed = startMacula(['bundle', 'export', path]);
    await killed.until(/prom\/prometheus/);
    killed.process.kill('SIGKILL');
    await killed.ended;
    const left = await readdir(place);
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(/^\.images\.tar-.*\.macula-partial$/);

    expect((await macula(['bundle', 'export', path])).code).toBe(0);
    expect(await readdir(place)).toEqual(['images.tar']);
    expect((await stat(path)).mode & 0o777).toBe(0o644 & ~process.umask());
    const again = await macula(['bundle', 'export', path]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('Add --yes to replace it');
  }, 300_000);

  it('goes from Docker to Podman and back', async (context) => {
    const { small, environment } = needs(context);
    const absent = await podmanMissing();
    context.skip(absent !== undefined, absent);
    const podman = await startPodmanService('127.0.0.1:9');
    try {
      const there = { environment: { DOCKER_HOST: `unix://${podman.socket}` } };
      expect(await json(['bundle', 'import', bundle, '--trust'], there)).toMatchObject({ bundle: { leftOut: [] } });
      expect(await states(there.environment)).not.toContain('missing');
      const back = join(folder, 'back.tar');
      expect(await json(['bundle', 'export', back], there)).toMatchObject({ bundle: { leftOut: [] } });
      const { stdout } = await run('curl', ['-s', '--unix-socket', small.socket, 'http://engine/images/json']);
      for (const { Id } of JSON.parse(stdout) as readonly { readonly Id: string }[]) {
        await run('curl', ['-s', '-X', 'DELETE', '--unix-socket', small.socket, `http://engine/images/${Id}?force=1`]);
      }
      expect(await json(['bundle', 'import', back, '--trust'], { environment })).toMatchObject({
        bundle: { leftOut: [] },
      });
      expect(await states(environment)).not.toContain('missing');
    } finally {
      await podman.cleanUp();
    }
  }, 400_000);
});
