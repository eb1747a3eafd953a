import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/core/failure.ts';
import { defaultSettings, widestRetention } from '../../../electron/core/settings.ts';
import { settingsDirectory } from '../../../electron/runtime/settings-directory.ts';
import { settingsFile } from '../../../electron/runtime/settings-file.ts';

const long = { days: 90, gigabytes: 40 };
let directory = '';
const path = () => join(directory, 'settings.json');
const open = () => settingsFile({ directory, now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
const written = () => JSON.parse(readFileSync(path(), 'utf8')) as unknown;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'macula-settings-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function failureOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('Nothing failed');
}

describe('settings without a file', () => {
  it('are the defaults, and nothing is written for that', () => {
    expect(open().get()).toEqual(defaultSettings);
    expect(open().failures).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('make the folder when they are changed, for nobody else to read', () => {
    directory = join(directory, 'deep', 'down');
    open().change({ baseDomain: 'infra.test' });
    expect(written()).toEqual({ baseDomain: 'infra.test' });
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });
});

describe('a change', () => {
  it('keeps every other key, known or not, usable or not', () => {
    writeFileSync(path(), JSON.stringify({ fromTheFuture: [1], baseDomain: 'NOT A DOMAIN', startStackWithApp: true }));
    const settings = open();
    expect(settings.failures).toEqual([{ code: 'settings-rejected', path: path(), keys: ['baseDomain'] }]);
    expect(settings.get()).toEqual({ ...defaultSettings, startStackWithApp: true });
    expect(settings.change({ disabledServices: ['loki'] })).toMatchObject({
      disabledServices: ['loki'],
      startStackWithApp: true,
    });
    expect(written()).toEqual({
      fromTheFuture: [1],
      baseDomain: 'NOT A DOMAIN',
      startStackWithApp: true,
      disabledServices: ['loki'],
    });
    settings.change({ baseDomain: 'infra.test' });
    expect(settings.failures).toEqual([]);
    expect(settings.get().baseDomain).toBe('infra.test');
  });

  it('is seen by another front end, whose own change keeps it', () => {
    const [app, commandLine] = [open(), open()];
    app.get();
    commandLine.change({ baseDomain: 'infra.test' });
    expect(app.get().baseDomain).toBe('infra.test');
    app.change({ startStackWithApp: true });
    expect(commandLine.get()).toMatchObject({ baseDomain: 'infra.test', startStackWithApp: true });
    rmSync(path());
    expect(app.get()).toEqual(defaultSettings);
  });

  it('leaves a link to a file elsewhere in place', () => {
    mkdirSync(join(directory, 'dotfiles'));
    writeFileSync(join(directory, 'dotfiles', 'mine.json'), '{}');
    chmodSync(join(directory, 'dotfiles', 'mine.json'), 0o640);
    symlinkSync(join('dotfiles', 'mine.json'), path());
    open().change({ baseDomain: 'infra.test' });
    expect(lstatSync(path()).isSymbolicLink()).toBe(true);
    expect(statSync(path()).mode & 0o777).toBe(0o640);
    expect(written()).toEqual({ baseDomain: 'infra.test' });
  });

  it('of a value that is none is refused, and the file stays', () => {
    writeFileSync(path(), '{"baseDomain":"infra.test"}');
    expect(failureOf(() => open().change({ baseDomain: '...' }))).toMatchObject({
      code: 'settings-rejected',
      keys: ['baseDomain'],
    });
    expect(written()).toEqual({ baseDomain: 'infra.test' });
  });

  it('that cannot be written says so, and the old file stays whole', () => {
    writeFileSync(path(), '{"baseDomain":"infra.test"}');
    const settings = settingsFile({
      directory,
      write: () => {
        throw new Error('no space left on device');
      },
    });
    expect(failureOf(() => settings.change({ startStackWithApp: true }))).toEqual({
      code: 'settings-unwritable',
      path: path(),
      detail: 'no space left on device',
    });
    expect(settings.get()).toEqual({ ...defaultSettings, baseDomain: 'infra.test' });
    expect(written()).toEqual({ baseDomain: 'infra.test' });
  });

  it('whose folder cannot be made says so', () => {
    const blocked = join(directory, 'blocked');
    writeFileSync(blocked, '');
    const settings = settingsFile({ directory: blocked });
    expect(failureOf(() => settings.change({ startStackWithApp: true }))).toMatchObject({
      code: 'settings-unwritable',
    });
    expect(readdirSync(directory)).toEqual(['blocked']);
  });

  it('that finds no room on the disk leaves the old file whole and nothing beside it', (ctx) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', directory], { stdio: 'ignore' });
    if (mounted.status !== 0) ctx.skip('only root may mount a disk that is small enough to be full');
    try {
      writeFileSync(path(), '{"baseDomain":"infra.test"}');
      const settings = open();
      const disabledServices = Array.from({ length: 5000 }, (_none, index) => `service-${index}`);
      expect(failureOf(() => settings.change({ disabledServices }))).toMatchObject({
        code: 'settings-unwritable',
        path: path(),
      });
      expect(written()).toEqual({ baseDomain: 'infra.test' });
      expect(settings.get()).toEqual({ ...defaultSettings, baseDomain: 'infra.test' });
      expect(readdirSync(directory)).toEqual(['settings.json']);
    } finally {
      spawnSync('umount', [directory]);
    }
  });
});

describe('the first use', () => {
  it.each([
    ['no file', undefined, true],
    ['a file that says nothing', '{}', true],
    ['one whose first steps are not done', '{"engineEndpoint":"auto","firstRunDone":false}', true],
    ['one whose first steps are done', '{"firstRunDone":true}', false],
    ['one of an older version, or of the command line', '{"startStackWithApp":true}', false],
    ['one that cannot be read', '{"startStack', false],
  ])('%s', (_what, text, expected) => {
    if (text !== undefined) writeFileSync(path(), text);
    expect(open().isFirstUse()).toBe(expected);
    // A later process says the same.
    expect(open().isFirstUse()).toBe(expected);
  });

  it('is over once the steps are done, and not by what they change', () => {
    const settings = open();
    settings.change({ engineEndpoint: 'unix:///run/other.sock', firstRunDone: false });
    expect(settings.isFirstUse()).toBe(true);
    settings.change({ firstRunDone: true });
    expect(settings.isFirstUse()).toBe(false);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['half a file', '{"baseDomain": "infra'],
    ['an empty file', ''],
    ['a list', '[]'],
    ['noise', '\u0000\u0001'],
  ])('%s is kept under another name, and the defaults are in force, but delete nothing', (_what, text) => {
    writeFileSync(path(), text);
    const settings = open();
    expect(settings.get()).toEqual({ ...defaultSettings, retention: widestRetention });
    const keptAs = join(directory, 'settings.corrupt-2026-01-02T03-04-05-000Z.json');
    expect(settings.failures).toEqual([{ code: 'settings-corrupt', path: path(), keptAs, detail: expect.any(String) }]);
    expect(readFileSync(keptAs, 'utf8')).toBe(text);
    // Still told at the next look, until there is a file again.
    expect(settings.failures).toHaveLength(1);
    settings.change({ baseDomain: 'infra.test' });
    expect(settings.failures).toEqual([]);
    expect(readdirSync(directory).sort()).toEqual(['settings.corrupt-2026-01-02T03-04-05-000Z.json', 'settings.json']);
  });

  it('is missed by every other process too, also one that had read it when it was whole', () => {
    writeFileSync(path(), JSON.stringify({ retention: { ...defaultSettings.retention, logs: long } }));
    const app = open();
    expect(app.get().retention.logs).toEqual(long);
    writeFileSync(path(), '{"retention": {');
    const commandLine = open();
    expect(commandLine.get().retention).toEqual(widestRetention);
    expect(app.get().retention).toEqual(widestRetention);
    const later = open();
    expect(later.get().retention).toEqual(widestRetention);
    for (const { failures } of [app, later]) {
      expect(failures).toMatchObject([{ code: 'settings-corrupt', keptAs: expect.stringContaining('.corrupt-2026') }]);
    }
  });

  it('still deletes nothing when something else is changed, until somebody says how long is kept', () => {
    writeFileSync(path(), '{"retention": {');
    const settings = open();
    settings.change({ startStackWithApp: true });
    expect(open().get()).toEqual({ ...defaultSettings, startStackWithApp: true, retention: widestRetention });
    settings.change({ retention: { ...settings.get().retention, logs: long } });
    expect(open().get().retention).toEqual({ ...widestRetention, logs: long });
    expect(open().failures).toEqual([]);
  });

  it('is not overwritten when it cannot be moved aside', () => {
    mkdirSync(path());
    mkdirSync(join(directory, 'settings.corrupt-2026-01-02T03-04-05-000Z.json'));
    writeFileSync(join(directory, 'settings.corrupt-2026-01-02T03-04-05-000Z.json', 'kept'), '');
    const settings = open();
    expect(settings.failures).toMatchObject([{ code: 'settings-corrupt', keptAs: path() }]);
    expect(failureOf(() => settings.change({ startStackWithApp: true }))).toMatchObject({
      code: 'settings-unwritable',
    });
    expect(statSync(path()).isDirectory()).toBe(true);
  });

  it('may begin with the mark that some editors put there', () => {
    writeFileSync(path(), '\uFEFF{"startStackWithApp": true}');
    expect(open().get().startStackWithApp).toBe(true);
  });
});

describe('the folder', () => {
  it.each([
    [{}, 'linux', '/home/me/.config/macula-desktop'],
    [{ XDG_CONFIG_HOME: '/etc/xdg' }, 'linux', '/etc/xdg/macula-desktop'],
    [{ XDG_CONFIG_HOME: 'relative' }, 'linux', '/home/me/.config/macula-desktop'],
    [{ XDG_CONFIG_HOME: '/etc/xdg' }, 'darwin', '/home/me/Library/Application Support/macula-desktop'],
  ] as const)('for %j on %s is %s', (environment, platform, expected) => {
    expect(settingsDirectory(environment, platform, '/home/me')).toBe(expected);
  });
});
