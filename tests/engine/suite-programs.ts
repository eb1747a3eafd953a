// Programs in a container of their own, commands in one that runs, and what a container uses.
import { expect } from 'vitest';
import type { ProgramResult } from '../../electron/core/engine-port.ts';
import { labels } from '../../electron/core/identity.ts';
import type { ObservedContainer } from '../../electron/core/observed.ts';
import { type TestProgram, type TestRun, until } from './engine-under-test.ts';
import { expectFailure } from './expect-failure.ts';
import type { EngineCase } from './suite.ts';

export const programCases: readonly EngineCase[] = [
  {
    obligation: 'a program is run with files of its own, and tells its exit code and both its outputs',
    async verify(run) {
      const path = '/srv/checked/file.conf';
      const files = [{ path, content: '2026-11-24T12:34:56.123456789Z stays, größer too\n', mode: 0o600 }];
      const shown = await start(run, 'shown', { kind: 'show', path, exitCode: 0 }, { files });
      expect(shown).toEqual({ exitCode: 0, output: files[0]?.content });
      const refused = await start(run, 'refused', { kind: 'say', stdout: ['read it'], stderr: ['no'], exitCode: 3 });
      expect(refused.exitCode).toBe(3);
      expect(refused.output.trimEnd().split('\n').toSorted()).toEqual(['no', 'read it']);
    },
  },
  {
    obligation: 'of a program that says much, the last 64 KiB are told',
    async verify(run) {
      const { output } = await start(run, 'much', { kind: 'count', to: 100_000, exitCode: 0 });
      expect(output.length).toBeLessThanOrEqual(65_536);
      expect(output.length).toBeGreaterThan(60_000);
      expect(output.endsWith('\n99999\n100000\n')).toBe(true);
    },
  },
  {
    obligation:
      'a program has a container that is nobody else’s, without a network, and that goes when it is not wanted',
    async verify(run) {
      const stop = new AbortController();
      const found = await seen(run, 'unwanted', async () => {
        const running = start(run, 'unwanted', { kind: 'say', stdout: [] }, {}, stop.signal);
        return { running, over: () => stop.abort() };
      });
      expect(found.error).toMatchObject({ name: 'AbortError' });
      expect(found.container.name).toMatch(new RegExp(`^macula-check-${run.named('unwanted')}-`));
      const others = [labels.stack, labels.service, labels.composeProject, labels.composeService];
      for (const label of others) expect(found.container.labels).not.toHaveProperty([label]);
      expect(found.container.networks?.filter((name) => name !== 'none')).toEqual([]);
      expect(await run.engine.inspectContainer(found.container.id)).toBeUndefined();
    },
  },
  {
    obligation: 'a program that takes too long is ended, and its container goes',
    async verify(run) {
      const found = await seen(run, 'slow', async () => {
        return { running: start(run, 'slow', { kind: 'stubborn' }, { seconds: 2 }), over: () => {} };
      });
      const failure = await expectFailure(Promise.reject(found.error), 'operation-failed');
      expect(failure.detail).toContain('2 seconds');
      expect(await run.engine.inspectContainer(found.container.id)).toBeUndefined();
    },
  },
  {
    obligation: 'a program may have volumes: one to read only, and one to write as root',
    realOnly: true,
    async verify(run) {
      const [old, own] = [run.volume('old'), run.volume('own')];
      await Promise.all([old, own].map((name) => run.engine.createVolume(name, run.labels())));
      const write = async (script: string, isReadOnly: boolean) => {
        const volumes = [
          { name: old, path: '/from', ...(isReadOnly && { isReadOnly: true as const }) },
          { name: own, path: '/to' },
        ];
        const program = ['/bin/busybox', 'sh', '-c', script] as const;
        return run.engine.runProgram(
          {
            service: run.named('writer'),
            imageId: await run.imageId(),
            entrypoint: [program[0]],
            command: program.slice(1),
            files: [],
            seconds: 30,
            volumes,
            asRoot: true,
          },
          new AbortController().signal,
        );
      };
      const filled = await write('echo kept > /from/file && busybox chown 472:0 /from/file', false);
      expect(filled).toEqual({ exitCode: 0, output: '' });
      const copied = await write(
        'busybox cp -a /from/. /to && busybox stat -c "%u:%g" /to/file && busybox cat /to/file',
        true,
      );
      expect(copied).toEqual({ exitCode: 0, output: '472:0\nkept\n' });
      const refused = await write('echo other > /from/file', true);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.output).toContain('Read-only file system');
      const users = await run.engine.volumeUsers(old);
      expect(users).toEqual([]);
    },
  },
  {
    obligation: 'a volume takes along the program of a killed command that has it, and no other container',
    async verify(run) {
      const name = run.volume('left-over');
      await run.engine.createVolume(name, run.labels());
      const has = (service: string) =>
        run.desired(service, { kind: 'say', stdout: [] }, { volumes: [{ name, path: '/data' }] });
      const left = await run.create(has('left'), { [labels.check]: 'left', [labels.checkVolumes]: name });
      const other = await run.create(has('other'));
      await expectFailure(run.engine.removeVolume(name), 'operation-failed');
      await run.engine.removeContainer(other);
      await run.engine.startContainer(left);
      await run.engine.removeVolume(name);
      expect(await run.engine.inspectContainer(left)).toBeUndefined();
      expect((await run.engine.listVolumes()).map((volume) => volume.name)).not.toContain(name);
    },
  },
  {
    obligation: 'a program that the image does not have is a failure that names it',
    realOnly: true,
    async verify(run) {
      const request = { service: run.named('absent'), imageId: await run.imageId(), files: [], seconds: 30 };
      const running = run.engine.runProgram(
        { ...request, entrypoint: ['/no/such/program'], command: [] },
        new AbortController().signal,
      );
      expect((await expectFailure(running, 'operation-failed')).detail).toContain('/no/such/program');
    },
  },
  {
    obligation: 'a program reaches nobody',
    realOnly: true,
    async verify(run) {
      const script = 'busybox ip -o addr; busybox wget -T 2 -qO- http://1.1.1.1/ || echo unreachable; exit 0';
      const { output } = await start(run, 'alone', { kind: 'script', script });
      expect(output).not.toMatch(/inet (?!127\.)/);
      expect(output).toContain('unreachable');
    },
  },
  {
    obligation: 'a command in a running container reads its input to the end and tells its exit code',
    async verify(run) {
      const id = await run.run(run.desired('commanded', { kind: 'say', stdout: [] }));
      const input = 'première ligne\nwithout an end';
      const told = await run.engine.execute(id, run.under.command({ kind: 'echo', exitCode: 4 }), input);
      expect(told).toEqual({ exitCode: 4, output: input });
      const without = await run.engine.execute(id, run.under.command({ kind: 'say', stdout: ['x'], exitCode: 0 }));
      expect(without).toEqual({ exitCode: 0, output: 'x\n' });
    },
  },
  {
    obligation: 'a command takes long input whole',
    realOnly: true,
    async verify(run) {
      const id = await run.run(run.desired('fed', { kind: 'say', stdout: [] }));
      const input = 'ü'.repeat(500_000);
      const counted = await run.engine.execute(id, ['/bin/busybox', 'wc', '-c'], input);
      expect(counted.output.trim()).toBe('1000000');
      const errors = await run.engine.execute(id, ['/bin/busybox', 'sh', '-c', 'busybox ls /no/such; exit 7']);
      expect(errors.exitCode).toBe(7);
      expect(errors.output).toContain('No such file');
    },
  },
  {
    obligation: 'a command in a container that does not run is a failure',
    async verify(run) {
      const id = await run.create(run.desired('asleep', { kind: 'say', stdout: [] }));
      const command = run.under.command({ kind: 'say', stdout: [], exitCode: 0 });
      await expectFailure(run.engine.execute(id, command), 'operation-failed');
    },
  },
];

