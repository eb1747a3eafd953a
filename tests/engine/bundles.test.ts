// A bundle of a pulled image on real engines: its pinned digest proves it where no registry answers any more.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../electron/core/catalog/service.ts';
import type { EnginePort } from '../../electron/core/engine-port.ts';
import type { Observed } from '../../electron/core/observed.ts';
import { createBundleWork } from '../../electron/runtime/bundle/bundle-work.ts';
import { exportBundle } from '../../electron/runtime/bundle/export-bundle.ts';
import { importBundle } from '../../electron/runtime/bundle/import-bundle.ts';
import { smallCatalog } from '../unit/core/fixtures.ts';
import { engineKinds, useEngine } from './both-engines.ts';
import { expectFailure } from './expect-failure.ts';

const never = new AbortController().signal;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'macula-bundle-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function workOn(engine: EnginePort, kind: 'export' | 'import', signal = never) {
  return createBundleWork({ engine, signal, now: Date.now, kind, onProgress: () => undefined });
}

async function look(engine: EnginePort, { id, image }: ServiceDefinition): Promise<Observed> {
  const query = { containerNames: [], volumeNames: [], images: { [id]: image } };
  return { ...(await engine.observe(query)), hostSubnets: [] };
}

describe.each(engineKinds)('%s', (kind) => {
  const real = useEngine(kind, [300_000, 400_000]);

  it('a pulled image leaves in a bundle and comes back proven, without its registry', async (context) => {
    const { engine, registry } = real(context);
    const [first] = smallCatalog;
    if (first === undefined) throw new Error('no service');
    const service = { ...first, image: registry.pin };
    const path = join(folder, `${kind}.tar`);
    await engine.pullImage(registry.pin, () => undefined, never);
    const before = await look(engine, service);
    const report = await exportBundle(path, [service], before, workOn(engine, 'export'));
    expect(report.images).toMatchObject([{ service: 'store', verified: 'pinned-digest' }]);

    await engine.removeImage(before.images['store']?.id ?? '');
    registry.deny(true);
    const without = await look(engine, service);
    expect(without.images).toEqual({});
    const mayTrust = () => Promise.reject(new Error('asked for nothing'));
    const query = { path, catalog: [service], observed: without, mayTrust };
    const came = await importBundle(query, workOn(engine, 'import'));
    expect(came).toMatchObject({ images: [{ verified: 'pinned-digest' }], leftOut: [] });

    const after = (await look(engine, service)).images['store'];
    expect(after).toMatchObject({ origin: 'pinned', imported: 'pinned-digest', id: before.images['store']?.id });
    const names = (await engine.listImages()).flatMap((image) => image.names);
    expect(names.filter((name) => name.includes('macula.local/unchecked'))).toEqual([]);
    // What it was is what runs: the program in it says so.
    const run = { service: 'store', imageId: after?.id ?? '', files: [], seconds: 30 };
    const said = await engine.runProgram(
      { ...run, entrypoint: ['/bin/busybox', 'cat'], command: ['/etc/marker'] },
      never,
    );
    expect(said).toMatchObject({ exitCode: 0, output: expect.stringContaining(kind) });
  }, 120_000);

  it('an archive that breaks off in the middle leaves nothing, and its own word is told', async (context) => {
    const { engine } = real(context);
    const ids = async () => (await engine.listImages()).map(({ id }) => id).toSorted();
    const before = await ids();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(100_000);
      await Promise.resolve();
      throw new Error('this is why');
    }
    const failure = await expectFailure(engine.loadImage(breaking()), 'operation-failed');
    expect(failure.detail).toContain('this is why');
    const stop = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        yield Buffer.alloc(100_000);
        await new Promise((resolve) => setTimeout(resolve, 10));
        stop.abort();
      }
    }
    await expect(engine.loadImage(endless(), stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await ids()).toEqual(before);
  }, 60_000);
});
