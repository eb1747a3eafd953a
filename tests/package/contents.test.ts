// What is in the package, looked at without installing it.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPackage as listArchive } from '@electron/asar';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readFuses } from '../../build/package/fuses.mjs';
import { must } from '../host/support/commands.ts';
import {
  controlField,
  listPackage,
  madePackage,
  missingPackage,
  type PackagedFile,
  unpack,
} from './support/package-under-test.ts';

const missing = missingPackage();
const checkout = fileURLToPath(new URL('../../', import.meta.url));

beforeEach((context) => context.skip(missing !== undefined, missing));

let file: string;
let files: readonly PackagedFile[];
let tree: string;

beforeAll(async () => {
  if (missing !== undefined) return;
  ({ file } = madePackage());
  files = await listPackage(file);
  tree = mkdtempSync(join(tmpdir(), 'macula-package-'));
  await unpack(file, tree);
});

afterAll(() => {
  if (tree !== undefined) rmSync(tree, { recursive: true, force: true });
});

test('everything belongs to root, and nobody else may change it', () => {
  expect(files.filter(({ owner }) => owner !== 'root/root')).toEqual([]);
  expect(files.filter(({ mode }) => !mode.startsWith('l') && /^.....w|^........w/.test(mode))).toEqual([]);
  // Not even Chromium's helper, before it is known whether this system needs that.
  expect(files.filter(({ mode }) => /s|t/.test(mode))).toEqual([]);
});

test('outside of its own folders it has two links, what desktops read, and the word to polkit', () => {
  const own = /^\/(opt\/Macula|usr\/lib\/macula|usr\/lib\/macula-host|usr\/share\/doc\/macula-desktop)\//;
  const sizes = [16, 22, 24, 32, 48, 64, 128, 256, 512].map((size) => `${size}x${size}`);
  const others = files.filter(({ path }) => !path.endsWith('/') && !own.test(path)).map(({ path }) => path);
  expect(others.sort()).toEqual(
    [
      '/usr/bin/macula',
      '/usr/bin/macula-desktop',
      '/usr/share/applications/macula-desktop.desktop',
      '/usr/share/icons/hicolor/scalable/apps/macula-desktop.svg',
      ...sizes.map((size) => `/usr/share/icons/hicolor/${size}/apps/macula-desktop.png`),
      '/usr/share/polkit-1/actions/local.macula.host.policy',
    ].sort(),
  );
});

test('the root program stands alone in its folder, and the command in its own', () => {
  expect(readdirSync(join(tree, 'usr/lib/macula-host'))).toEqual(['macula-host']);
  expect(readdirSync(join(tree, 'usr/lib/macula'))).toEqual(['macula']);
  expect(statSync(join(tree, 'usr/lib/macula-host/macula-host')).mode & 0o7777).toBe(0o755);
  expect(statSync(join(tree, 'usr/lib/macula-host')).mode & 0o7777).toBe(0o755);
  expect(files.find(({ path }) => path === '/usr/bin/macula')?.target).toBe('../lib/macula/macula');
});

test('the fuses of the packaged Electron are as they should be, read from its executable', async () => {
  expect(await readFuses(join(tree, 'opt/Macula/macula-desktop'))).toEqual({
    runAsNode: 'off',
    enableNodeOptionsEnvironmentVariable: 'off',
    enableNodeCliInspectArguments: 'off',
    enableCookieEncryption: 'on',
    onlyLoadAppFromAsar: 'on',
    enableEmbeddedAsarIntegrityValidation: 'on',
    grantFileProtocolExtraPrivileges: 'off',
    loadBrowserProcessSpecificV8Snapshot: 'off',
  });
});

test('the archive holds what the builds made, and no package', () => {
  const listed = listArchive(join(tree, 'opt/Macula/resources/app.asar'), { isPack: false });
  const rest = listed.filter((path) => !/^\/dist\/(main-parts|renderer)(\/|$)/.test(path));
  expect(rest).toEqual(['/dist', '/dist/main.js', '/dist/preload.cjs', '/package.json']);
  const parts = readdirSync(join(checkout, 'dist/main-parts')).map((name) => `/dist/main-parts/${name}`);
  expect(listed.filter((path) => path.startsWith('/dist/main-parts/'))).toEqual(parts);
  expect(listed).toContain('/dist/renderer/index.html');
  expect(listed.filter((path) => path.includes('license'))).toEqual([]);
});

test('beside the archive are the icons that the app is given by path, and no other application', () => {
  expect(readdirSync(join(tree, 'opt/Macula/resources')).sort()).toEqual(['app.asar', 'apparmor-profile', 'icons']);
  expect(readdirSync(join(tree, 'opt/Macula/resources/icons')).sort()).toEqual(['app', 'services', 'tray']);
  expect(readdirSync(join(tree, 'opt/Macula/locales'))).toEqual(['en-US.pak']);
});

test('the control file says what it is, and of a test Electron that it must not be given away', async () => {
  const { electron } = madePackage();
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
  expect(await controlField(file, 'Package')).toBe('macula-desktop');
  expect(await controlField(file, 'Architecture')).toBe('amd64');
  expect(await controlField(file, 'Version')).toBe(electron.isSubstitute ? `${version}~tests.only` : version);
  expect(/FOR TESTS ONLY/.test(await controlField(file, 'Description'))).toBe(electron.isSubstitute);
  expect(await controlField(file, 'Depends')).toMatch(/libgtk-3-0t64 \| libgtk-3-0,.*libnss3/);
  const recommends = ['docker.io | docker-ce | podman-docker', 'pkexec | policykit-1', 'nftables', 'dnsmasq-base'];
  for (const name of recommends) expect(await controlField(file, 'Recommends')).toContain(name);
});

test('the desktop entry is valid, and its icon is there in every size', async () => {
  const entry = join(tree, 'usr/share/applications/macula-desktop.desktop');
  expect(await must(['desktop-file-validate', entry])).toBe('');
  const text = readFileSync(entry, 'utf8');
  expect(text).toContain('Exec=/opt/Macula/macula-desktop %U\n');
  // By these desktops know that a window belongs to this entry.
  expect(text).toContain('StartupWMClass=macula-desktop\n');
  expect(text).toContain('Icon=macula-desktop\n');
  expect(text).not.toContain('no-sandbox');
  for (const size of [16, 22, 24, 32, 48, 64, 128, 256, 512]) {
    const icon = readFileSync(join(tree, `usr/share/icons/hicolor/${size}x${size}/apps/macula-desktop.png`));
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([size, size]);
  }
});

test('what other people made is passed on with their notices', async () => {
  const notices = join(tree, 'usr/share/doc/macula-desktop');
  const bundled = await must(['zcat', join(notices, 'bundled-packages.gz')]);
  for (const name of ['dockerode', 'react', 'valibot', 'yaml', 'electron-store'])
    expect(bundled).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(await must(['zcat', join(notices, 'node.js-license.gz')])).toContain('Node.js is licensed');
  for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
    expect(existsSync(join(tree, 'opt/Macula', name))).toBe(true);
});
