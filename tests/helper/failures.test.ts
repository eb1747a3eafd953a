// When a program fails, is killed or is gone, or the disk is full, everything is put back, or one undo does it later.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HostAnswer, HostIntent } from '../../electron/core/host/host-request.ts';
import { guarded, knownNames, namesBy } from './support/intents.ts';
import { obstacle, Sandbox } from './support/sandbox.ts';
import { scenarios, setStage } from './support/scenarios.ts';
import { differences, type Tree } from './support/tree.ts';

const reason = obstacle();
const everything: HostIntent = { ...namesBy('resolved'), ...guarded() };
let sandbox: Sandbox;

beforeAll(async () => {
  if (reason === undefined) sandbox = await new Sandbox().ready();
});
afterAll(async () => {
  if (reason === undefined) await sandbox.close();
});
beforeEach((context) => context.skip(reason !== undefined, reason));

const namesIn = (tree: Tree): readonly string[] => [...tree.keys()].filter((path) => !path.includes('/images/'));
const codeOf = (answer: HostAnswer): string => (answer.ok ? 'ok' : answer.code);

describe('a program that does not do its work', () => {
  // What happens at the call with the number in /run/fail-at, counted over all programs.
  const ways = {
    fails: 'exit 1',
    'is killed half way': 'case $real in */cp) printf half >"$to";; esac; kill -9 $$',
    'works and then fails': '"$real" "$@"; exit 1',
    'kills its caller, then works': 'kill -9 $PPID; exec "$real" "$@"',
  };
  const counted = (real: string, way: string): string =>
    `real=${real}; for to; do :; done; echo x >>/run/calls; [ "$(wc -l </run/calls)" = "$(cat /run/fail-at)" ] && { ${way}; }; exec "$real" "$@"`;
  const reals = {
    cp: '/usr/bin/cp',
    nft: '/run/real/nft',
    dnsmasq: '/run/real/dnsmasq',
    systemctl: '/usr/bin/true',
    nmcli: '/usr/bin/true',
  } as const;
  const chosen = ['names after an edit', 'from hosts to dnsmasq', 'another guard', 'guard off', 'undo of all'];

  test.each(Object.entries(ways))('%s, at any call', async (title, way) => {
    let calls = 0;
    for (const scenario of scenarios.filter(({ title }) => chosen.includes(title))) {
      const stage = await setStage(sandbox, scenario);
      const original = { tree: sandbox.tree(), rules: sandbox.rules() };
      for (const [name, real] of Object.entries(reals)) sandbox.standIn(name as keyof typeof reals, counted(real, way));
      for (let at = 1, isReached = true; isReached && at < 40; at += 1) {
        sandbox.restore();
        writeFileSync(sandbox.runPath('calls'), '');
        writeFileSync(sandbox.runPath('fail-at'), `${at}`);
        const before = sandbox.tree();
        const { stdout, signal } = await sandbox.run(stage.request);
        const answer = signal === null ? (JSON.parse(stdout) as HostAnswer) : undefined;
        writeFileSync(sandbox.runPath('fail-at'), '0');
        const said = `${scenario.title}, call ${at}: ${stdout}`;
        isReached = readFileSync(sandbox.runPath('calls'), 'utf8').split('\n').length > at;
        if (isReached) calls += 1;
        if (answer?.ok === false && stage.request.verb === 'apply') {
          expect(codeOf(answer), said).toBe('rolled-back');
          // A file of ours that was rewritten meanwhile has other times.
          expect(namesIn(sandbox.tree()), said).toEqual(namesIn(before));
          expect(sandbox.rules(), said).toBe(original.rules);
        }
        await new Promise((resolve) => setTimeout(resolve, signal === null ? 0 : 50));
        await sandbox.undone();
        expect(stage.wrong(), said).toEqual([]);
      }
      for (const name of Object.keys(reals)) sandbox.standIn(name as keyof typeof reals);
    }
    console.log(`${calls} calls of programs, each of which ${title}`);
    expect(calls).toBeGreaterThan(15);
  });
});

