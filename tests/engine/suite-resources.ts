// Networks and volumes.
import { expect } from 'vitest';
import { labels } from '../../electron/core/identity.ts';
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
  {
    obligation: "all volumes are listed, also somebody else's that is not asked for by name",
    async verify(run) {
      const [ours, foreign] = [run.volume('listed'), run.volume('listed-foreign')];
      await run.engine.createVolume(ours, run.labels());
      await run.engine.createVolume(foreign, { mine: 'yes' });
      const listed = await run.engine.listVolumes();
      expect(listed).toContainEqual({ name: ours, labels: expect.objectContaining(run.labels()) });
      expect(listed).toContainEqual({ name: foreign, labels: { mine: 'yes' } });
    },
  },
  {
    obligation: 'who has a volume is told, running or not',
    async verify(run) {
      const name = run.volume('had');
      await run.engine.createVolume(name, run.labels());
      await run.engine.createVolume(run.volume('had-by-none'), run.labels());
      const volumes = [{ name, path: '/data' }];
      const still = await run.create(run.desired('has-it', { kind: 'say', stdout: [] }, { volumes }));
      const runs = await run.run(run.desired('uses-it', { kind: 'say', stdout: [] }, { volumes }));
      const users = await run.engine.volumeUsers(name);
      const told = users.map(({ id, name: called, isRunning }) => ({ id, called, isRunning }));
      expect(told).toHaveLength(2);
      expect(told).toContainEqual({ id: still, called: run.named('has-it'), isRunning: false });
      expect(told).toContainEqual({ id: runs, called: run.named('uses-it'), isRunning: true });
      expect(users[0]?.labels).toMatchObject({ [labels.stack]: run.labels()[labels.stack] });
      expect(await run.engine.volumeUsers(run.named('had-by-none'))).toEqual([]);
      await Promise.all([still, runs].map((id) => run.engine.removeContainer(id)));
      expect(await run.engine.volumeUsers(name)).toEqual([]);
    },
  },
];
