// Whatever lies in the way, the root program refuses it by name and touches nothing.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HostIntent } from '../../electron/core/host/host-request.ts';
import { guarded, knownNames, namesBy } from './support/intents.ts';
import { obstacle, Sandbox } from './support/sandbox.ts';
import { differences } from './support/tree.ts';

const reason = obstacle();
const names = namesBy('hosts');
const nobody = 65_534;
let sandbox: Sandbox;

beforeAll(async () => {
  if (reason === undefined) sandbox = await new Sandbox({ isOnDisk: true }).ready();
});
afterAll(async () => {
  if (reason === undefined) await sandbox.close();
});
beforeEach((context) => context.skip(reason !== undefined, reason));

// Refuses in the preview and in the change, for this reason, and leaves the trees as they are.
async function expectRefusal(intent: HostIntent, why: RegExp, code = 'unsafe-file'): Promise<void> {
  const before = sandbox.tree();
  const plan = await sandbox.ask({ verb: 'plan', intent }, { isNobody: true });
  expect(plan).toMatchObject({ ok: false, code, detail: expect.stringMatching(why) });
  const applied = await sandbox.ask({ verb: 'apply', intent, plan: '0'.repeat(64) });
  expect(applied).toMatchObject({ ok: false, code, detail: expect.stringMatching(why) });
  expect(differences(before, sandbox.tree())).toEqual([]);
}

describe('at the place of the hosts file', () => {
  const traps: Readonly<Record<string, readonly [(path: string) => void, RegExp]>> = {
    'a link': [(path) => link(path, 'elsewhere'), /is a link/],
    'a link to nothing': [(path) => symlinkSync('/etc/nothing', path), /is a link/],
    'a link to a device': [(path) => symlinkSync('/dev/zero', path), /is a link/],
    'a second name': [(path) => hardLink(path), /a second name/],
    'a pipe': [(path) => execFileSync('mkfifo', [path]), /no regular file/],
    'a folder': [(path) => mkdirSync(path), /no regular file/],
    'a device': [(path) => execFileSync('mknod', [path, 'c', '1', '5']), /no regular file/],
    'a socket': [(path) => execFileSync('python3', ['-c', socketScript, path]), /no regular file/],
    'a file that its group may change': [(path) => file(path, 0o664), /others than root/],
    'a file that everybody may change': [(path) => file(path, 0o646), /others than root/],
    'a file of somebody else': [(path) => (file(path, 0o644), chownSync(path, nobody, 0)), /others than root/],
    'two mebibytes': [(path) => writeFileSync(path, '#\n'.repeat(1 << 20)), /larger than 1 MiB/],
  };
  test.each(Object.entries(traps))('%s', async (_, [set, why]) => {
    sandbox.reset();
    const path = join(sandbox.etc, 'hosts');
    rmSync(path);
    set(path);
    await expectRefusal(names, why);
    expect(await sandbox.ask({ verb: 'undo' })).toMatchObject({ ok: true, changed: [] });
  });

  test.each(Object.entries(traps))('%s, since the change: undo leaves it, and says so', async (_, [set]) => {
    sandbox.reset();
    await sandbox.applied(names);
    const path = join(sandbox.etc, 'hosts');
    renameSync(path, `${path}.moved`);
    set(path);
    const before = sandbox.tree();
    const undone = await sandbox.undone();
    expect(undone.changed).toEqual([]);
    expect(undone.kept.map((each) => each.path)).toEqual(['/etc/hosts']);
    expect(differences(before, sandbox.tree(), (each) => each.startsWith('/etc'))).toEqual([]);
  });

  test('a mount', async () => {
    sandbox.reset();
    sandbox.command('mount', '--bind', '/etc/passwd', '/etc/hosts');
    try {
      await expectRefusal(names, /mounted from elsewhere/);
    } finally {
      sandbox.command('umount', '/etc/hosts');
    }
  });

  test.each(['+i', '+a'])('a protected file (chattr %s)', async (flag) => {
    sandbox.reset();
    const path = join(sandbox.etc, 'hosts');
    execFileSync('chattr', [flag, path]);
    try {
      const before = sandbox.tree();
      expect(await sandbox.apply(names)).toMatchObject({
        code: 'unsafe-file',
        detail: expect.stringMatching(/chattr/),
      });
      expect(differences(before, sandbox.tree())).toEqual([]);
    } finally {
      execFileSync('chattr', [flag.replace('+', '-'), path]);
    }
  });
});

