// Exports that do not come to their end: full disks, Ctrl-C and kills. Nothing half stands under the file's name.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { macula, startMacula } from './support/macula.ts';
import { useStack } from './support/stack.ts';

const run = promisify(execFile);
const skipWithoutStack = useStack();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'macula-trouble-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('macula bundle', () => {
  it('export to a disk that fills up says so, and leaves no file', async (context) => {
    skipWithoutStack(context);
    context.skip(process.getuid?.() !== 0, 'only root can make a disk of its own');
    const disk = join(folder, 'disk');
    await mkdir(disk);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=30m', 'tmpfs', disk]);
    try {
      const small = await macula(['bundle', 'export', join(disk, 'images.tar')]);
      expect(small.code).toBe(1);
      expect(small.stderr).toContain('There is no room for the bundle');
      expect(small.stderr).toMatch(/it needs about .* are free/);

      await run('mount', ['-o', 'remount,size=1200m', disk]);
      const export_ = startMacula(['bundle', 'export', join(disk, 'images.tar')]);
      await export_.until(/prom\/prometheus/);
      // Both write for what is left: whichever comes last finds nothing.
      const { bavail, bsize } = await statfs(disk);
      await writeFile(join(disk, 'filler'), Buffer.alloc(bavail * bsize)).catch(() => undefined);
      const { code, stderr } = await export_.ended;
      expect(stderr).toContain('There is no room for the bundle');
      expect(code).toBe(1);
      expect(await readdir(disk)).toEqual(['filler']);
    } finally {
      await run('umount', ['--lazy', disk]);
    }
  }, 200_000);

  it('export that is interrupted or killed leaves nothing under its name, and the next one tidies up', async (context) => {
    skipWithoutStack(context);
    const place = join(folder, 'killed');
    await mkdir(place);
    const path = join(place, 'images.tar');
    const interrupted = startMacula(['bundle', 'export', path]);
    await interrupted.until(/prom\/prometheus/);
    interrupted.interrupt();
    expect((await interrupted.ended).code).toBe(130);
    expect(await readdir(place)).toEqual([]);

    const killed = startMacula(['bundle', 'export', path]);
    await killed.until(/prom\/prometheus/);
    killed.process.kill('SIGKILL');
    await killed.ended;
    const left = await readdir(place);
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(/^\.images\.tar-.*\.macula-partial$/);

    expect((await macula(['bundle', 'export', path])).code).toBe(0);
    expect(await readdir(place)).toEqual(['images.tar']);
    expect((await stat(path)).mode & 0o777).toBe(0o644 & ~process.umask());
    const again = await macula(['bundle', 'export', path]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('Add --yes to replace it');
  }, 300_000);
});
