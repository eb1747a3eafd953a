// What a bundle of images says of itself. Out of a file that anybody may have made: all of it is checked. Pure.
import type { Substitute } from '../observed.ts';
import { asObject, isDigest, type ManifestTexts, type Platform } from './manifests.ts';

export const bundleFormat = 1;
// The first entry of the file, of a fixed size: it is written last, when the sums of the others are known.
export const indexPath = 'macula-bundle.json';
export const indexBytes = 4 * 1024 * 1024;
// Of one manifest: what is longer is left out, and the index always fits.
export const mostManifestBytes = 64 * 1024;
const mostImages = 100;

export interface BundleRecord {
  readonly service: string;
  // repository:tag
  readonly name: string;
  // sha256:..., of the pin that it was exported for.
  readonly pinnedDigest: string;
  // sha256:..., of the image's configuration, by which most engines know it.
  readonly configDigest: string;
  readonly substitute?: Substitute;
  // In the bundle: a docker-archive of this one image.
  readonly file: string;
  // Of that file, as hex.
  readonly sha256: string;
  readonly sizeBytes: number;
  // Of the registry, where they could be had.
  readonly manifests?: ManifestTexts;
}

export interface BundleIndex {
  readonly format: typeof bundleFormat;
  // ISO 8601.
  readonly createdAt: string;
  readonly platform: Platform;
  readonly images: readonly BundleRecord[];
}

export type IndexReading =
  | { readonly kind: 'read'; readonly index: BundleIndex }
  | { readonly kind: 'newer-format' }
  // In words.
  | { readonly kind: 'damaged'; readonly detail: string };

export function bundleFile(service: string): string {
  return `images/${service}.tar`;
}

export function readBundleIndex(text: string): IndexReading {
  let value: Readonly<Record<string, unknown>> | undefined;
  try {
    value = asObject(JSON.parse(text));
  } catch {
    return damaged('its index is no JSON');
  }
  const format = value?.['format'];
  if (typeof format === 'number' && format > bundleFormat) return { kind: 'newer-format' };
  const { createdAt, platform, images } = value ?? {};
  const { os, architecture } = asObject(platform) ?? {};
  if (format !== bundleFormat || !isShort(createdAt) || !isShort(os) || !isShort(architecture)) {
    return damaged('its index is incomplete');
  }
  if (!Array.isArray(images) || images.length > mostImages) return damaged('its index names too many images, or none');
  const records = images.map(readRecord);
  const whole = records.filter((record) => record !== undefined);
  if (whole.length < records.length) return damaged('its index has an incomplete record');
  if (new Set(whole.map(({ service }) => service)).size < whole.length) {
    return damaged('its index names a service twice');
  }
  return { kind: 'read', index: { format, createdAt, platform: { os, architecture }, images: whole } };
}

function readRecord(value: unknown): BundleRecord | undefined {
  const record = asObject(value) ?? {};
  const { service, name, pinnedDigest, configDigest, file, sha256, sizeBytes, substitute, manifests } = record;
  if (!isShort(service) || !/^[a-z0-9-]{1,40}$/.test(service) || !isShort(name) || file !== bundleFile(service)) return;
  if (!isShort(pinnedDigest) || !isDigest(pinnedDigest) || !isShort(configDigest) || !isDigest(configDigest)) return;
  if (!isShort(sha256) || !isDigest(`sha256:${sha256}`)) return;
  if (typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 1) return;
  if (substitute !== undefined && !isSubstitute(substitute)) return;
  const texts = manifests === undefined ? undefined : readTexts(manifests);
  if (manifests !== undefined && texts === undefined) return;
  return {
    ...{ service, name, pinnedDigest, configDigest, file, sha256, sizeBytes },
    ...(substitute === undefined ? {} : { substitute }),
    ...(texts === undefined ? {} : { manifests: texts }),
  };
}

function readTexts(value: unknown): ManifestTexts | undefined {
  const { index, manifest } = asObject(value) ?? {};
  if (typeof manifest !== 'string' || (index !== undefined && typeof index !== 'string')) return undefined;
  return { manifest, ...(index === undefined ? {} : { index }) };
}

function isSubstitute(value: unknown): value is Substitute {
  return value === 'packaged' || value === 'built' || value === 'stub';
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 300;
}

function damaged(detail: string): IndexReading {
  return { kind: 'damaged', detail };
}
