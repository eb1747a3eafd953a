// The smallest image that can do what the engine suite asks for: a static busybox and a marker file.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ImageContent } from './docker-archive.ts';

const run = promisify(execFile);

export const noBusybox = 'there is no static busybox (the package busybox-static) to make a test image of';

// Undefined where none can be had.
export async function testImageContent(marker: string): Promise<Omit<ImageContent, 'repository' | 'tag'> | undefined> {
  const busybox = (await installedBusybox()) ?? (await downloadedBusybox());
  if (busybox === undefined) return undefined;
  return {
    labels: { 'io.macula.test': marker },
    command: ['/bin/busybox', 'sleep', '1000'],
    files: [
      { path: 'bin/busybox', content: busybox, mode: 0o755 },
      { path: 'etc/marker', content: `${marker}\n`, mode: 0o644 },
    ],
  };
}

async function installedBusybox(): Promise<Buffer | undefined> {
  const found = await Promise.all(['/usr/bin/busybox', '/bin/busybox'].map(readIfStatic));
  return found.find((content) => content !== undefined);
}

// Without root: the package is fetched and unpacked, not installed.
async function downloadedBusybox(): Promise<Buffer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'macula-busybox-'));
  try {
    await run('apt-get', ['download', 'busybox-static'], { cwd: folder });
    const archive = (await readdir(folder)).find((name) => name.endsWith('.deb'));
    if (archive === undefined) return undefined;
    await run('dpkg-deb', ['-x', archive, 'unpacked'], { cwd: folder });
    const unpacked = ['usr/bin/busybox', 'bin/busybox'].map((path) => readIfStatic(join(folder, 'unpacked', path)));
    return (await Promise.all(unpacked)).find((content) => content !== undefined);
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readIfStatic(path: string): Promise<Buffer | undefined> {
  try {
    const content = await readFile(path);
    // A program that needs a loader names it near its beginning.
    return content.subarray(0, 4096).includes('/lib64/ld-') || content.subarray(0, 4096).includes('/lib/ld-')
      ? undefined
      : content;
  } catch {
    return undefined;
  }
}
