import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/core/failure.ts';
import { lastingProgram } from '../../../electron/shell/autostart-entry.ts';
import { createLoginStart, type LoginStartParts } from '../../../electron/shell/login-start.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'macula-login-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const command = ['/opt/Macula/macula-desktop', '--hidden'];
const noMac: LoginStartParts['mac'] = {
  getLoginItemSettings: () => ({ openAtLogin: false }),
  setLoginItemSettings: () => undefined,
};
const start = (change: Partial<LoginStartParts> = {}) =>
  createLoginStart({ platform: 'linux', environment: {}, home, command, mac: noMac, ...change });
const entry = () => join(home, '.config', 'autostart', 'macula-desktop.desktop');
const text = () => readFileSync(entry(), 'utf8');
function put(words: string): void {
  mkdirSync(dirname(entry()), { recursive: true });
  writeFileSync(entry(), words);
}

describe('starting with the desktop', () => {
  it.each([
    [{}, '/opt/Macula/macula-desktop', '/opt/Macula/macula-desktop'],
    [
      { APPIMAGE: '/home/a/Macula.AppImage', APPDIR: '/tmp/.mount_Macula' },
      '/tmp/.mount_Macula/macula-desktop',
      '/home/a/Macula.AppImage',
    ],
    // Started from a terminal of another program.
    [
      { APPIMAGE: '/home/a/Editor.AppImage', APPDIR: '/tmp/.mount_Editor' },
      '/opt/Macula/macula-desktop',
      '/opt/Macula/macula-desktop',
    ],
  ])('is of the own program, with the variables %o', (environment, running, expected) => {
    expect(lastingProgram(running, environment)).toBe(expected);
  });

  it('is an entry in the autostart folder, and taken back with it', () => {
    expect(start().get()).toEqual({ startsAtLogin: false });
    expect(start().set(true)).toEqual({ startsAtLogin: true });
    expect(text()).toContain('\nExec=/opt/Macula/macula-desktop --hidden\nTryExec=/opt/Macula/macula-desktop\n');
    expect(start().get()).toEqual({ startsAtLogin: true });
    expect(start().set(false)).toEqual({ startsAtLogin: false });
    expect(() => text()).toThrow('ENOENT');
  });

  it('is where XDG_CONFIG_HOME says, if that is absolute', () => {
    start({ environment: { XDG_CONFIG_HOME: join(home, 'elsewhere') } }).set(true);
    expect(readFileSync(join(home, 'elsewhere', 'autostart', 'macula-desktop.desktop'), 'utf8')).toContain('Macula');
    start({ environment: { XDG_CONFIG_HOME: 'relative' } }).set(true);
    expect(text()).toContain('Macula');
  });

  it.each([
    ['/home/a b/Macula.AppImage', '"/home/a b/Macula.AppImage"'],
    ['/home/100%/Macula', '"/home/100%%/Macula"'],
    ['/a$b`c"d', '"/a\\\\$b\\\\`c\\\\"d"'],
    ['/back\\slash', '"/back\\\\\\\\slash"'],
    ["/it's", '"/it\'s"'],
  ])('quotes %s as desktops read it', (program, expected) => {
    start({ command: [program, '--hidden'] }).set(true);
    expect(text()).toContain(`\nExec=${expected} --hidden\n`);
    expect(readExec(text())).toEqual([program, '--hidden']);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false', 'NotShowIn=GNOME;', 'OnlyShowIn=KDE;'])(
    'is off where its user switched it off in the desktop (%s), and comes back with what was added',
    (line) => {
      const gnome = start({ environment: { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' } });
      gnome.set(true);
      put(text().replace('X-GNOME-Autostart-enabled=true', `${line}\nX-GNOME-Autostart-Delay=20`));
      expect(gnome.get()).toEqual({ startsAtLogin: false });
      expect(gnome.set(true)).toEqual({ startsAtLogin: true });
      expect(text()).toContain('X-GNOME-Autostart-Delay=20');
      expect(text().match(/^Exec=/gm)).toHaveLength(1);
    },
  );

  it('leaves the entry of somebody else alone, and says so', () => {
    put('[Desktop Entry]\nType=Application\nName=Mine\nExec=mine\n');
    expect(start().get()).toMatchObject({
      startsAtLogin: true,
      unavailable: expect.stringContaining("is not Macula's"),
    });
    expect(() => start().set(false)).toThrow(FailureError);
    expect(text()).toContain('Name=Mine');
  });

  it('cannot be chosen in a checkout', () => {
    const checkout = start({ command: undefined });
    expect(checkout.get()).toMatchObject({ startsAtLogin: false, unavailable: expect.stringContaining('checkout') });
    expect(() => checkout.set(true)).toThrow(FailureError);
  });

  it('says why where the folder cannot be written', () => {
    writeFileSync(join(home, '.config'), 'a file');
    const attempt = () => start().set(true);
    expect(attempt).toThrow(FailureError);
  });

  it('is a list of the system on a Mac', () => {
    const asked: unknown[] = [];
    let openAtLogin = false;
    const mac = {
      getLoginItemSettings: () => ({ openAtLogin }),
      setLoginItemSettings(settings: { readonly openAtLogin: boolean; readonly args: string[] }) {
        asked.push(settings);
        openAtLogin = settings.openAtLogin;
      },
    };
    expect(start({ platform: 'darwin', mac }).set(true)).toEqual({ startsAtLogin: true });
    expect(asked).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
  });
});

// Read as the specification has it: the value's own escapes first, then the quoting of arguments.
function readExec(words: string): readonly string[] {
  const value = /^Exec=(.*)$/m.exec(words)?.[1] ?? '';
  const line = value.replace(/\\(.)/g, (_match, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character === 's' ? ' ' : character,
  );
  const found = line.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  return found.map((each) =>
    (each.startsWith('"') ? each.slice(1, -1).replace(/\\(.)/g, '$1') : each).replaceAll('%%', '%'),
  );
}
