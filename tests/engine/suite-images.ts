// Images from an archive, and under which pin they are found.
import { expect } from 'vitest';
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
];

async function load(run: TestRun, more: Readonly<Record<string, string>>): Promise<void> {
  const { repository, tag } = run.pin;
  const { image } = run.under;
  const archive = writeImageArchive({ ...image, repository, tag, labels: { ...image.labels, ...more } });
  await run.engine.loadImage(inPieces(archive));
}

async function* inPieces(archive: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < archive.length; at += 65_536) yield archive.subarray(at, at + 65_536);
}