describe('around it', () => {
  test('a folder that others may change', async () => {
    sandbox.reset();
    chmodSync(sandbox.etc, 0o775);
    await expectRefusal(names, /no folder of root's alone/);
    chmodSync(sandbox.etc, 0o755);
  });

  test('a folder of somebody else, and a link in its place', async () => {
    sandbox.reset({ ...knownNames, 'dnsmasq.d/README': '' });
    chownSync(join(sandbox.etc, 'dnsmasq.d'), nobody, nobody);
    await expectRefusal(namesBy('dnsmasq'), /no folder of root's alone/);
    renameSync(join(sandbox.etc, 'dnsmasq.d'), join(sandbox.etc, 'other.d'));
    symlinkSync('/etc/other.d', join(sandbox.etc, 'dnsmasq.d'));
    await expectRefusal(namesBy('dnsmasq'), /no folder of root's alone/);
  });

  test('a protected folder: all is put back', async () => {
    sandbox.reset();
    const before = sandbox.tree();
    execFileSync('chattr', ['+i', sandbox.etc]);
    try {
      for (const intent of [names, guarded()]) {
        expect(await sandbox.apply(intent)).toMatchObject({ ok: false, code: 'rolled-back' });
        expect(differences(before, sandbox.tree())).toEqual([]);
      }
    } finally {
      execFileSync('chattr', ['-i', sandbox.etc]);
    }
  });

  test.each(['/etc', '/var/lib'])('%s that can only be read: all is as it was, and undo waits', async (folder) => {
    sandbox.reset();
    const original = sandbox.tree();
    const remount = (mode: string): string => sandbox.command('mount', '-o', `remount,bind,${mode}`, folder);
    remount('ro');
    try {
      for (const intent of [names, guarded()]) {
        expect(await sandbox.apply(intent)).toMatchObject({ ok: false });
        expect(differences(original, sandbox.tree())).toEqual([]);
      }
      remount('rw');
      await sandbox.applied({ ...names, ...guarded() });
      remount('ro');
      expect(await sandbox.ask({ verb: 'undo' })).toMatchObject({ ok: false });
    } finally {
      remount('rw');
    }
    await sandbox.undone();
    expect(differences(original, sandbox.tree())).toEqual([]);
  });
});

describe('at the place of the record', () => {
  const record = (): string => join(sandbox.varLib, 'macula-host');
  const forged = JSON.stringify({
    since: 1,
    intent: names,
    folders: [],
    files: [{ path: '/etc/hosts', before: '../../misc/forged', written: [], isBlock: true }],
  });
  const traps: Readonly<Record<string, () => void>> = {
    'a link': () => {
      mkdirSync(join(sandbox.varLib, 'misc/other'));
      symlinkSync('misc/other', record());
    },
    'a folder of somebody else': () => {
      mkdirSync(record());
      chownSync(record(), nobody, nobody);
    },
    'a folder that others may change': () => {
      mkdirSync(record());
      chmodSync(record(), 0o777);
    },
    'a file': () => writeFileSync(record(), ''),
    'a record of somebody else': () => {
      mkdirSync(record());
      writeFileSync(join(record(), 'state.json'), forged);
      chownSync(join(record(), 'state.json'), nobody, nobody);
    },
    'a record that is a link': () => {
      mkdirSync(record());
      writeFileSync(join(sandbox.varLib, 'misc/state.json'), forged);
      symlinkSync('../misc/state.json', join(record(), 'state.json'));
    },
  };
  test.each(Object.entries(traps))('%s is not believed', async (_, set) => {
    sandbox.reset();
    writeFileSync(join(sandbox.varLib, 'misc/forged'), 'forged\n');
    set();
    const before = sandbox.tree();
    await expectRefusal(names, /var\/lib\/macula-host/);
    expect(await sandbox.ask({ verb: 'undo' })).toMatchObject({ ok: false, code: 'unsafe-file' });
    expect(await sandbox.ask({ verb: 'status' })).toMatchObject({ ok: false, code: 'unsafe-file' });
    expect(differences(before, sandbox.tree())).toEqual([]);
  });
});

const socketScript = 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])';

function link(path: string, name: string): void {
  file(join(path, '..', name), 0o644);
  symlinkSync(name, path);
}

function hardLink(path: string): void {
  file(path, 0o644);
  linkSync(path, `${path}.other`);
}

function file(path: string, mode: number): void {
  writeFileSync(path, '127.0.0.1\tlocalhost\n');
  chmodSync(path, mode);
  expect(readFileSync(path).length).toBe(20);
}
