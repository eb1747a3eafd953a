// The command and the root program, each an executable of its own: they need no Node, and heed nobody's.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Ended, must, runCommand } from '../host/support/commands.ts';
import { madePackage, missingPackage, unpack } from './support/package-under-test.ts';

const missing = missingPackage();
const checkout = fileURLToPath(new URL('../../', import.meta.url));

beforeEach((context) => context.skip(missing !== undefined, missing));

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'macula-executables-'));
  if (missing === undefined) await unpack(madePackage().file, folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const programs = { macula: 'usr/lib/macula/macula', 'macula-host': 'usr/lib/macula-host/macula-host' };

interface How {
  readonly settings?: readonly string[];
  readonly input?: string;
}

/** With nothing of ours in the environment: no Node on the PATH and no home. */
function run(
  program: keyof typeof programs,
  args: readonly string[],
  { settings = [], input = '' }: How = {},
): Promise<Ended> {
  const clean = ['env', '-i', 'PATH=/nowhere', 'LANG=C.UTF-8', `HOME=${folder}/home`, ...settings];
  return runCommand([...clean, join(folder, programs[program]), ...args], { input });
}

test('the command tells its version and its help', async () => {
  const { version } = JSON.parse(await must(['cat', join(checkout, 'package.json')])) as { version: string };
  expect(await run('macula', ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect((await run('macula', ['help'])).stdout).toContain('Usage: macula <command>');
  expect(await run('macula', ['nothing'])).toMatchObject({ code: 2, stdout: '' });
});

test('the command says as JSON that no engine answers', async () => {
  const { code, stdout } = await run('macula', ['status', '--json'], {
    settings: ['DOCKER_HOST=unix:///nowhere/socket'],
  });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ engine: { state: 'unavailable' } });
});

test('the command carries the templates: its Compose file is the one of the checkout', async () => {
  const address = 'DOCKER_HOST=unix:///nowhere/socket';
  const packaged = await run('macula', ['compose'], { settings: [address] });
  const own = await must(['env', '-i', address, process.execPath, join(checkout, 'dist/cli.js'), 'compose']);
  expect(packaged).toMatchObject({ code: 0, stdout: own });
  expect(packaged.stdout).toContain('server_name');
});

test('the root program answers what is asked of it, and takes no arguments', async () => {
  const asked = await run('macula-host', [], { input: '{"verb":"status"}' });
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(asked.stdout)).toMatchObject({ ok: true, verb: 'status', state: { interrupted: false } });
  const given = await run('macula-host', ['--version'], { input: '{"verb":"status"}' });
  expect(given).toMatchObject({ code: 64, stderr: '' });
  expect(JSON.parse(given.stdout)).toMatchObject({ ok: false, code: 'bad-request' });
});

// Each of these makes an ordinary Node run or write something of the caller's.
const levers: readonly (readonly [
  string,
  (mark: string, script: string) => Partial<How> & { readonly args?: readonly string[] },
])[] = [
  ['NODE_OPTIONS=--require', (_mark, script) => ({ settings: [`NODE_OPTIONS=--require ${script}`] })],
  ['NODE_OPTIONS=--import', (_mark, script) => ({ settings: [`NODE_OPTIONS=--import file://${script}`] })],
  [
    'NODE_OPTIONS=--redirect-warnings',
    (mark) => ({ settings: [`NODE_OPTIONS=--redirect-warnings=${mark} --pending-deprecation`] }),
  ],
  ['--require', (_mark, script) => ({ args: ['--require', script] })],
  ['--eval', (mark) => ({ args: ['--eval', `require('fs').writeFileSync('${mark}','')`] })],
  ['a script', (_mark, script) => ({ args: [script] })],
];

test.each(levers)('no code of the caller’s runs in either by %s', async (_what, lever) => {
  const mark = join(folder, 'mark');
  const script = join(folder, 'script.cjs');
  writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(mark)}, process.title);`);
  const { args = [], settings = [] } = lever(mark, script);
  for (const program of ['macula', 'macula-host'] as const) {
    await run(program, args, { settings, input: '{"verb":"status"}' });
    expect(existsSync(mark)).toBe(false);
  }
});

test('the levers do work on an ordinary Node, so that the test above means something', async () => {
  const mark = join(folder, 'mark');
  const script = join(folder, 'script.cjs');
  writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(mark)}, '');`);
  await must(['env', `NODE_OPTIONS=--require ${script}`, process.execPath, '--eval', '']);
  expect(existsSync(mark)).toBe(true);
  rmSync(mark);
});

test('neither listens for a debugger when told to', async () => {
  for (const program of ['macula', 'macula-host'] as const) {
    const { stderr } = await run(program, [], {
      settings: ['NODE_OPTIONS=--inspect=127.0.0.1:0'],
      input: '{"verb":"status"}',
    });
    expect(stderr).not.toContain('Debugger');
  }
});
