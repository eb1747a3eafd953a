import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { isSuitable } from '../../build/bootstrap/node.mjs';
import { makeSmallCheckout, type SmallCheckout } from './support/small-checkout.ts';

let checkout: SmallCheckout | undefined;

afterEach(() => checkout?.remove());

test('a fresh program is run with nothing added to what it prints', async () => {
  checkout = makeSmallCheckout(`
    let input = '';
    for await (const chunk of process.stdin) input += chunk;
    console.log(JSON.stringify({ args: process.argv.slice(2), input, file: process.argv[1] }));
    console.error('a word');
    process.exitCode = 3;
  `);
  const ended = await checkout.run(['macula', 'status', '--json'], 'typed');
  expect(ended).toEqual({ code: 3, signal: null, stdout: expect.any(String), stderr: 'a word\n' });
  expect(JSON.parse(ended.stdout)).toEqual({
    args: ['status', '--json'],
    input: 'typed',
    file: join(checkout.folder, 'dist/cli.js'),
  });
});

test.each([
  ['is changed', 'electron/cli.ts', '// another source\n'],
  ['appears', 'electron/core/new.ts', '// new\n'],
  ['of the build is changed', 'build/vite/configs.mjs', '// other settings\n'],
])('when a source %s, the program is built before it runs', async (_what, path, text) => {
  checkout = makeSmallCheckout(`console.log('ran');`);
  // Stands in for the packages and for the build, which only says that it was called.
  checkout.write('node_modules/.macula-lock', await lockHash(checkout));
  checkout.write('build/build.mjs', `export const run = (names) => console.log('built', names.join());`);
  checkout.write(path, text);
  expect(await checkout.run(['macula'])).toEqual({ code: 0, signal: null, stdout: 'ran\n', stderr: 'built cli\n' });
});

async function lockHash(from: SmallCheckout): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256')
    .update(readFileSync(join(from.folder, 'package-lock.json')))
    .digest('hex');
}

test('a source outside of what the program is made from does not matter', async () => {
  checkout = makeSmallCheckout(`console.log('ran');`);
  checkout.write('tests/new.test.ts', '// new\n');
  checkout.write('renderer/new.tsx', '// new\n');
  expect(await checkout.run(['macula'])).toMatchObject({ code: 0, stdout: 'ran\n', stderr: '' });
});

const counting = `
  let interrupts = 0;
  process.on('SIGINT', () => { interrupts += 1; });
  console.log('ready');
  setTimeout(() => { console.log('interrupts: ' + interrupts); process.exit(0); }, 1200);
`;

test('the two signals of one Ctrl-C arrive as one', async () => {
  checkout = makeSmallCheckout(counting);
  const child = checkout.start(['macula']);
  let printed = '';
  child.stdout?.on('data', (chunk) => (printed += chunk));
  while (!printed.includes('ready')) await sleep(10);
  child.kill('SIGINT');
  await sleep(20);
  child.kill('SIGINT');
  await once(child, 'close');
  expect(printed).toBe('ready\ninterrupts: 1\n');
});

test('a second Ctrl-C later on is a second one', async () => {
  checkout = makeSmallCheckout(counting);
  const child = checkout.start(['macula']);
  let printed = '';
  child.stdout?.on('data', (chunk) => (printed += chunk));
  while (!printed.includes('ready')) await sleep(10);
  child.kill('SIGINT');
  await sleep(450);
  child.kill('SIGINT');
  await once(child, 'close');
  expect(printed).toBe('ready\ninterrupts: 2\n');
});

test('a program that does not listen ends by the signal, and leaves nothing behind', async () => {
  checkout = makeSmallCheckout(`console.log(process.pid); setInterval(() => undefined, 1000);`);
  const child = checkout.start(['macula']);
  const [pid] = await once(child.stdout ?? child, 'data');
  // It is the bootstrap's own process: there is no other that could stay.
  expect(Number(pid)).toBe(child.pid);
  child.kill('SIGTERM');
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGTERM');
});

test('a signal to npm reaches the program, whose exit code comes back', async () => {
  checkout = makeSmallCheckout(`
    process.on('SIGTERM', () => process.exit(5));
    console.log('ready');
    setInterval(() => undefined, 1000);
  `);
  const npm = spawn('npm', ['run', '--silent', 'macula'], { cwd: checkout.folder });
  await once(npm.stdout, 'data');
  npm.kill('SIGTERM');
  expect(await once(npm, 'close')).toEqual([5, null]);
});

test('an unknown verb is answered with the usage', async () => {
  checkout = makeSmallCheckout('');
  const ended = await checkout.run(['stat']);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^Usage: .*macula/);
});

test('tools run on the lines of Node that they accept', () => {
  const versions = ['20.20.2', '22.11.0', '22.12.0', '22.20.1', '23.5.0', '24.0.0', '25.1.0', '26.0.0'];
  expect(versions.filter(isSuitable)).toEqual(['22.12.0', '22.20.1', '24.0.0', '26.0.0']);
});
