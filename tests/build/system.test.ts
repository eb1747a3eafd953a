import { expect, test } from 'vitest';
import { electronNeeds, engineNeeds, type Need, testNeeds } from '../../build/bootstrap/needs.mjs';
import { findCommand, findMissing } from '../../build/bootstrap/system.mjs';

const shell: Need = { title: 'a shell', packages: ['dash'], command: 'sh', why: 'scripts' };
const dream: Need = { title: 'a dream', packages: ['dream'], command: 'no-such-command', why: 'sleep' };
const systemLibrary: Need = { title: 'the C library', packages: ['libc6'], library: 'libc.so.6', why: 'all' };
const noLibrary: Need = { title: 'no library', packages: ['libnone'], library: 'libnone.so.9', why: 'none' };

test('what is missing is found by command, library and folder', (context) => {
  if (process.platform !== 'linux') context.skip('only Linux has to be asked');
  const emptyFolder: Need = { title: 'a folder', packages: ['folder'], folder: '/no/such/folder', why: 'files' };
  expect(findMissing([shell, dream, systemLibrary, noLibrary, emptyFolder])).toEqual([dream, noLibrary, emptyFolder]);
});

test("an administrator's commands are found without being on the PATH", () => {
  expect(findCommand('sh')).toMatch(/\/sh$/);
  expect(findCommand('no-such-command')).toBeUndefined();
});

test('every need can be detected, says what it is for and names a package', () => {
  for (const need of [...electronNeeds, ...engineNeeds, ...testNeeds]) {
    expect([need.command, need.library, need.folder].filter(Boolean)).toHaveLength(1);
    expect(need.packages.length).toBeGreaterThan(0);
    expect(need.why).not.toBe('');
  }
});
