// The images of the stack, as the Images page and `macula images` show them.
import type { Substitute } from '../observed.ts';
import type { ImportedBy } from './image-names.ts';

export type ImageState =
  // The pinned image is here.
  | 'present'
  // Something else stands in for it.
  | 'substitute'
  // Not here; the next start downloads it.
  | 'missing'
  // The pinned image is here, but the service still runs from an older one.
  | 'outdated'
  // Something that only shares its name is here; it is never run.
  | 'foreign';

export interface ServiceImage {
  readonly service: string;
  readonly title: string;
  readonly enabled: boolean;
  // repository:tag
  readonly name: string;
  // Pinned: sha256:...
  readonly digest: string;
  readonly state: ImageState;
  readonly substitute?: Substitute;
  // It came out of a bundle file, not from a registry.
  readonly isImported: boolean;
  // Of an imported one: whether its pinned digest leads to it, or the file's own record is all there is.
  readonly imported?: ImportedBy;
  // Of what is here, on the engine's disk.
  readonly sizeBytes?: number;
}

// An image of one of the stack's repositories that nothing needs any more.
export interface UnusedImage {
  readonly id: string;
  // repository:tag, or repository@digest.
  readonly name: string;
  readonly sizeBytes: number;
  // Milliseconds since 1970.
  readonly createdAt: number;
}

export interface ImagesView {
  readonly images: readonly ServiceImage[];
  readonly unused: readonly UnusedImage[];
  // After a removal: names of images that stay, because a container took them meanwhile.
  readonly kept?: readonly string[];
  // An export or import under way.
  readonly transfer?: TransferProgress;
}

// What downloading takes, asked of the registries.
export interface DownloadSize {
  readonly service: string;
  // Compressed, as it comes over the network. undefined where the registry did not tell.
  readonly bytes?: number;
  // In words, where it is not known.
  readonly problem?: string;
}

export interface TransferProgress {
  readonly kind: 'export' | 'import';
  readonly bytesDone: number;
  // 0 while it is not known.
  readonly bytesTotal: number;
  // repository:tag of the image under way, '' between them.
  readonly image: string;
}

export interface BundleImage {
  readonly service: string;
  // repository:tag
  readonly name: string;
  // How it was verified: the pinned digest leads to it by the registry's own manifest; or the bundle's record alone.
  readonly verified: ImportedBy;
  readonly sizeBytes: number;
}

export interface BundleReport {
  readonly path: string;
  readonly images: readonly BundleImage[];
  // Services whose image is not in it, with why, in words.
  readonly leftOut: readonly { readonly service: string; readonly reason: string }[];
}