describe('what is gone', () => {
  test.each(['nft', 'dnsmasq', 'systemctl'] as const)('%s fails always: undo gives back all files', async (name) => {
    sandbox.reset(knownNames);
    const before = sandbox.tree();
    await sandbox.applied(everything);
    sandbox.standIn(name, 'exit 1');
    const answer = await sandbox.ask({ verb: 'undo' });
    // Only the packet filter would go on doing something that nobody knows of any more.
    expect(codeOf(answer)).toBe(name === 'nft' ? 'rolled-back' : 'ok');
    sandbox.standIn(name);
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
    expect(sandbox.rules()).toBe('');
  });

  test('systemd: nothing is begun, and undo works', async () => {
    sandbox.reset(knownNames);
    const before = sandbox.tree();
    await sandbox.applied(everything);
    const hidden = sandbox.runPath('systemd/system');
    rmSync(hidden, { recursive: true });
    expect(codeOf(await sandbox.ask({ verb: 'plan', intent: guarded() }))).toBe('no-service-manager');
    await sandbox.undone();
    expect(differences(before, sandbox.tree())).toEqual([]);
    execFileSync('mkdir', ['-p', hidden]);
  });

  test('names that are not known afterwards: all is taken back', async () => {
    sandbox.reset();
    const before = sandbox.tree();
    expect(await sandbox.apply(namesBy('dnsmasq'))).toMatchObject({
      code: 'rolled-back',
      detail: expect.stringContaining('prometheus.macula.local'),
    });
    expect(differences(before, sandbox.tree())).toEqual([]);
  });

  test('a service that cannot start any more is no obstacle to undo', async () => {
    sandbox.reset(knownNames);
    const before = sandbox.tree();
    await sandbox.applied(namesBy('dnsmasq', 2));
    sandbox.standIn('systemctl', 'echo no >&2; exit 1');
    expect(await sandbox.apply(namesBy('dnsmasq'))).toMatchObject({ code: 'rolled-back' });
    await sandbox.undone();
    sandbox.standIn('systemctl');
    expect(differences(before, sandbox.tree())).toEqual([]);
  });
});

describe('a full disk', () => {
  test.each(['/etc', '/var/lib'])('%s: whatever room is left, all or nothing, and undo works', async (folder) => {
    const codes = new Map<string, number>();
    for (let pages = 0; pages <= 14; pages += 1) {
      for (const intent of [namesBy('hosts'), everything]) {
        sandbox.reset(intent === everything ? knownNames : {});
        sandbox.command('mount', '-t', 'tmpfs', '-o', 'size=400k,mode=755', 'tmpfs', '/mnt');
        sandbox.command('cp', '--archive', `${folder}/.`, '/mnt');
        sandbox.command('mount', '--move', '/mnt', folder);
        const before = sandbox.treeInside();
        const plan = (await sandbox.plan(intent)).hash;
        const filler = sandbox.inside(`${folder}/filler`);
        fill(filler, pages);
        const answer = await sandbox.ask({ verb: 'apply', intent, plan });
        codes.set(codeOf(answer), (codes.get(codeOf(answer)) ?? 0) + 1);
        const isFiller = (path: string): boolean => !path.endsWith('/filler');
        if (!answer.ok) {
          expect(['disk-full', 'rolled-back'], JSON.stringify(answer)).toContain(answer.code);
          if (!answer.detail.includes('Not everything'))
            expect(differences(before, sandbox.treeInside(), isFiller), JSON.stringify(answer)).toEqual([]);
        }
        rmSync(filler);
        await sandbox.undone();
        expect(differences(before, sandbox.treeInside())).toEqual([]);
        sandbox.command('umount', folder);
      }
    }
    console.log(`${folder} full: ${[...codes].map(([code, count]) => `${count} ${code}`).join(', ')}`);
    expect(codes.get('disk-full')).toBeGreaterThan(3);
    expect(codes.get('ok')).toBeGreaterThan(3);
  });
});

// Leaves so many pages.
function fill(path: string, pages: number): void {
  try {
    writeFileSync(path, Buffer.alloc(1 << 20));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  truncateSync(path, Math.max(0, statSync(path).size - pages * 4096));
}
