// Networks and volumes.
import { expect } from 'vitest';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

export const resourceCases: readonly EngineCase[] = [
  {
    obligation: 'a network has its subnet and labels; creating it again is success',
    async verify(run) {
      await run.engine.createNetwork(run.network, run.labels());
      await run.engine.createNetwork(run.network, run.labels());
      const found = await run.findNetwork(run.networkName);
      expect(found?.subnets).toEqual([run.network.subnet]);
      expect(found?.labels).toMatchObject(run.labels());
    },
  },
  {
    obligation: "somebody else's network of that name is a conflict",
    async verify(run) {
      const failure = await expectFailure(run.engine.createNetwork(run.network, {}), 'foreign-network');
      expect(failure.name).toBe(run.networkName);
    },
  },
  {
    obligation: 'a subnet that a network has is not free',
    async verify(run) {
      const other = { ...run.network, name: run.named('other') };
      const failure = await expectFailure(run.engine.createNetwork(other, run.labels()), 'no-free-subnet');
      expect(failure.tried).toEqual([run.network.subnet]);
    },
  },
  {
    obligation: 'a network is removed; removing it again is success',
    async verify(run) {
      const name = run.named('short-lived');
      const number = Number(run.network.subnet.split('.')[2]) / 16 + 121;
      await run.engine.createNetwork(run.networkAt(number, name), run.labels());
      const id = (await run.findNetwork(name))?.id ?? '';
      await run.engine.removeNetwork(id);
      expect(await run.findNetwork(name)).toBeUndefined();
      await run.engine.removeNetwork(id);
    },
  },
  {
    obligation: 'a volume has its labels; creating and removing it twice is success',
    async verify(run) {
      const name = run.volume('twice');
      await run.engine.createVolume(name, run.labels());
      await run.engine.createVolume(name, run.labels());
      const { volumes } = await run.engine.observe(run.query());
      expect(volumes).toContainEqual({ name, labels: expect.objectContaining(run.labels()) });
      await run.engine.removeVolume(name);
      await run.engine.removeVolume(name);
      expect((await run.engine.observe(run.query())).volumes).not.toContainEqual(expect.objectContaining({ name }));
    },
  },
  {
    obligation: "somebody else's volume of that name is seen, and is a conflict",
    async verify(run) {
      const name = run.volume('foreign');
      await run.engine.createVolume(name, {});
      const failure = await expectFailure(run.engine.createVolume(name, run.labels()), 'foreign-volume');
      expect(failure.name).toBe(name);
      const { volumes } = await run.engine.observe(run.query());
      expect(volumes.find((volume) => volume.name === name)?.labels).toEqual({});
    },
  },
];
