import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fullName, imageConfig, writeDockerArchive } from '../../build/images/archive/docker-archive.ts';
import { writeLayer } from '../../build/images/archive/layer.ts';
import { type TarEntry, tarStream } from '../../build/images/archive/tar.ts';
import { Tree } from '../../build/images/archive/tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'macula-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const root = { uid: 0, gid: 0 };

async function bytesOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of tarStream(entries)) parts.push(part);
  return Buffer.concat(parts);
}

function list(archive: Buffer | string, ...options: string[]): string[] {
  const file = typeof archive === 'string' ? archive : join(folder, 'listed.tar');
  if (typeof archive !== 'string') writeFileSync(file, archive);
  return execFileSync('tar', ['-t', '--numeric-owner', ...options, '-f', file], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
}

describe('tar', () => {
  const big = Buffer.alloc(1300, 'x');
  const entries: TarEntry[] = [
    { kind: 'file', path: 'etc/b', mode: 0o644, ...root, content: big },
    { kind: 'folder', path: 'etc', mode: 0o755, ...root },
    { kind: 'link', path: 'etc/a', mode: 0o777, ...root, target: 'b' },
    { kind: 'folder', path: 'tmp', mode: 0o1777, ...root },
    { kind: 'file', path: 'var', mode: 0o600, uid: 10001, gid: 65534, content: Buffer.alloc(0) },
  ];

  it('is read by tar, with owners, modes and links', async () => {
    const lines = list(await bytesOf(entries), '-v').map((line) => line.split(/\s+/));
    expect(lines.map(([mode, owner, size, , , ...name]) => [mode, owner, size, name.join(' ')])).toEqual([
      ['drwxr-xr-x', '0/0', '0', 'etc/'],
      ['lrwxrwxrwx', '0/0', '0', 'etc/a -> b'],
      ['-rw-r--r--', '0/0', '1300', 'etc/b'],
      ['drwxrwxrwt', '0/0', '0', 'tmp/'],
      ['-rw-------', '10001/65534', '0', 'var'],
    ]);
  });

  it('has the same bytes in whatever order the entries come', async () => {
    expect(await bytesOf([...entries].reverse())).toEqual(await bytesOf(entries));
  });

  it('keeps the content', async () => {
    const file = join(folder, 'content.tar');
    writeFileSync(file, await bytesOf(entries));
    expect(execFileSync('tar', ['-xOf', file, 'etc/b'])).toEqual(big);
  });

  it('splits names of more than a hundred bytes', async () => {
    const path = `${'folder/'.repeat(20)}${'n'.repeat(90)}`;
    expect(list(await bytesOf([{ kind: 'file', path, mode: 0o644, ...root, content: big }]))).toEqual([path]);
  });

  it('refuses names that no header holds, and the same name twice', async () => {
    const file = { kind: 'file', mode: 0o644, ...root, content: big } as const;
    await expect(bytesOf([{ ...file, path: 'n'.repeat(101) }])).rejects.toThrow('Too long');
    await expect(
      bytesOf([
        { ...file, path: 'a' },
        { ...file, path: 'a' },
      ]),
    ).rejects.toThrow('Twice');
  });

  it('notices a file that changed', async () => {
    const file = join(folder, 'changing');
    writeFileSync(file, 'abc');
    const entry = { kind: 'file', path: 'a', mode: 0o644, ...root, content: { file, size: 5 } } as const;
    await expect(bytesOf([entry])).rejects.toThrow('changed while it was read');
  });
});

describe('a tree', () => {
  it('makes the folders that nobody named, and keeps those that somebody did', () => {
    const tree = new Tree().file('/a/b/c', 'text').folder('a/b', { uid: 7, gid: 8, mode: 0o700 });
    const found = tree.entries().map(({ path, uid, mode }) => `${path} ${uid} ${mode.toString(8)}`);
    expect(found.sort()).toEqual(['a 0 755', 'a/b 7 700', 'a/b/c 0 644']);
  });
});

describe('a docker archive', () => {
  const labels = { 'io.macula.substitute': 'stub' };
  const defaults = {
    user: '472',
    ports: [3000],
    environment: { PATH: '/bin' },
    entrypoint: ['/bin/sh'],
    command: [],
    volumes: ['/data'],
    workingFolder: '/',
  };

  it('names its parts by their digests', async () => {
    const layer = await writeLayer(join(folder, 'layer.tar'), new Tree().file('a', 'text').entries());
    const digest = createHash('sha256').update(readFileSync(layer.file)).digest('hex');
    expect(layer.digest).toBe(digest);
    const image = { reference: 'some/image:1', architecture: 'amd64', defaults, labels, layers: [layer, layer] };
    const file = join(folder, 'image.tar');
    const id = await writeDockerArchive(file, image);
    expect(id).toBe(`sha256:${createHash('sha256').update(imageConfig(image)).digest('hex')}`);
    const config = `${id.slice('sha256:'.length)}.json`;
    expect(list(file).sort()).toEqual([`${digest}/`, `${digest}/layer.tar`, config, 'manifest.json'].sort());
    const manifest: unknown = JSON.parse(execFileSync('tar', ['-xOf', file, 'manifest.json'], { encoding: 'utf8' }));
    const path = `${digest}/layer.tar`;
    expect(manifest).toEqual([{ Config: config, RepoTags: ['docker.io/some/image:1'], Layers: [path, path] }]);
  });

  it('is named in full, so that every engine takes the name for the same', () => {
    expect(['nginx:1', 'prom/prometheus:v3', 'quay.io/minio/minio:1', 'localhost/a:1'].map(fullName)).toEqual([
      'docker.io/library/nginx:1',
      'docker.io/prom/prometheus:v3',
      'quay.io/minio/minio:1',
      'localhost/a:1',
    ]);
  });

  it('tells the engine what a container gets', () => {
    const image = { reference: 'some/image:1', architecture: 'arm64', defaults, labels, layers: [] };
    expect(JSON.parse(imageConfig(image))).toMatchObject({
      architecture: 'arm64',
      os: 'linux',
      config: {
        User: '472',
        ExposedPorts: { '3000/tcp': {} },
        Env: ['PATH=/bin'],
        Entrypoint: ['/bin/sh'],
        Cmd: null,
        Volumes: { '/data': {} },
        Labels: labels,
      },
    });
  });
});
