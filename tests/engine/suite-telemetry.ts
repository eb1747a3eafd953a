// What is told of containers and volumes beside their state, and the ways to reach others.
import { Buffer } from 'node:buffer';
import { expect } from 'vitest';
import { labels } from '../../electron/core/identity.ts';
import { until } from './engine-under-test.ts';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

export const telemetryCases: readonly EngineCase[] = [
  {
    obligation: 'a file in a container is read as it was put there; what is not there is nothing',
    async verify(run) {
      const path = `/etc/of-the-tests/${'with-a-long-name-'.repeat(5)}.json`;
      const content = '{"umlaut":"\u00fc","lines":"' + 'x'.repeat(2000) + '"}\n';
      const id = await run.create(run.desired('read', { kind: 'say', stdout: ['up'] }));
      expect(await run.engine.readFile(id, path)).toBeUndefined();
      await run.engine.uploadFiles(id, [{ path, content, mode: 0o400 }]);
      expect(await run.engine.readFile(id, path)).toBe(content);
      await run.engine.startContainer(id);
      expect(await run.engine.readFile(id, path)).toBe(content);
      expect(await run.engine.readFile(id, '/etc/of-the-tests/none')).toBeUndefined();
      await run.engine.removeContainer(id);
      expect(await run.engine.readFile(id, path)).toBeUndefined();
    },
  },
  {
    obligation: 'a running container tells what it uses; one that does not run, or is gone, tells nothing',
    async verify(run) {
      const id = await run.create(run.desired('using', { kind: 'say', stdout: ['up'] }));
      expect(await run.engine.containerStats(id)).toBeUndefined();
      await run.engine.startContainer(id);
      const stats = await run.engine.containerStats(id);
      expect(Math.abs((stats?.at ?? 0) - Date.now())).toBeLessThan(60_000);
      for (const figure of Object.values(stats ?? {})) expect(figure).toBeGreaterThanOrEqual(0);
      expect(Object.keys(stats ?? {}).toSorted()).toEqual([
        'at',
        'cpuSeconds',
        'diskReadBytes',
        'diskWrittenBytes',
        'memoryBytes',
        'memoryLimitBytes',
        'networkReceivedBytes',
        'networkSentBytes',
        'processes',
      ]);
      expect(stats?.memoryLimitBytes).toBe(0);
      const patient = await run.engine.patientStats(id);
      // Not every engine answers so; one that does says the same.
      if (patient !== undefined) expect(Object.keys(patient).toSorted()).toEqual(Object.keys(stats ?? {}).toSorted());
      await run.engine.removeContainer(id);
      expect(await run.engine.containerStats(id)).toBeUndefined();
      expect(await run.engine.patientStats(id)).toBeUndefined();
    },
  },
  {
    obligation: 'the machine that it runs on has processors and memory',
    async verify(run) {
      const machine = await run.engine.machine();
      expect(machine?.processors).toBeGreaterThanOrEqual(1);
      expect(machine?.memoryBytes).toBeGreaterThan(100_000_000);
      expect(await run.engine.machine()).toEqual(machine);
    },
  },
  {
    obligation: 'with patience, the figures of several are told, and all at one time',
    realOnly: true,
    async verify(run) {
      const text = { kind: 'say', stdout: ['up'] } as const;
      const ids = [await run.run(run.desired('patient-a', text)), await run.run(run.desired('patient-b', text))];
      const times: number[] = [];
      const found = await Promise.all(
        ids.map((id) => run.engine.patientStats(id).finally(() => times.push(performance.now()))),
      );
      // Picked up one by one, the second would come by itself.
      expect(Math.abs((times[1] ?? 0) - (times[0] ?? 0))).toBeLessThan(500);
      for (const stats of found) {
        expect(Math.abs((stats?.at ?? 0) - Date.now())).toBeLessThan(60_000);
        expect(stats?.processes).toBeGreaterThanOrEqual(1);
      }
    },
  },
  {
    obligation: 'the figures are of what the container did',
    realOnly: true,
    async verify(run) {
      const server = run.desired('figures-server', { kind: 'serve', port: 80, text: 'y'.repeat(1000) });
      await run.run(server);
      const work = 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done';
      const fetch = `j=0; while [ $j -lt 50 ]; do busybox wget -qO/dev/null http://${server.address}/; j=$((j+1)); done`;
      const id = await run.run(run.desired('figures', { kind: 'script', script: `${work}; ${fetch}` }));
      await run.output(id);
      const stats = await until(
        () => run.engine.containerStats(id),
        (found) => (found?.cpuSeconds ?? 0) > 0.1,
      );
      expect(stats?.cpuSeconds).toBeLessThan(60);
      expect(stats?.networkReceivedBytes).toBeGreaterThan(50_000);
      expect(stats?.networkSentBytes).toBeGreaterThan(1000);
      expect(stats?.memoryBytes).toBeGreaterThan(50_000);
      expect(stats?.memoryBytes).toBeLessThan(200_000_000);
      expect(stats?.processes).toBeGreaterThanOrEqual(2);
    },
  },
  {
    obligation: 'a volume that is there has a size, one that is not has none',
    async verify(run) {
      const name = run.volume('measured');
      await run.engine.createVolume(name, run.labels());
      const sizes = await run.engine.volumeSizes([name, run.named('not-there')]);
      expect(Object.keys(sizes)).toEqual([name]);
      expect(sizes[name]).toBeLessThan(100_000);
    },
  },
  {
    obligation: 'the size of a volume is that of what is in it',
    realOnly: true,
    async verify(run) {
      const name = run.volume('filled');
      await run.engine.createVolume(name, run.labels());
      const script = 'busybox dd if=/dev/zero of=/data/file bs=1M count=3 2>/dev/null';
      const desired = run.desired('filler', { kind: 'script', script }, { volumes: [{ name, path: '/data' }] });
      await run.output(await run.run(desired));
      const sizes = await run.engine.volumeSizes([name]);
      expect(sizes[name]).toBeGreaterThanOrEqual(3 * 1024 * 1024);
      expect(sizes[name]).toBeLessThan(4 * 1024 * 1024);
    },
  },
  {
    obligation: 'a container joins a further network and leaves it; both are success when it is so already',
    async verify(run) {
      const name = run.named('further');
      const number = Number(run.network.subnet.split('.')[2]) / 16 + 122;
      await run.engine.createNetwork(run.networkAt(number, name), run.labels());
      const id = await run.run(run.desired('joining', { kind: 'say', stdout: [] }));
      const networks = async () => (await run.inspect(id)).networks?.toSorted();
      await run.engine.connectNetwork(name, id);
      await run.engine.connectNetwork(name, id);
      expect(await networks()).toEqual([run.networkName, name].toSorted());
      await run.engine.disconnectNetwork(name, id);
      await run.engine.disconnectNetwork(name, id);
      expect(await networks()).toEqual([run.networkName]);
      await run.engine.disconnectNetwork(run.named('not-there'), id);
      await expectFailure(run.engine.connectNetwork(run.named('not-there'), id), 'operation-failed');
      await run.engine.removeContainer(id);
      await run.engine.disconnectNetwork(name, id);
    },
  },
  {
    obligation: 'containers of others that ask for it are seen while they run, with their networks and addresses',
    async verify(run) {
      const asking = run.desired('asking', { kind: 'say', stdout: [] });
      const given = { ...run.labels('asking'), [labels.observe]: 'true', [labels.metricsPort]: '9100' };
      const id = await run.create(asking, given);
      const silent = await run.create(run.desired('silent', { kind: 'say', stdout: [] }), {
        ...run.labels('silent'),
        [labels.observe]: 'false',
      });
      await run.engine.startContainer(silent);
      const labelled = async () => (await run.engine.observe(run.query())).labelled ?? [];
      expect((await labelled()).some((one) => one.id === id)).toBe(false);
      await run.engine.startContainer(id);
      const found = await labelled();
      expect(found.find((one) => one.id === id)).toEqual({
        id,
        name: asking.name,
        labels: expect.objectContaining(given),
        networks: { [run.networkName]: asking.address },
      });
      expect(found.some((one) => one.id === silent)).toBe(false);
    },
  },
  {
    obligation: 'a container may be given a socket of the machine and further names of hosts',
    realOnly: true,
    async verify(run) {
      const engineSocket = run.engine.description.endpoint.replace('unix://', '');
      const extraHosts = ['other.test:10.1.2.3', 'host.docker.internal:host-gateway'];
      const script = 'busybox ls -l /var/run/docker.sock; busybox cat /etc/hosts';
      const text = await run.output(
        await run.run(run.desired('given', { kind: 'script', script }, { engineSocket, extraHosts })),
      );
      expect(text).toMatch(/^s\S+ .*\/var\/run\/docker\.sock$/m);
      expect(text).toMatch(/^10\.1\.2\.3\s+other\.test$/m);
      expect(text).toMatch(/^\d+\.\d+\.\d+\.\d+\s+.*host\.docker\.internal/m);
    },
  },
  {
    obligation: 'a file may belong to another user than root',
    realOnly: true,
    async verify(run) {
      const files = [{ path: '/srv/owned/secret', content: 'x\n', mode: 0o600, owner: 10_001 }];
      const script = 'busybox ls -ln /srv/owned';
      const text = await run.output(await run.run(run.desired('owned', { kind: 'script', script }, { files })));
      expect(text).toMatch(/-rw------- +1 10001 +10001 +2 .*secret/);
    },
  },
  {
    obligation: 'a file is exchanged while its container runs',
    async verify(run) {
      const path = '/srv/live/file.txt';
      const files = [{ path, content: `${'a'.repeat(3000)}\n`, mode: 0o644 }];
      const id = await run.run(run.desired('live', { kind: 'say', stdout: [] }, { files }));
      const content = `${'b'.repeat(2000)}\n`;
      await run.engine.uploadFiles(id, [{ path, content, mode: 0o644 }]);
      const shown = await run.engine.execute(id, run.under.command({ kind: 'show', path, exitCode: 0 }));
      expect(shown.output).toBe(content);
      expect(Buffer.byteLength(shown.output)).toBe(2001);
    },
  },
];
