// Pulls, from the stand-in for a registry on loopback.
import { expect } from 'vitest';
import type { ImagePin } from '../../electron/core/catalog/service.ts';
import type { PullProgress } from '../../electron/core/engine-port.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

const noProgress = () => {};

export const pullCases: readonly EngineCase[] = [
  {
    obligation: 'the registry tells what an image weighs before it is pulled',
    realOnly: true,
    async verify({ engine, under }) {
      const { pin } = source(under);
      const answer = await engine.imageManifests(pin, new AbortController().signal);
      expect(answer).toMatchObject({ kind: 'found', downloadBytes: under.registry?.downloadBytes });
      under.registry?.deny(true);
      const denied = await engine.imageManifests(pin, new AbortController().signal);
      under.registry?.deny(false);
      expect(denied).toMatchObject({ kind: 'problem', problem: 'sign-in' });
    },
  },
  {
    obligation: 'a pull that is cancelled ends at once and leaves no image',
    async verify({ engine, under }) {
      const { pin, slowDown } = source(under);
      slowDown(200);
      const cancel = new AbortController();
      let cancelled = 0;
      const onProgress = () => {
        cancelled ||= Date.now();
        cancel.abort();
      };
      await expect(engine.pullImage(pin, onProgress, cancel.signal)).rejects.toMatchObject({ name: 'AbortError' });
      expect(Date.now() - cancelled).toBeLessThan(1000);
      expect(await imageOf(under, pin)).toBeUndefined();
      slowDown(0);
    },
  },
  {
    obligation: 'a pull tells its progress and the image is there under its digest and its tag',
    async verify({ engine, under }) {
      const { pin, slowDown } = source(under);
      slowDown(60);
      const seen: PullProgress[] = [];
      await engine.pullImage(pin, (progress) => seen.push(progress), new AbortController().signal);
      slowDown(0);
      const last = seen.at(-1);
      expect(last?.layersDone).toBe(last?.layersTotal);
      expect(last?.layersTotal).toBeGreaterThan(0);
      expect(last?.bytesDone).toBe(last?.bytesTotal);
      // Until a size is known, the total is 0.
      const sized = seen.filter((progress) => progress.bytesTotal > 0);
      expect(sized).not.toEqual([]);
      expect(sized.filter((progress) => progress.bytesDone > progress.bytesTotal)).toEqual([]);
      expect(await imageOf(under, pin)).toMatchObject({ origin: 'pinned' });
      const otherDigest = { ...pin, digest: `sha256:${'f'.repeat(64)}` };
      expect(await imageOf(under, otherDigest)).toMatchObject({ origin: 'unknown' });
    },
  },
  {
    obligation: 'a digest that the registry does not have is an image that is not found',
    realOnly: true,
    async verify({ engine, under }) {
      const pin = { ...source(under).pin, digest: `sha256:${'e'.repeat(64)}` };
      await expectFailure(engine.pullImage(pin, noProgress, new AbortController().signal), 'image-not-found');
    },
  },
  {
    obligation: 'a repository that the registry does not have is an image that is not found',
    realOnly: true,
    async verify({ engine, under }) {
      const { pin } = source(under);
      const other = { ...pin, repository: pin.repository.replace('thing', 'nothing') };
      const failure = await expectFailure(
        engine.pullImage(other, noProgress, new AbortController().signal),
        'image-not-found',
      );
      expect(failure.image).toBe(`${other.repository}:${other.tag}`);
    },
  },
  {
    obligation: 'a registry that asks for a login denies the image',
    realOnly: true,
    async verify({ engine, under }) {
      under.registry?.deny(true);
      const pin = { ...source(under).pin, digest: `sha256:${'d'.repeat(64)}` };
      await expectFailure(engine.pullImage(pin, noProgress, new AbortController().signal), 'image-denied');
      under.registry?.deny(false);
    },
  },
  {
    obligation: 'a registry that does not answer is unreachable',
    realOnly: true,
    async verify({ engine, under }) {
      const { pin } = source(under);
      const other = { ...pin, repository: '127.0.0.1:9/macula-tests/thing' };
      await expectFailure(engine.pullImage(other, noProgress, new AbortController().signal), 'registry-unreachable');
    },
  },
];

function source(under: EngineUnderTest): {
  readonly pin: ImagePin;
  readonly slowDown: (milliseconds: number) => void;
} {
  const { registry } = under;
  if (registry === undefined) {
    return { pin: { repository: 'somewhere/thing', tag: '1', digest: `sha256:${'a'.repeat(64)}` }, slowDown: () => {} };
  }
  return { pin: registry.pin, slowDown: (milliseconds) => registry.slowDown(milliseconds) };
}

async function imageOf({ engine }: EngineUnderTest, pin: ImagePin) {
  return (await engine.observe({ containerNames: [], volumeNames: [], images: { pulled: pin } })).images['pulled'];
}
