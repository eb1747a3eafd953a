// No engine that can be used: each case is named, with its own next step.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyApplication, isReadableByAll } from '../support/readable-copy.ts';
import { json, macula, type Options, program } from './support/macula.ts';

const isRoot = process.getuid?.() === 0;
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all', '--'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-no-engine-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function expectFailure(options: Options, code: string, words: readonly string[]): Promise<void> {
  for (const command of ['up', 'status']) {
    const told = await macula([command], options);
    expect(told.code).toBe(1);
    for (const word of [...words, 'Next: ']) expect(told.stderr).toContain(word);
  }
  expect(await json(['up'], options)).toMatchObject({ outcome: 'failed', failures: [{ code }] });
  expect(await json(['status'], options)).toMatchObject({ engine: { state: 'unavailable', failure: { code } } });
  const plan = await json(['plan'], options);
  expect(plan).toMatchObject({ ok: false, failures: [{ code }] });
}

describe('an engine', () => {
  test('that is not running: its socket is not there', async () => {
    const endpoint = `unix://${join(folder, 'absent.sock')}`;
    await expectFailure({ environment: { DOCKER_HOST: endpoint } }, 'engine-not-running', [
      'The container engine is not running',
      endpoint,
      'no such file',
      'sudo systemctl start docker',
    ]);
  });

  test('that is not running: nothing else is asked for the telemetry', async () => {
    const environment = { DOCKER_HOST: `unix://${join(folder, 'absent.sock')}` };
    for (const [command, whole] of [
      ['telemetry', 'telemetry status'],
      ['targets', 'targets list'],
    ] as const) {
      const told = await macula([command], { environment });
      expect(told).toMatchObject({ code: 1, stdout: '' });
      expect(told.stderr).toContain('The container engine is not running');
      expect(await json([command], { environment })).toMatchObject({
        command: whole,
        outcome: 'failed',
        failures: [{ code: 'engine-not-running' }],
      });
    }
  });

  test('that is not running: its socket is left behind', async () => {
    const path = join(folder, 'left-behind.sock');
    leaveSocketBehind(path);
    await expectFailure({ environment: { DOCKER_HOST: `unix://${path}` } }, 'engine-not-running', [
      'The container engine is not running',
      'connection refused',
      'sudo systemctl start docker',
    ]);
  });

  test('that this user may not use', async () => {
    const path = join(folder, 'closed.sock');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    try {
      chmodSync(path, 0o600);
      if (!isRoot) chmodSync(path, 0);
      const command = isRoot ? { command: [...nobody, ...readableCommand()] } : {};
      const environment = {
        DOCKER_HOST: `unix://${path}`,
        XDG_CONFIG_HOME: join(folder, 'settings'),
        HOME: '/nowhere',
      };
      await expectFailure({ environment, ...command }, 'engine-permission-denied', [
        'You may not use the container engine',
        'permission denied',
        'sudo usermod -aG docker',
      ]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('that is not installed', async (context) => {
    context.skip(!isRoot || !existsSync('/usr/bin/unshare'), 'only root can hide the engine of the machine');
    // Sockets of engines are below /run and below homes.
    const hide = 'mount -t tmpfs none /run && exec "$0" "$@"';
    const environment = { DOCKER_HOST: '', DOCKER_CONTEXT: '', XDG_RUNTIME_DIR: '', HOME: join(folder, 'home') };
    await expectFailure(
      { environment, command: ['unshare', '--mount', 'sh', '-c', hide, process.execPath, program] },
      'engine-not-found',
      ['No container engine was found', '/var/run/docker.sock', 'sudo apt-get install docker.io'],
    );
  });
});

// Node and the program where every user can read them.
function readableCommand(): readonly string[] {
  if (isReadableByAll(program) && isReadableByAll(process.execPath)) return [process.execPath, program];
  const copy = copyApplication(dirname(dirname(program)), join(folder, 'application'));
  const node = join(folder, 'node');
  copyFileSync(process.execPath, node);
  return [node, join(copy, 'dist/cli.js')];
}

// As a program does that was killed: the file is there and nobody listens.
function leaveSocketBehind(path: string): void {
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['--eval', script]);
  expect(existsSync(path)).toBe(true);
}
