// Containers from their creation to their removal.
import { expect } from 'vitest';
import { labels } from '../../electron/core/identity.ts';
import { until } from './engine-under-test.ts';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

export const containerCases: readonly EngineCase[] = [
  {
    obligation: 'a container is observed by its name, with labels and image, from its creation on',
    async verify(run) {
      const desired = run.desired('observed', { kind: 'say', stdout: [] });
      const id = await run.create(desired);
      const containers = await run.observed([desired.name]);
      expect(containers).toEqual([
        {
          id,
          name: desired.name,
          labels: expect.objectContaining(run.labels('observed')),
          imageId: await run.imageId(),
          phase: 'created',
          restartCount: 0,
          outOfMemory: false,
          networks: [run.networkName],
        },
      ]);
      expect(await run.observed([])).toEqual([]);
      expect(await run.engine.inspectContainer(id)).toEqual(containers[0]);
    },
  },
  {
    obligation: 'creating the same container again gives the one that is there',
    async verify(run) {
      const desired = run.desired('again', { kind: 'say', stdout: [] });
      const id = await run.create(desired);
      expect(await run.create(desired)).toBe(id);
    },
  },
  {
    obligation: 'an image that a container has is used, and stays when it is to be removed',
    async verify(run) {
      await run.create(run.desired('image-user', { kind: 'say', stdout: [] }));
      const id = await run.imageId();
      const find = async () => (await run.engine.listImages()).find((image) => image.id === id);
      expect(await find()).toMatchObject({ isUsed: true });
      expect(await run.engine.removeImage(id)).toBe('in-use');
      expect((await find())?.names).toContain(`docker.io/${run.pin.repository}:${run.pin.tag}`);
    },
  },
  {
    obligation: "somebody else's container of that name is a conflict",
    async verify(run) {
      const desired = run.desired('foreign', { kind: 'say', stdout: [] });
      await run.create(desired);
      const theirs = { [labels.stack]: 'of somebody else' };
      const created = run.engine.createContainer(desired, await run.imageId(), run.networkName, theirs);
      expect((await expectFailure(created, 'foreign-container')).name).toBe(desired.name);
    },
  },
  {
    obligation: 'files are put in before the start, into folders that are not there yet',
    async verify(run) {
      const path = '/srv/deep/er/file.txt';
      const files = [{ path, content: 'première ligne\nsecond line\n', mode: 0o640 }];
      const id = await run.run(run.desired('files', { kind: 'show', path }, { files }));
      const lines = await until(
        () => run.lines(id),
        (found) => found.length === 2,
      );
      expect(lines.map((line) => line.text)).toEqual(['première ligne', 'second line']);
    },
  },
  {
    obligation: 'files belong to root, have their mode, and their folders can be entered by everybody',
    realOnly: true,
    async verify(run) {
      const files = [{ path: '/srv/deep/er/file.txt', content: 'x\n', mode: 0o640 }];
      const script = 'busybox ls -ln /srv/deep/er; busybox ls -lnd /srv/deep';
      const text = await run.output(await run.run(run.desired('modes', { kind: 'script', script }, { files })));
      expect(text).toMatch(/-rw-r----- +1 0 +0 +2 .*file\.txt/);
      expect(text).toMatch(/drwxr-xr-x .*\/srv\/deep/);
    },
  },
  {
    obligation: 'a container has its fixed address, its environment and its names on the network',
    realOnly: true,
    async verify(run) {
      const address = run.address(77);
      const server = run.desired(
        'server',
        { kind: 'serve', port: 80, text: 'served' },
        { aliases: ['server', 'also-server'] },
      );
      await run.run(server);
      const script = `busybox ip -4 -o addr; echo "colour=$COLOUR"; busybox nslookup also-server; busybox wget -qO- http://${server.address}/`;
      const environment = { COLOUR: 'green' };
      const desired = run.desired('addressed', { kind: 'script', script }, { address, environment });
      const text = await run.output(await run.run(desired));
      expect(text).toContain(`inet ${address}/24`);
      expect(text).toContain('colour=green');
      expect(text).toMatch(new RegExp(`Address[^\\n]*${server.address.replaceAll('.', '\\.')}`));
      expect(text).toContain('served');
    },
  },
  {
    obligation: 'a start that is done already is success',
    async verify(run) {
      const id = await run.run(run.desired('started', { kind: 'say', stdout: [] }));
      const { startedAt } = await run.inspect(id);
      expect(startedAt).toBeGreaterThan(Date.now() - 60_000);
      await run.engine.startContainer(id);
      expect(await run.inspect(id)).toMatchObject({ phase: 'running', startedAt });
    },
  },
  {
    obligation: 'a program that listens stops at once; stopping it again is success',
    async verify(run) {
      const id = await run.run(run.desired('polite', { kind: 'say', stdout: ['up'] }));
      await until(
        () => run.lines(id),
        (lines) => lines.length > 0,
      );
      const began = Date.now();
      await run.engine.stopContainer(id, 10);
      expect(Date.now() - began).toBeLessThan(5000);
      expect(await run.inspect(id)).toMatchObject({ phase: 'exited', exitCode: 143 });
      await run.engine.stopContainer(id, 10);
    },
  },
  {
    obligation: 'a program that does not listen is killed when its time is over',
    async verify(run) {
      const id = await run.run(run.desired('stubborn', { kind: 'stubborn' }));
      await until(
        () => run.lines(id),
        (lines) => lines.length > 0,
      );
      const began = Date.now();
      await run.engine.stopContainer(id, 1);
      expect(Date.now() - began).toBeGreaterThanOrEqual(900);
      expect(await run.inspect(id)).toMatchObject({ phase: 'exited', exitCode: 137 });
    },
  },
  {
    obligation: 'a restart starts it anew, running or not',
    async verify(run) {
      const id = await run.run(run.desired('restarted', { kind: 'say', stdout: ['up'] }));
      const first = (await run.inspect(id)).startedAt ?? 0;
      await until(
        () => run.lines(id),
        (lines) => lines.length > 0,
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
      await run.engine.restartContainer(id, 5);
      const second = await run.inspect(id);
      expect(second.phase).toBe('running');
      expect(second.startedAt).toBeGreaterThan(first);
      await run.engine.stopContainer(id, 5);
      await run.engine.restartContainer(id, 5);
      expect((await run.inspect(id)).phase).toBe('running');
    },
  },
  {
    obligation: 'a program that ends leaves its exit code and its last lines',
    async verify(run) {
      const program = { kind: 'say', stdout: ['one', 'two', 'three'], stderr: ['broken'], exitCode: 3 } as const;
      // Ended for good only where nothing starts it again, so it is caught between two starts.
      const id = await run.run(run.desired('ended', program));
      const found = await until(
        () => run.inspect(id),
        (container) => container.exitCode !== undefined,
      );
      expect(found.exitCode).toBe(3);
      await run.engine.stopContainer(id, 1);
      const lines = await run.lines(id, { tail: 4 });
      expect(lines.filter((line) => line.stream === 'stdout').map((line) => line.text)).toContain('three');
      expect(lines.filter((line) => line.stream === 'stderr').map((line) => line.text)).toContain('broken');
      expect(lines).toHaveLength(4);
    },
  },
  {
    obligation: 'a running container is removed; removing it again is success',
    async verify(run) {
      const id = await run.run(run.desired('removed', { kind: 'say', stdout: [] }));
      await run.engine.removeContainer(id);
      expect(await run.engine.inspectContainer(id)).toBeUndefined();
      await run.engine.removeContainer(id);
      await run.engine.stopContainer(id, 1);
    },
  },
  {
    obligation: 'a volume keeps what was written when its container is replaced',
    realOnly: true,
    async verify(run) {
      const volumes = [{ name: run.volume('kept'), path: '/data' }];
      await run.engine.createVolume(run.volume('kept'), run.labels());
      const script = 'busybox cat /data/kept; echo again >> /data/kept';
      const desired = run.desired('keeper', { kind: 'script', script }, { volumes });
      const first = await run.run(desired);
      expect(await run.output(first)).not.toContain('again');
      await run.engine.removeContainer(first);
      const second = await run.run(desired);
      expect(await run.output(second)).toContain('again');
      await run.engine.removeContainer(second);
    },
  },
  {
    obligation: 'a volume that is in use, and a network that is, are not removed',
    async verify(run) {
      const name = run.volume('used');
      await run.engine.createVolume(name, run.labels());
      const volumes = [{ name, path: '/data' }];
      await run.run(run.desired('user', { kind: 'say', stdout: [] }, { volumes }));
      await expectFailure(run.engine.removeVolume(name), 'operation-failed');
      const network = await run.findNetwork(run.networkName);
      await expectFailure(run.engine.removeNetwork(network?.id ?? ''), 'operation-failed');
    },
  },
  {
    obligation: 'a command that is not in the image says so',
    realOnly: true,
    async verify(run) {
      const desired = run.desired('absent', { kind: 'say', stdout: [] });
      const id = await run.create({ ...desired, command: ['/no/such/program'] });
      const failure = await expectFailure(run.engine.startContainer(id), 'operation-failed');
      expect(failure.detail).toContain('/no/such/program');
      expect((await run.inspect(id)).phase).not.toBe('running');
    },
  },
];
