import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findHelper, type HelperSearch, mismatchWords } from '../../../electron/host/helper-place.ts';

const isRoot = process.getuid?.() === 0;
// Not below the folder for temporary files, which everybody may write to.
const folder = mkdtempSync(join(isRoot ? '/opt' : tmpdir(), 'macula-place-'));
const program = join(folder, 'package/macula-host');

beforeAll(() => {
  chmodSync(folder, 0o755);
  for (const name of ['dist/main-parts', 'bin', 'package']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['dist/helper.js', 'bin/node']) writeFileSync(join(folder, name), '');
  writeFileSync(program, 'the program');
  for (const file of [program, join(folder, 'bin/node')]) chmodSync(file, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const search = (change: Partial<HelperSearch> = {}) =>
  findHelper({
    bundleFolder: join(folder, 'elsewhere'),
    executable: '/usr/bin/node',
    isElectron: false,
    searchPath: `relative:${folder}/nothing:${folder}/bin`,
    packaged: program,
    ...change,
  });

describe('the root program of a checkout', () => {
  const bundle = join(folder, 'dist/helper.js');

  it('lies beside the bundle, and runs with the same Node', () => {
    const found = { argv: ['/usr/bin/node', bundle], isPackaged: false };
    expect(search({ bundleFolder: join(folder, 'dist') })).toEqual(found);
    expect(search({ bundleFolder: join(folder, 'dist/main-parts') })).toEqual(found);
  });

  it('needs a Node of its own when the app is an Electron', () => {
    const electron = { bundleFolder: join(folder, 'dist'), isElectron: true, executable: '/opt/electron' };
    expect(search(electron)).toEqual({ argv: [join(folder, 'bin/node'), bundle], isPackaged: false });
    expect(search({ ...electron, searchPath: 'bin:' })).toMatchObject({ problem: expect.stringContaining('Node') });
  });
});

describe('the root program of a package', () => {
  it('is not there', () => {
    expect(search({ packaged: `${folder}/nothing` })).toEqual({
      argv: [`${folder}/nothing`],
      isPackaged: true,
      problem: `The root program is not installed (${folder}/nothing): it comes with the package.`,
    });
  });

  it.runIf(isRoot)("is root's alone, and so is every folder above it", () => {
    expect(search()).toEqual({ argv: [program], isPackaged: true });
    const problem = (path: string) => `${path} can be changed by others than root: ${program} is not run as root.`;
    const inTurn: readonly (readonly [() => void, string, () => void])[] = [
      [() => chmodSync(program, 0o775), program, () => chmodSync(program, 0o755)],
      [() => chmodSync(program, 0o757), program, () => chmodSync(program, 0o755)],
      [() => chownSync(program, 1, 0), program, () => chownSync(program, 0, 0)],
      [() => chmodSync(folder, 0o1777), folder, () => chmodSync(folder, 0o755)],
      [
        () => chownSync(join(folder, 'package'), 1, 0),
        join(folder, 'package'),
        () => chownSync(join(folder, 'package'), 0, 0),
      ],
    ];
    for (const [spoil, culprit, repair] of inTurn) {
      spoil();
      expect(search().problem).toBe(problem(culprit));
      repair();
    }
    expect(search()).not.toHaveProperty('problem');
  });

  it('is a file, not a link to one or a folder', () => {
    const link = join(folder, 'package/link');
    symlinkSync(program, link);
    expect(search({ packaged: link }).problem).toContain('no regular file');
    expect(search({ packaged: join(folder, 'package') }).problem).toContain('no regular file');
  });

  it('is the one that the app was made with', async () => {
    const hash = createHash('sha256').update('the program').digest('hex');
    expect(await mismatchWords(program, hash)).toBeUndefined();
    expect(await mismatchWords(program, hash.replace(/./, 'x'))).toContain('install the whole package again');
  });
});
