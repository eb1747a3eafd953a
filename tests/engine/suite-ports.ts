// Published ports: observed, answering, taken.
import { expect } from 'vitest';
import { until } from './engine-under-test.ts';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

export const portCases: readonly EngineCase[] = [
  {
    obligation: 'a published port is listened on, and observed with its owner',
    async verify(run) {
      const hostPort = run.freePort();
      const publishes = [{ hostAddress: run.hostAddress, hostPort, containerPort: 80 }];
      const desired = run.desired('published', { kind: 'serve', port: 80, text: 'hello' }, { publishes });
      const id = await run.run(desired);
      const { listeners } = await run.engine.observe(run.query());
      const owner = `container "${desired.name}"`;
      expect(listeners).toContainEqual({ address: run.hostAddress, port: hostPort, owner, containerId: id });
      await run.engine.stopContainer(id, 2);
      const after = await run.engine.observe(run.query());
      expect(after.listeners).not.toContainEqual(expect.objectContaining({ port: hostPort }));
    },
  },
  {
    obligation: 'a published port answers',
    realOnly: true,
    async verify(run) {
      const hostPort = run.freePort();
      const publishes = [{ hostAddress: run.hostAddress, hostPort, containerPort: 80 }];
      await run.run(run.desired('answering', { kind: 'serve', port: 80, text: 'hello' }, { publishes }));
      const ask = () =>
        fetch(`http://${run.hostAddress}:${hostPort}/`).then(
          (answer) => answer.text(),
          () => '',
        );
      expect(await until(ask, (text) => text !== '')).toBe('hello\n');
    },
  },
  {
    obligation: 'a port that a container holds is taken, and says by whom',
    async verify(run) {
      const hostPort = run.freePort();
      const publishes = [{ hostAddress: run.hostAddress, hostPort, containerPort: 80 }];
      const holder = run.desired('holder', { kind: 'say', stdout: [] }, { publishes });
      await run.run(holder);
      const id = await run.create(run.desired('late', { kind: 'say', stdout: [] }, { publishes }));
      expect(await expectFailure(run.engine.startContainer(id), 'port-taken')).toEqual({
        code: 'port-taken',
        service: 'late',
        address: run.hostAddress,
        port: hostPort,
        owner: `container "${holder.name}"`,
      });
    },
  },
];
