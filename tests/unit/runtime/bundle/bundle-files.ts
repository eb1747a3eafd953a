// Bundles and the archives in them, whole ones and such as nobody should make.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ServiceDefinition } from '../../../../electron/core/catalog/service.ts';
import { bundleFile, indexBytes } from '../../../../electron/core/images/bundle-index.ts';
import type { ManifestTexts } from '../../../../electron/core/images/manifests.ts';
import { writeTar } from '../../../../electron/engine/tar.ts';
import { imageParts, writeImageArchive } from '../../../engine/docker-archive.ts';
import { smallCatalog } from '../../core/fixtures.ts';

export const hex = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

export interface MadeImage {
  readonly service: string;
  readonly archive: Buffer;
  readonly configDigest: string;
  readonly manifests: ManifestTexts;
}

export function madeImage(service: string, labels: Readonly<Record<string, string>> = {}, text = service): MadeImage {
  const content = {
    repository: `example/${service}`,
    tag: '1',
    labels,
    command: ['/bin/thing'],
    files: [{ path: 'bin/thing', content: text.repeat(2000), mode: 0o755 }],
  };
  const { config } = imageParts(content);
  const configDigest = `sha256:${hex(config)}`;
  const manifest = JSON.stringify({ config: { digest: configDigest, size: config.length }, layers: [] });
  const entry = { digest: `sha256:${hex(manifest)}`, size: 1, platform: { os: 'linux', architecture: 'amd64' } };
  return {
    service,
    archive: writeImageArchive(content),
    configDigest,
    manifests: { index: JSON.stringify({ manifests: [entry], for: service }), manifest },
  };
}

// The catalog of two, pinned to these images.
export function catalogOf(images: readonly MadeImage[]): readonly ServiceDefinition[] {
  return smallCatalog.map((definition) => {
    const made = images.find(({ service }) => service === definition.id);
    const digest = `sha256:${hex(made?.manifests.index ?? definition.id)}`;
    return { ...definition, image: { ...definition.image, digest } };
  });
}

export type Record_ = Record<string, unknown>;

export function recordOf({ service, archive, configDigest, manifests }: MadeImage): Record_ {
  return {
    service,
    name: `example/${service}:1`,
    pinnedDigest: `sha256:${hex(manifests.index ?? '')}`,
    configDigest,
    file: bundleFile(service),
    sha256: hex(archive),
    sizeBytes: archive.length,
    manifests,
  };
}

export interface BundleParts {
  readonly index?: Record_ | string;
  readonly records?: readonly Record_[];
  readonly entries?: readonly { readonly path: string; readonly content: Buffer }[];
}

export function bundleOf(images: readonly MadeImage[], parts: BundleParts = {}): Buffer {
  const index = parts.index ?? {
    format: 1,
    createdAt: '2026-01-01T00:00:00Z',
    platform: { os: 'linux', architecture: 'amd64' },
    images: parts.records ?? images.map(recordOf),
  };
  const text = typeof index === 'string' ? index : JSON.stringify(index);
  const entries =
    parts.entries ?? images.map(({ service, archive }) => ({ path: bundleFile(service), content: archive }));
  return writeTar([
    { path: 'macula-bundle.json', content: text.padEnd(Math.min(indexBytes, 4096)), mode: 0o644 },
    ...entries.map((entry) => ({ ...entry, mode: 0o644 })),
  ]);
}

// An archive in the format of "docker save", put together by hand.
export function archiveOf(files: Readonly<Record<string, Buffer | string>>): Buffer {
  return writeTar(Object.entries(files).map(([path, content]) => ({ path, content, mode: 0o644 })));
}

export function configOf(layers: readonly Buffer[], more: Record_ = {}): string {
  return JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${hex(layer)}`) },
    ...more,
  });
}

export const packed = (content: Buffer) => gzipSync(content);
