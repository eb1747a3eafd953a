// A registry's manifests: what they lead to and what they weigh. They come from the network or out of a file, so nothing
// of them is taken for granted. Pure.

export interface Platform {
  // 'linux'
  readonly os: string;
  // As Go names it: 'amd64', 'arm64'.
  readonly architecture: string;
}

// The registry's own words, byte for byte: their sums are what digests are of.
export interface ManifestTexts {
  // Of an image of several platforms: the list of them, which the pinned digest is of.
  readonly index?: string;
  readonly manifest: string;
}

export interface ImageManifest {
  // 'sha256:...' of the image's configuration, by which most engines know it.
  readonly configDigest: string;
  // Layers and configuration as they come over the network.
  readonly downloadBytes: number;
}

export type RegistryProblem =
  | 'unreachable'
  | 'sign-in'
  | 'not-found'
  | 'rate-limited'
  // What came has another digest than it was asked for by.
  | 'not-as-pinned'
  | 'no-platform'
  | 'strange-answer';

export type ManifestAnswer =
  | ({ readonly kind: 'found'; readonly texts: ManifestTexts } & ImageManifest)
  | { readonly kind: 'problem'; readonly problem: RegistryProblem; readonly detail: string };

// sha256 as hex of a text's UTF-8 bytes.
export type Hash = (text: string) => string;

export function readImageManifest(text: string): ImageManifest | undefined {
  const value = parseObject(text);
  const config = descriptorOf(value?.['config']);
  const layers = value?.['layers'];
  if (config === undefined || !Array.isArray(layers) || layers.length > mostEntries) return undefined;
  const sizes = layers.map((layer) => descriptorOf(layer)?.size);
  const downloadBytes = sizes.reduce<number>((sum, size) => sum + (size ?? Number.NaN), config.size);
  return Number.isSafeInteger(downloadBytes) ? { configDigest: config.digest, downloadBytes } : undefined;
}

// Digests of the manifests in a list of platforms; undefined when it is no such list.
export function readIndex(text: string, platform?: Platform): readonly string[] | undefined {
  const entries = parseObject(text)?.['manifests'];
  if (!Array.isArray(entries) || entries.length > mostEntries) return undefined;
  return entries.flatMap((entry) => {
    const digest = descriptorOf(entry)?.digest;
    if (digest === undefined) return [];
    const found = asObject(asObject(entry)?.['platform']);
    const isWanted = found?.['os'] === platform?.os && found?.['architecture'] === platform?.architecture;
    return platform === undefined || isWanted ? [digest] : [];
  });
}

// The digest of the configuration that a pinned digest leads to by these texts; undefined when they are of something else.
export function traceConfig(pinned: string, { index, manifest }: ManifestTexts, hash: Hash): string | undefined {
  const digest = `sha256:${hash(manifest)}`;
  const isOf =
    index === undefined
      ? digest === pinned
      : `sha256:${hash(index)}` === pinned && readIndex(index)?.includes(digest) === true;
  return isOf ? readImageManifest(manifest)?.configDigest : undefined;
}

const mostEntries = 1000;

function descriptorOf(value: unknown): { readonly digest: string; readonly size: number } | undefined {
  const { digest, size } = asObject(value) ?? {};
  if (typeof digest !== 'string' || !isDigest(digest)) return undefined;
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? { digest, size } : undefined;
}

export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
