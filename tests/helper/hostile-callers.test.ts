// However the root program is called, it takes nothing but the request, and what it began is whole.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { corpus } from './support/corpus.ts';
import { namesBy } from './support/intents.ts';
import { mutated } from './support/mutate.ts';
import { seededRandom } from './support/random.ts';
import { answerOf, obstacle, Sandbox } from './support/sandbox.ts';
import { differences } from './support/tree.ts';
import { refusalCodes } from '../../electron/core/host/host-request.ts';

const reason = obstacle();
const names = namesBy('hosts');
const rounds = 20;
const fuzzed = 500;
let sandbox: Sandbox;

beforeAll(async () => {
  if (reason === undefined) sandbox = await new Sandbox().ready();
});
afterAll(async () => {
  if (reason === undefined) await sandbox.close();
});
beforeEach((context) => {
  context.skip(reason !== undefined, reason);
  sandbox.reset();
});

const applying = async (): Promise<string> =>
  JSON.stringify({ verb: 'apply', intent: names, plan: (await sandbox.plan(names)).hash });

function shell(script: string, input: string): Promise<{ code: number | null; stdout: string }> {
  const child = sandbox.shell(script);
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return once(child, 'close').then(([code]) => ({ code: code as number | null, stdout }));
}

describe('refused, with nothing touched:', () => {
  const calls: Readonly<Record<string, readonly [string, string, string, number]>> = {
    'nothing on standard input': ['"$1" "$2" </dev/null', '', 'bad-request', 64],
    'no standard input': ['"$1" "$2" <&-', '', 'bad-request', 64],
    'a folder as standard input': ['"$1" "$2" </', '', 'unexpected', 70],
    'more than 16 KiB': ['"$1" "$2"', `${' '.repeat(16_384)}{"verb":"undo"}`, 'bad-request', 64],
    'two requests': ['"$1" "$2"', '{"verb":"undo"}{"verb":"undo"}', 'bad-request', 64],
    'no UTF-8': ['"$1" "$2"', '{"verb":"undo\udc00"}', 'bad-request', 64],
    'an argument': ['"$1" "$2" --help', '{"verb":"undo"}', 'bad-request', 64],
    'a change without root': ['setpriv --reuid=65534 --clear-groups "$1" "$2"', '{"verb":"undo"}', 'not-root', 77],
  };
  test.each(Object.entries(calls))('%s', async (_, [script, input, code, exitCode]) => {
    await sandbox.applied(names);
    const before = sandbox.tree();
    const result = await shell(script, input);
    expect(JSON.parse(result.stdout)).toMatchObject({ ok: false, code });
    expect(result.code).toBe(exitCode);
    expect(differences(before, sandbox.tree())).toEqual([]);
  });
});

