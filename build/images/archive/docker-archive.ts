// An image as `docker load` and Podman take it: manifest.json, a configuration, and layers, in one tar.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Layer } from './layer.ts';
import { type TarEntry, tarStream } from './tar.ts';

// What a container gets from the image when its own specification is silent.
export interface ImageDefaults {
  readonly user?: string;
  readonly ports: readonly number[];
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly volumes: readonly string[];
  readonly workingFolder: string;
  readonly stopSignal?: string;
}

export interface ImageDescription {
  // 'prom/prometheus:v3.15.0'
  readonly reference: string;
  // As Go and the engines call it: amd64, arm64.
  readonly architecture: string;
  readonly defaults: ImageDefaults;
  readonly labels: Readonly<Record<string, string>>;
  readonly layers: readonly Layer[];
}

// So that the same recipe gives the same bytes.
const created = '2026-01-01T00:00:00Z';

export function imageConfig(image: ImageDescription): string {
  const { defaults } = image;
  const asSet = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, {}]));
  return JSON.stringify({
    architecture: image.architecture,
    os: 'linux',
    created,
    config: {
      User: defaults.user ?? '',
      ExposedPorts: asSet(defaults.ports.map((port) => `${port}/tcp`)),
      Env: Object.entries(defaults.environment).map(([name, value]) => `${name}=${value}`),
      Entrypoint: defaults.entrypoint.length > 0 ? defaults.entrypoint : null,
      Cmd: defaults.command.length > 0 ? defaults.command : null,
      Volumes: defaults.volumes.length > 0 ? asSet(defaults.volumes) : null,
      WorkingDir: defaults.workingFolder,
      Labels: image.labels,
      ...(defaults.stopSignal ? { StopSignal: defaults.stopSignal } : {}),
    },
    rootfs: { type: 'layers', diff_ids: image.layers.map((layer) => `sha256:${layer.digest}`) },
    history: image.layers.map(() => ({ created, created_by: 'macula images' })),
  });
}

// Docker takes a short name for one of its own registry; Podman would take it for a local one.
export function fullName(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  if (rest.length === 0) return `docker.io/library/${reference}`;
  return /[.:]|^localhost$/.test(first) ? reference : `docker.io/${reference}`;
}

// Returns the id that the image has once it is loaded.
export async function writeDockerArchive(file: string, image: ImageDescription, signal?: AbortSignal): Promise<string> {
  const config = imageConfig(image);
  const id = createHash('sha256').update(config).digest('hex');
  const layerPath = (layer: Layer) => `${layer.digest}/layer.tar`;
  const manifest = [
    { Config: `${id}.json`, RepoTags: [fullName(image.reference)], Layers: image.layers.map(layerPath) },
  ];
  const plain = { mode: 0o644, uid: 0, gid: 0 };
  const entries: TarEntry[] = [
    { kind: 'file', path: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)), ...plain },
    { kind: 'file', path: `${id}.json`, content: Buffer.from(config), ...plain },
  ];
  for (const layer of new Map(image.layers.map((each) => [each.digest, each])).values()) {
    entries.push({ kind: 'folder', path: layer.digest, mode: 0o755, uid: 0, gid: 0 });
    entries.push({ kind: 'file', path: layerPath(layer), content: { file: layer.file, size: layer.size }, ...plain });
  }
  await pipeline(tarStream(entries), createWriteStream(file), { signal });
  return `sha256:${id}`;
}
