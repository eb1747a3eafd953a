// Images as files, without a registry: written and read in the format of "docker save".
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { type TarFile, writeTar } from '../../electron/engine/tar.ts';
import type { FakeImage } from './fake-world.ts';

export interface ImageContent {
  readonly repository: string;
  readonly tag: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly files: readonly TarFile[];
}

export interface ImageParts {
  readonly config: Buffer;
  readonly layers: readonly Buffer[];
}

// more: the files of further layers.
export function imageParts(content: ImageContent, more: readonly (readonly TarFile[])[] = []): ImageParts {
  const layers = [content.files, ...more].map(writeTar);
  const config = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: '2026-01-01T00:00:00Z',
    config: { Env: ['PATH=/bin'], Cmd: content.command, Labels: content.labels },
    rootfs: { type: 'layers', diff_ids: layers.map(sha256) },
    history: layers.map(() => ({ created: '2026-01-01T00:00:00Z', created_by: 'the tests' })),
  };
  return { config: Buffer.from(JSON.stringify(config)), layers };
}

export function writeImageArchive(content: ImageContent): Buffer {
  const { config, layers } = imageParts(content);
  const configName = `${sha256(config).slice('sha256:'.length)}.json`;
  const manifest = [
    {
      Config: configName,
      RepoTags: [`${content.repository}:${content.tag}`],
      Layers: layers.map((_, number) => `${number}/layer.tar`),
    },
  ];
  return writeTar([
    { path: configName, content: config, mode: 0o644 },
    ...layers.map((content, number) => ({ path: `${number}/layer.tar`, content, mode: 0o644 })),
    { path: 'manifest.json', content: JSON.stringify(manifest), mode: 0o644 },
  ]);
}

export async function readImageArchive(archive: AsyncIterable<Uint8Array>): Promise<readonly FakeImage[]> {
  const whole = await buffer(archive);
  const files = readTar(whole);
  const manifest = JSON.parse(textOf(files, 'manifest.json')) as readonly ArchiveEntry[];
  return manifest.map((entry) => {
    const config = textOf(files, entry.Config);
    const parsed = JSON.parse(config) as {
      config?: { Labels?: Record<string, string> };
      rootfs: { diff_ids: readonly string[] };
    };
    const sizeBytes = entry.Layers.reduce((sum, layer) => sum + (files.get(layer)?.length ?? 0), 0);
    const id = sha256(Buffer.from(config));
    const { diff_ids: layerDigests } = parsed.rootfs;
    const labels = parsed.config?.Labels ?? {};
    return { id, tags: entry.RepoTags, digests: [], labels, sizeBytes, archive: whole, layerDigests };
  });
}

interface ArchiveEntry {
  readonly Config: string;
  readonly RepoTags: readonly string[];
  readonly Layers: readonly string[];
}

export function readTar(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const name = archive.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const prefix = archive.toString('utf8', at + 345, at + 500).replace(/\0.*$/s, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    files.set(prefix === '' ? name : `${prefix}/${name}`, archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

function textOf(files: ReadonlyMap<string, Buffer>, name: string): string {
  const found = files.get(name);
  if (found === undefined) throw new Error(`The archive has no ${name}`);
  return found.toString('utf8');
}

export function sha256(data: Buffer): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}