// Runs it, and finds its container among those that are made meanwhile.
async function seen(
  run: TestRun,
  service: string,
  begin: () => Promise<{ readonly running: Promise<ProgramResult>; readonly over: () => void }>,
): Promise<{ readonly container: ObservedContainer; readonly error: unknown }> {
  const stop = new AbortController();
  const events = await run.listen(stop.signal);
  const { running, over } = await begin();
  const ended = running.then(
    () => undefined,
    (error: unknown) => error,
  );
  const container = await until(
    async () => {
      const started = events.filter((event) => event.kind === 'container' && event.action === 'start');
      const found = await Promise.all(started.map((event) => run.engine.inspectContainer(event.id)));
      return found.find((one) => one?.labels[labels.check] === run.named(service));
    },
    (found) => found !== undefined,
  );
  stop.abort();
  over();
  const error = await ended;
  if (container === undefined) throw new Error('The program was not seen');
  return { container, error };
}

async function start(
  run: TestRun,
  service: string,
  program: TestProgram,
  more: { readonly files?: readonly { path: string; content: string; mode: number }[]; readonly seconds?: number } = {},
  signal = new AbortController().signal,
): Promise<ProgramResult> {
  const [first = '', ...command] = run.under.command(program);
  const imageId = await run.imageId();
  return run.engine.runProgram(
    { service: run.named(service), imageId, entrypoint: [first], command, files: [], seconds: 30, ...more },
    signal,
  );
}