describe('taken, and whole:', () => {
  const calls: Readonly<Record<string, string>> = {
    'exactly 16 KiB': '"$1" "$2"',
    'a mask of nothing': 'umask 0; "$1" "$2"',
    'a mask of everything': 'umask 0777; "$1" "$2"',
    'few open files': 'ulimit -n 40; "$1" "$2"',
    'in another time and tongue': 'TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8 "$1" "$2"',
    'nobody listens': '"$1" "$2" >&-',
    'nobody listens any more': '"$1" "$2" | true',
    'no error output': '"$1" "$2" 2>&-',
  };
  test.each(Object.entries(calls))('%s', async (title, script) => {
    const before = sandbox.tree();
    const request = await applying();
    await shell(script, title === 'exactly 16 KiB' ? request.padEnd(16_384) : request);
    expect(readFileSync(join(sandbox.etc, 'hosts'), 'utf8')).toContain('127.0.0.4\tgrafana.macula.local\n');
    const made = [...sandbox.tree()].filter(([path]) => path.startsWith('/var/lib/macula-host'));
    expect(made.map(([, words]) => words.slice(0, 10).trim().split(' ')[0])).toEqual([
      '40755',
      '40755',
      '100644',
      '100644',
    ]);
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('a folder that is gone: all or nothing', async () => {
    const folder = join(sandbox.folder, 'gone');
    mkdirSync(folder);
    const before = sandbox.tree();
    const request = await applying();
    const { stdout } = await shell(`cd ${folder}; rmdir ${folder}; "$1" "$2"`, request);
    if (existsSync(folder)) rmdirSync(folder);
    if (stdout !== '') expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGPIPE'] as const)('%s at any moment', async (signal) => {
    const before = sandbox.tree();
    const request = await applying();
    for (let wait = 40; wait <= 90; wait += 10) {
      const child = sandbox.begin();
      child.stdin?.end(request);
      setTimeout(() => child.kill(signal), wait);
      await once(child, 'close');
      const answer = await sandbox.ask({ verb: 'status' });
      expect(answer).toMatchObject({ ok: true, state: { interrupted: false } });
      await sandbox.undone();
      expect(differences(before, sandbox.tree())).toEqual([]);
    }
  });
});

test('programs that it runs get nothing of the environment of the caller', async () => {
  const trap = join(sandbox.folder, 'trap');
  mkdirSync(trap, { recursive: true });
  writeFileSync(join(trap, 'cp'), `#!/bin/sh\ntouch ${trap}/sprung\n`, { mode: 0o755 });
  sandbox.standIn('nmcli', 'env >/run/environment');
  const hosts = readFileSync(join(sandbox.etc, 'hosts'), 'utf8');
  writeFileSync(join(sandbox.etc, 'hosts'), `${hosts}127.0.0.3\tprometheus.macula.local\n`);
  const intent = namesBy('network-manager', 1);
  const plan = (await sandbox.plan(intent)).hash;
  const environment = {
    PATH: `${trap}:/usr/sbin:/usr/bin:/bin`,
    HOME: trap,
    BASH_ENV: `${trap}/x`,
    LD_LIBRARY_PATH: trap,
  };
  const ran = await sandbox.run({ verb: 'apply', intent, plan }, { environment });
  expect(answerOf(ran)).toMatchObject({ ok: true });
  const seen = sandbox.command('cat', '/run/environment').trim().split('\n').sort();
  expect(seen.filter((line) => !line.startsWith('PWD='))).toEqual(['LC_ALL=C', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin']);
  expect(existsSync(join(trap, 'sprung'))).toBe(false);
  await sandbox.undone();
  sandbox.standIn('nmcli');
});

test(`${rounds} times two at once: one is done, the other is done too or told to wait`, async () => {
  let busy = 0;
  for (let round = 0; round < rounds; round += 1) {
    sandbox.reset();
    const before = sandbox.tree();
    const request = await applying();
    const answers = await Promise.all([sandbox.ask(request), sandbox.ask(request)]);
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.code)).sort();
    // One that came after the other had ended finds another machine than it was shown.
    expect([
      ['busy', 'ok'],
      ['ok', 'stale'],
    ]).toContainEqual(codes);
    if (codes.includes('busy')) busy += 1;
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
  }
  expect(busy).toBeGreaterThan(0);
});

test('what a killed one still has running keeps the next one waiting', async () => {
  sandbox.standIn('cp', 'touch /run/copying; sleep 1; exec /usr/bin/cp "$@"');
  const before = sandbox.tree();
  const child = sandbox.begin();
  child.stdin?.end(await applying());
  for (let left = 300; left > 0 && !existsSync(sandbox.runPath('copying')); left -= 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGKILL');
  expect(await sandbox.ask({ verb: 'undo' })).toMatchObject({ ok: false, code: 'busy' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await sandbox.undone();
  sandbox.standIn('cp');
  expect(differences(before, sandbox.tree())).toEqual([]);
});

test('nobody but root can take its lock', async () => {
  await sandbox.undone();
  const lock = sandbox.runPath('macula-host.lock');
  expect(execFileSync('stat', ['--format=%a %u', lock], { encoding: 'utf8' }).trim()).toBe('600 0');
});

test(`${fuzzed} mutated requests as root: what is refused touches nothing`, async () => {
  const random = seededRandom(5);
  const verbs = corpus(false)
    .map(({ request }) => JSON.stringify(request).replace('"verb":"plan"', `"verb":"apply","plan":"${'0'.repeat(64)}"`))
    .filter((words) => /apply|undo/.test(words));
  sandbox.standIn('nft', 'exit 1');
  await sandbox.applied(namesBy('hosts', 1));
  let before = sandbox.tree();
  const codes = new Set<string>();
  for (let left = fuzzed; left > 0; left -= 1) {
    const words = mutated(random, verbs);
    const ran = await sandbox.run(words);
    const answer = answerOf(ran);
    const known = { ok: 0, 'bad-request': 64, stale: 75, 'not-root': 77, unexpected: 70 } as Record<string, number>;
    const code = answer.ok ? 'ok' : answer.code;
    codes.add(code);
    expect(ran.code, words).toBe(known[code] ?? 65);
    if (answer.ok) before = sandbox.tree();
    else
      expect(
        refusalCodes.filter((each) => each !== 'unexpected'),
        words,
      ).toContain(answer.code);
    expect(differences(before, sandbox.tree()), words).toEqual([]);
    expect(ran.stderr, words).toBe('');
  }
  expect([...codes]).toEqual(expect.arrayContaining(['bad-request', 'stale']));
});
