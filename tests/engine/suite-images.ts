// Images from an archive, and under which pin they are found.
import { expect } from 'vitest';
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import { labels } from '../../electron/core/identity.ts';
import { writeImageArchive } from './docker-archive.ts';
import type { TestRun } from './engine-under-test.ts';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

export const imageCases: readonly EngineCase[] = [
  {
    obligation: 'describes the engine',
    async verify({ engine }) {
      expect(engine.description.product).not.toBe('');
      expect(engine.description.apiVersion).toMatch(/^1\.\d+$/);
    },
  },
  {
    obligation: 'an image that is not there is not observed',
    async verify(run) {
      expect((await run.engine.observe(run.query())).images).toEqual({});
    },
  },
  {
    obligation: 'an image loaded from an archive is found under the tag of its pin, of unknown origin',
    async verify(run) {
      await load(run, {});
      const { images } = await run.engine.observe(run.query());
      expect(images['thing']).toMatchObject({ origin: 'unknown' });
      expect(images['thing']?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(images['thing']?.sizeBytes).toBeGreaterThan(100_000);
    },
  },
  {
    obligation: 'a substitute says what it is, and loading it again takes the tag over',
    async verify(run) {
      await load(run, { [labels.substitute]: 'stub' });
      expect((await run.engine.observe(run.query())).images['thing']).toMatchObject({ origin: 'stub' });
    },
  },
  {
    obligation: 'what is no archive is refused',
    realOnly: true,
    async verify({ engine }) {
      await expectFailure(
        engine.loadImage(inPieces(Buffer.from('this is no archive'.repeat(100)))),
        'operation-failed',
      );
    },
  },
  {
    obligation: 'the list of images tells the names, the size and the age of each',
    async verify(run) {
      const { repository, tag } = run.pin;
      const found = await listed(run, `docker.io/${repository}:${tag}`);
      expect(found).toMatchObject({ isUsed: false, labels: expect.objectContaining(run.under.image.labels) });
      expect(found?.sizeBytes).toBeGreaterThan(100_000);
      if (run.under.kind !== 'fake') expect(found?.createdAt).toBe(Date.UTC(2026, 0, 1));
    },
  },
  {
    obligation: 'an image goes with all its names, and one that is gone already is no mistake',
    async verify(run) {
      const tags = ['2', '3'].map((tag) => ({ ...run.pin, repository: `${run.pin.repository}-gone`, tag }));
      for (const pin of tags) await load(run, { 'io.macula.gone': 'yes' }, pin);
      const name = `docker.io/${run.pin.repository}-gone`;
      const found = await listed(run, `${name}:3`);
      expect(await run.engine.removeImage(found?.id ?? '')).toBe('removed');
      const names = (await run.engine.listImages()).flatMap((image) => image.names);
      expect(names.filter((one) => one.startsWith(name))).toEqual([]);
      expect(await run.engine.removeImage(found?.id ?? '')).toBe('removed');
    },
  },
];

async function listed(run: TestRun, name: string) {
  return (await run.engine.listImages()).find((image) => image.names.includes(name));
}

async function load(run: TestRun, more: Readonly<Record<string, string>>, pin: ImagePin = run.pin): Promise<void> {
  const { repository, tag } = pin;
  const { image } = run.under;
  const archive = writeImageArchive({ ...image, repository, tag, labels: { ...image.labels, ...more } });
  await run.engine.loadImage(inPieces(archive));
}

async function* inPieces(archive: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < archive.length; at += 65_536) yield archive.subarray(at, at + 65_536);
}
